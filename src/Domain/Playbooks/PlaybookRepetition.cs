using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Playbooks;

/// <summary>When a repeating meeting takes place.</summary>
internal static class PlaybookRepetition
{
    private const int DaysOfWeek = 7;

    /// <summary>
    /// The dates within the meeting's days: every business day; every week on the weekday of its first day; or every such
    /// weekday. A closed day moves forward, but not beyond the last day and not onto another meeting of the same row.
    /// </summary>
    public static IEnumerable<(LocalDate Date, DerivationStep Why)> Dates(PlaybookItem item, PlaybookPhase phase, PlaybookDates dates)
    {
        var days = item.Days ?? phase.Days;
        var from = dates.Raw(days.First);
        var until = dates.Raw(days.Last ?? LastDayOf(phase, days.First));
        var taken = new HashSet<LocalDate>();
        for (var date = First(item, from); date <= until && taken.Count < PlaybookLimits.Occurrences; date = date.PlusDays(item.Every == "day" ? 1 : DaysOfWeek))
        {
            var reason = dates.WhyClosed(date);
            if (reason is null && taken.Add(date))
            {
                yield return (date, new DerivationStep($"{Rhythm(item)} from {PlaybookDates.Text(from)} to {PlaybookDates.Text(until)}: {PlaybookDates.Text(date)}"));
            }
            else if (reason is not null && item.Every != "day" && dates.OnOrAfter(date) is var moved && moved <= until && taken.Add(moved))
            {
                yield return (moved, new DerivationStep($"{Rhythm(item)}: {PlaybookDates.Text(date)} is closed ({reason}), so it moves forward to {PlaybookDates.Text(moved)}"));
            }
        }
    }

    private static LocalDate First(PlaybookItem item, LocalDate from) => PlaybookTexts.Weekday(item.Every!) is { } weekday && from.DayOfWeek != weekday ? from.Next(weekday) : from;

    /// <summary>A phase with an open end lasts as long as anything in it does.</summary>
    private static int LastDayOf(PlaybookPhase phase, int first) =>
        phase.Items.Where(item => item.Every is null).Select(item => item.Days is { } days ? days.Last ?? days.First : first).Append(first).Max();

    private static string Rhythm(PlaybookItem item) => item.Every switch
    {
        "day" => "Every business day",
        "week" => "Every week",
        var weekday => $"Every {char.ToUpperInvariant(weekday![0])}{weekday[1..]}",
    };
}
