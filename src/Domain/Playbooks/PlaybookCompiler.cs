using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Playbooks;

/// <summary>Works a playbook out for a start date, a calendar, answers and facts. The same input always gives the same plan.</summary>
public static class PlaybookCompiler
{
    private const int FirstYear = 1900;
    private const int LastYear = 2170;

    /// <summary>
    /// Compiles a playbook. Refuses answers that are unknown, of a wrong type or missing (all at once), a start beyond the
    /// years of calendars, a calendar that never opens, and more items than a plan holds.
    /// </summary>
    /// <param name="playbook">One without faults.</param>
    /// <param name="contentSha256">SHA-256 of its text, 64 lowercase hex digits.</param>
    /// <param name="start">Day 1. It may be a closed day; what falls on it moves forward.</param>
    /// <param name="calendar">On which days work is done.</param>
    /// <param name="answers">Values of the parameters; those that are not given have the playbook's own.</param>
    /// <param name="facts">What conditions may ask beside the parameters: the customer's record.</param>
    public static Outcome<CompiledPlaybook> Compile(
        Playbook playbook, string contentSha256, LocalDate start, IBusinessDays calendar, IReadOnlyDictionary<string, FormulaValue> answers, IFactSource facts)
    {
        var faults = new InputFaults();
        if (start.Year is < FirstYear or > LastYear)
        {
            // Three years of days and a closed year after them must still be dates.
            faults.Add("/start", "start-out-of-range", $"A playbook starts in the years {FirstYear} to {LastYear}.");
        }

        var parameters = PlaybookAnswers.Complete(playbook, answers, faults);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        var known = new FirstFacts(
            new KnownFacts(parameters.Select(parameter => new Fact(parameter.Shown.Id, parameter.Value, parameter.Shown.IsDefault ? $"{playbook.Id}, version {playbook.Version}" : "answer at the start"))), facts);
        var selection = new PlaybookSelection(playbook, known);
        var chosen = selection.Run();
        var dates = new PlaybookDates(start, calendar, playbook.CountsBusinessDays);
        var schedule = new PlaybookSchedule(chosen, dates, PlaybookOrder.Of(chosen, withImplied: true));
        schedule.Run();
        var places = schedule.Places;
        if (dates.IsStuck)
        {
            return PlaybooksProblems.CalendarClosed;
        }

        if (places.Count > PlaybookLimits.Items)
        {
            return PlaybooksProblems.TooManyItems;
        }

        var writer = new CompiledPlaybookWriter(chosen, dates, schedule, known);
        return writer.Write(contentSha256, start) with
        {
            Parameters = [.. parameters.Select(parameter => parameter.Shown)],
            Omissions = selection.Omissions,
        };
    }
}
