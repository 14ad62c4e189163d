using Cairn.Domain.Foundation;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Plans;

/// <summary>Dates and closed days as the reasons of a plan say them.</summary>
internal static class PlanDates
{
    /// <summary>More closed days than this are counted instead of listed.</summary>
    private const int MostListed = 21;

    private static readonly LocalDatePattern Long = LocalDatePattern.CreateWithInvariantCulture("dddd d MMMM uuuu");

    /// <summary><c>Thursday 5 March 2026</c>.</summary>
    public static string Say(LocalDate day) => Long.Format(day);

    /// <summary><c>1 business day</c>, <c>3 business days</c>.</summary>
    public static string BusinessDays(int count) => Math.Abs(count) == 1 ? "1 business day" : $"{Math.Abs(count)} business days";

    /// <summary>The closed days from one day until before another, one step each.</summary>
    public static IEnumerable<DerivationStep> Closed(IBusinessDays days, LocalDate from, LocalDate before)
    {
        var closed = new List<DerivationStep>();
        var more = 0;
        for (var day = from; day < before; day = day.PlusDays(1))
        {
            if (days.WhyClosed(day) is not { } why)
            {
                continue;
            }

            if (closed.Count < MostListed)
            {
                closed.Add(Step(day, why));
            }
            else
            {
                more++;
            }
        }

        return more == 0 ? closed : closed.Append(new DerivationStep($"… and {more} more closed days"));
    }

    /// <summary>The same without plain weekends, for what lies within an item.</summary>
    public static IEnumerable<DerivationStep> Holidays(IBusinessDays days, LocalDate from, LocalDate until)
    {
        for (var day = from; day <= until; day = day.PlusDays(1))
        {
            if (days.WhyClosed(day) is { } why && why != day.DayOfWeek.ToString())
            {
                yield return Step(day, why);
            }
        }
    }

    // "Saturday 7 March 2026: closed" says it all; a holiday has a name.
    private static DerivationStep Step(LocalDate day, string why) =>
        new(why == day.DayOfWeek.ToString() ? $"{Say(day)}: closed" : $"{Say(day)}: closed, {why}");
}
