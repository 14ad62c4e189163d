using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Playbooks;

/// <summary>Cutovers on their dates. They stay on a closed day, because that is when they are done.</summary>
internal static class PlaybookCutovers
{
    public static CompiledCutover Compile(PlaybookPhase phase, PlaybookDates dates, CompiledPlaybookWriter writer)
    {
        var cutover = phase.Cutover!;
        var date = dates.Raw(cutover.Day);
        var starts = PlaybookTexts.Clock(cutover.Starts) ?? LocalTime.Midnight;
        return new CompiledCutover
        {
            Phase = phase.Id,
            Date = date,
            Starts = starts,
            DecideBy = PlaybookTexts.Offset(cutover.DecideBy),
            RollbackWithin = PlaybookTexts.Length(cutover.Within),
            Steps = [.. cutover.Steps.Select(step => Step(step, date.At(starts), writer))],
        };
    }

    private static CompiledCutoverStep Step(PlaybookStep step, LocalDateTime start, CompiledPlaybookWriter writer)
    {
        var at = PlaybookTexts.Offset(step.At) ?? (PlaybookTexts.Moment(step.At) is { } moment ? Until(start, moment.Day, moment.Time) : Duration.Zero);
        return new CompiledCutoverStep(at, start.Plus(Period.FromNanoseconds(at.ToInt64Nanoseconds())), writer.Filled(step.Title), writer.Role(step.Role), step.Check is null ? null : writer.Filled(step.Check));
    }

    /// <summary>The first such time at or after the start.</summary>
    private static Duration Until(LocalDateTime start, IsoDayOfWeek? day, LocalTime time)
    {
        var at = start.Date.At(time);
        while (at < start || (day is { } wanted && at.DayOfWeek != wanted))
        {
            at = at.PlusDays(1);
        }

        return Period.Between(start, at, PeriodUnits.Minutes).ToDuration();
    }
}
