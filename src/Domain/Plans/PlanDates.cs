using Cairn.Domain.Foundation;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Plans;

/// <summary>
/// Dates and closed days as the reasons of a plan say them. A plan says the same few days over and over, so each is put into
/// words once. Not safe for use by several threads at once.
/// </summary>
internal sealed class PlanDates(IBusinessDays days)
{
    /// <summary>More closed days than this are counted instead of listed.</summary>
    private const int MostListed = 21;

    private static readonly LocalDatePattern Long = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM uuuu");

    private readonly Dictionary<LocalDate, string> words = [];
    private readonly Dictionary<LocalDate, (DerivationStep? Step, bool IsWeekday)> closed = [];

    /// <summary><c>Thursday 5 March 2026</c>.</summary>
    public static string Say(LocalDate day) => Long.Format(day);

    /// <summary><c>1 business day</c>, <c>3 business days</c>.</summary>
    public static string BusinessDays(int count) => Math.Abs(count) == 1 ? "1 business day" : $"{Math.Abs(count)} business days";

    /// <summary>The same as <see cref="Say"/>, remembered.</summary>
    public string Of(LocalDate day) => words.TryGetValue(day, out var known) ? known : words[day] = Say(day);

    /// <summary>The closed days from one day until before another, one step each.</summary>
    public IReadOnlyList<DerivationStep> Closed(LocalDate from, LocalDate before)
    {
        var steps = new List<DerivationStep>();
        var more = 0;
        for (var day = from; day < before; day = day.PlusDays(1))
        {
            if (Closure(day).Step is not { } step)
            {
                continue;
            }

            if (steps.Count < MostListed)
            {
                steps.Add(step);
            }
            else
            {
                more++;
            }
        }

        if (more > 0)
        {
            steps.Add(new DerivationStep($"… and {more} more closed days"));
        }

        return steps;
    }

    /// <summary>The same without plain weekends, for what lies within an item.</summary>
    public IReadOnlyList<DerivationStep> Holidays(LocalDate from, LocalDate until)
    {
        var steps = new List<DerivationStep>();
        for (var day = from; day <= until; day = day.PlusDays(1))
        {
            if (Closure(day) is { Step: { } step, IsWeekday: false })
            {
                steps.Add(step);
            }
        }

        return steps;
    }

    private (DerivationStep? Step, bool IsWeekday) Closure(LocalDate day)
    {
        if (closed.TryGetValue(day, out var known))
        {
            return known;
        }

        // "Saturday 7 March 2026: closed" says it all; a holiday has a name.
        var why = days.WhyClosed(day);
        var isWeekday = why == day.DayOfWeek.ToString();
        return closed[day] = (why is null ? null : new DerivationStep(isWeekday ? $"{Of(day)}: closed" : $"{Of(day)}: closed, {why}"), isWeekday);
    }
}
