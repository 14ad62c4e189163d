using System.Globalization;
using Cairn.Domain.Foundation;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Customers;

/// <summary>
/// A repetition of an iCalendar file (RFC 5545, RRULE), of which only "every year on this date" is taken: holidays that
/// move have a date of their own each year in every file that was seen.
/// </summary>
internal static class ICalendarRule
{
    private static readonly LocalDatePattern Dates = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private const int DateLength = 8;

    /// <summary>The first days of the event that lie between two days; none after a fault. A 29 February has one in leap years only, as the RFC says.</summary>
    public static IReadOnlyList<LocalDate> Starts(ICalendarLine rule, LocalDate first, LocalDate from, LocalDate until, InputFaults faults)
    {
        var parts = rule.Value.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).ToList();
        var read = parts.All(part => part.Length == 2) && parts.Select(part => part[0].ToUpperInvariant()).Distinct().Count() == parts.Count
            ? parts.ToDictionary(part => part[0].ToUpperInvariant(), part => part[1].ToUpperInvariant())
            : [];
        var count = Number(read, "COUNT");
        var last = read.TryGetValue("UNTIL", out var text) ? Dates.Parse(text.Length > DateLength ? text[..DateLength] : text) : null;
        if (!IsYearly(read, first) || count is 0 || (read.ContainsKey("COUNT") && count is null) || last is { Success: false })
        {
            ClosedDayFile.Fault(
                rule, "ical-rule-unusable",
                $"the repetition '{InputFaults.Shorten(rule.Value)}' is not understood; only FREQ=YEARLY on the date itself is, with COUNT or UNTIL. Export every year's day as an event of its own.", faults);
            return [];
        }

        var starts = new List<LocalDate>();
        var happened = 0;
        var end = last is null ? until : LocalDate.Min(until, last.Value);
        for (var year = first.Year; year <= end.Year && happened < (count ?? int.MaxValue); year++)
        {
            if (first is { Month: 2, Day: 29 } && !CalendarSystem.Iso.IsLeapYear(year))
            {
                continue;
            }

            happened++;
            var day = new LocalDate(year, first.Month, first.Day);
            if (day >= from && day <= end)
            {
                starts.Add(day);
            }
        }

        return starts;
    }

    private static bool IsYearly(Dictionary<string, string> rule, LocalDate first) =>
        rule.GetValueOrDefault("FREQ") == "YEARLY"
        && rule.All(part => part.Key switch
        {
            "FREQ" or "COUNT" or "UNTIL" or "WKST" => true,
            "INTERVAL" => part.Value == "1",
            "BYMONTH" => Number(rule, "BYMONTH") == first.Month,
            "BYMONTHDAY" => Number(rule, "BYMONTHDAY") == first.Day,
            _ => false,
        });

    private static int? Number(Dictionary<string, string> rule, string name) =>
        rule.TryGetValue(name, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
