using System.Globalization;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>Everything that business calendars refuse, in the order in which it is checked.</summary>
public static class CalendarProblems
{
    /// <summary>A version that is open on no day: no deadline could ever be reached.</summary>
    public static Problem NeverOpen(string validFrom) => new(
        ProblemKind.Unacceptable, "calendar-never-open",
        $"The calendar that holds from {validFrom} on is open on no day of the week, so that nothing would ever be due. Give at least one day opening hours, for instance 09:00 to 17:00.");

    /// <summary>A zone that the tz database does not know.</summary>
    public static Problem ZoneUnknown(string zone) => new(
        ProblemKind.Unacceptable, "calendar-zone-unknown",
        $"'{InputFaults.Shorten(zone)}' is no zone of the IANA database; examples: Europe/London, America/New_York, UTC.");

    /// <summary>A question or an answer outside of the years that are computed.</summary>
    public static Problem OutOfRange { get; } = new(
        ProblemKind.Unacceptable, "calendar-out-of-range",
        string.Create(CultureInfo.InvariantCulture, $"Business time is computed from {BusinessCalendar.FirstYear} to {BusinessCalendar.LastYear}, and the answer would lie outside. Ask about a nearer time, or for less of it."));

    /// <summary>A text that is no amount of business time.</summary>
    public static Problem TimeUnusable(string text) => new(
        ProblemKind.Unacceptable, "business-time-unusable",
        $"'{InputFaults.Shorten(text)}' is no business time. Write hours and minutes as 8h, 90m or 7h30m, business days as 2d, ISO 8601 as PT8H; a minus in front goes back.");

    /// <summary>A text that is no opening hours.</summary>
    public static Problem HoursUnusable(string text) => new(
        ProblemKind.Unacceptable, "opening-hours-unusable",
        $"'{InputFaults.Shorten(text)}' is no opening hours. Write days and times as \"mon-fri 09:00-17:00\", several as \"mon-thu 08:00-12:00,13:00-17:00; fri 08:00-14:00\", or 24/7. A day ends at 24:00; hours past midnight belong to the next day.");

    /// <summary>Two intervals of a day that overlap.</summary>
    public static Problem HoursOverlap { get; } = new(
        ProblemKind.Unacceptable, "opening-hours-overlap", "Two of the opening hours overlap on the same day. Join them into one.");

    /// <summary>A row of a file of questions that describes no calendar.</summary>
    public static Problem QuestionUnusable(string detail) => new(ProblemKind.Unacceptable, "questions-unusable", detail);

    /// <summary>A file of questions in which rows cannot be read.</summary>
    public static Problem QuestionsUnusable(InputFaults faults) => new(
        ProblemKind.Unacceptable, "questions-unusable", $"{faults.List.Count} places of the file cannot be read, so that nothing was compared. Each is listed.") { Faults = faults.List };
}
