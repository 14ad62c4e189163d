using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Customers;

/// <summary>
/// Reads closed days from an iCalendar file (RFC 5545), of which all-day events are taken: a DTSTART that is a date, up to
/// a DTEND that is the first day no longer meant, or for a DURATION of days, and as often as a yearly RRULE says.
/// Cancelled events and everything that is no event are passed over. What would be misread is a fault; all are listed.
/// </summary>
public static class ClosedDayFile
{
    /// <summary>The largest file, in characters.</summary>
    public const int MostCharacters = 1024 * 1024;

    /// <summary>How many years of a yearly event are taken, from the first day that is asked for.</summary>
    public const int YearsOfRepetition = 10;

    /// <summary>The longest event, in days.</summary>
    public const int LongestEvent = 92;

    /// <summary>The most events of one file.</summary>
    public const int MostEvents = 2_000;

    private static readonly LocalDatePattern Dates = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>Reads the closed days from a day on, in order, each date once: two events of one date are both reasons.</summary>
    public static Outcome<IReadOnlyList<ClosedDay>> Read(string text, LocalDate from)
    {
        var faults = new InputFaults();
        if (text.Length > MostCharacters)
        {
            faults.Add("", "ical-too-long", $"The file is longer than {MostCharacters} characters. Export fewer years.");
            return faults.ToProblem();
        }

        var lines = ICalendarLines.Read(text, faults);
        if (!lines.Any(line => line is { Name: "BEGIN", Value: "VCALENDAR" }))
        {
            faults = new InputFaults();
            faults.Add("", "ical-unreadable", "This is no iCalendar file: it has no line BEGIN:VCALENDAR. Export the holidays as .ics.");
            return faults.ToProblem();
        }

        var events = Events(lines, faults).ToList();
        if (events.Count > MostEvents)
        {
            faults.Add("", "ical-too-long", $"The file has {events.Count} events, and at most {MostEvents} are taken. Export fewer years.");
            return faults.ToProblem();
        }

        var days = new SortedDictionary<LocalDate, string>();
        foreach (var day in events.SelectMany(lines => Days(lines, from, faults)))
        {
            days[day.Date] = days.TryGetValue(day.Date, out var other) && other != day.Name ? Both(other, day.Name) : day.Name;
        }

        return faults.Any ? faults.ToProblem() : days.Select(day => new ClosedDay(day.Key, day.Value)).ToList();
    }

    /// <summary>The place of a fault: a line of the file.</summary>
    internal static string Place(int line) => string.Create(CultureInfo.InvariantCulture, $"/lines/{line}");

    private static string Both(string one, string other) =>
        one.Length + other.Length + 5 > CalendarRules.NameLength ? one : $"{one} and {other}";

    /// <summary>The properties of each event, without those of what is inside of it (alarms).</summary>
    private static IEnumerable<List<ICalendarLine>> Events(IReadOnlyList<ICalendarLine> lines, InputFaults faults)
    {
        List<ICalendarLine>? current = null;
        var depth = 0;
        foreach (var line in lines)
        {
            if (line.Name == "BEGIN" && current is null && line.Value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase))
            {
                (current, depth) = ([line], 0);
            }
            else if (current is null)
            {
                continue;
            }
            else if (line.Name == "BEGIN")
            {
                depth++;
            }
            else if (line.Name == "END" && depth-- == 0)
            {
                yield return current;
                current = null;
            }
            else if (depth == 0)
            {
                current.Add(line);
            }
        }

        if (current is not null)
        {
            faults.Add(Place(current[0].Line), "ical-event-unusable", $"Line {current[0].Line}: this event has no END:VEVENT; the file seems to be cut off.");
        }
    }

    private static IEnumerable<ClosedDay> Days(List<ICalendarLine> lines, LocalDate from, InputFaults faults)
    {
        ICalendarLine? Find(string name) => lines.Find(line => line.Name == name);
        if (Find("STATUS")?.Value.Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) == true)
        {
            return [];
        }

        var begin = lines[0];
        var name = Find("SUMMARY")?.Text.Trim() ?? "";
        if (name.Length is 0 or > CalendarRules.NameLength || name.Any(char.IsControl))
        {
            Fault(Find("SUMMARY") ?? begin, "ical-event-unusable", $"an event needs a SUMMARY of 1 to {CalendarRules.NameLength} characters, which becomes the name of the closed day.", faults);
        }

        if (lines.Find(line => line.Name is "RECURRENCE-ID" or "RDATE" or "EXDATE" or "EXRULE") is { } exception)
        {
            Fault(exception, "ical-rule-unusable", $"{exception.Name} is not understood here. Export single days instead of a repetition with exceptions.", faults);
        }

        if (Find("DTSTART") is not { } start)
        {
            Fault(begin, "ical-event-unusable", "this event has no DTSTART.", faults);
            return [];
        }

        if (Date(start, faults) is not { } first)
        {
            return [];
        }

        var length = Length(first, Find("DTEND"), Find("DURATION"), faults);
        var starts = Find("RRULE") is { } rule ? ICalendarRule.Starts(rule, first, from.PlusDays(-LongestEvent), from.PlusYears(YearsOfRepetition), faults) : [first];
        return starts.SelectMany(day => Enumerable.Range(0, length).Select(at => new ClosedDay(day.PlusDays(at), name))).Where(day => day.Date >= from);
    }

    private static LocalDate? Date(ICalendarLine line, InputFaults faults)
    {
        var date = Dates.Parse(line.Value);
        if (date.Success && date.Value.Year is >= BusinessCalendar.FirstYear and <= BusinessCalendar.LastYear)
        {
            return date.Value;
        }

        Fault(
            line,
            line.Value.Contains('T', StringComparison.Ordinal) ? "ical-event-timed" : "ical-event-unusable",
            line.Value.Contains('T', StringComparison.Ordinal)
                ? $"{line.Name} has a time of day, but only whole days can be closed. Make it an all-day event ({line.Name};VALUE=DATE:20261224), or write shorter hours into the week."
                : $"'{InputFaults.Shorten(line.Value)}' is no date like 20261224.",
            faults);
        return null;
    }

    /// <summary>The days of an event: one when neither its end nor its length is given.</summary>
    private static int Length(LocalDate first, ICalendarLine? end, ICalendarLine? duration, InputFaults faults)
    {
        var days = 1;
        if (end is not null)
        {
            // Some programs write the same day as the end of a day; the RFC would have the one after.
            days = Date(end, faults) is { } until ? Math.Max(Period.DaysBetween(first, until), until == first ? 1 : 0) : 1;
        }
        else if (duration is not null)
        {
            var read = PeriodPattern.Roundtrip.Parse(duration.Value);
            days = read.Success && !read.Value.HasTimeComponent && read.Value is { Years: 0, Months: 0 } ? (read.Value.Weeks * 7) + read.Value.Days : 0;
        }

        if (days is < 1 or > LongestEvent)
        {
            Fault((end ?? duration)!, "ical-event-unusable", $"an event is 1 to {LongestEvent} days long; DTEND is the first day after it.", faults);
            return 0;
        }

        return days;
    }

    internal static void Fault(ICalendarLine line, string code, string detail, InputFaults faults) =>
        faults.Add(Place(line.Line), code, string.Create(CultureInfo.InvariantCulture, $"Line {line.Line}: {detail}"));
}
