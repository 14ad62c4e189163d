using Cairn.Domain.Foundation.Calendars;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Tests.Foundation.Calendars;

/// <summary>Calendars and moments in a few words.</summary>
internal static class Calendars
{
    public static BusinessCalendar Of(string zone, string hours, params (string Date, string Name)[] closed) =>
        BusinessCalendar.Create([Version(zone, hours, closed)]).Value;

    public static CalendarVersion Version(string zone, string hours, params (string Date, string Name)[] closed) => new()
    {
        TimeZone = zone,
        Week = WeekText.Parse(hours).Value,
        ClosedDays = [.. closed.Select(day => new ClosedDay(Day(day.Date), day.Name))],
    };

    public static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    /// <summary>A moment on the calendar's clock: <c>2026-03-06 15:00</c>.</summary>
    public static Instant At(this BusinessCalendar calendar, string clock) =>
        calendar.AtClock(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(clock).GetValueOrThrow());

    /// <summary>How the calendar's clock shows a moment.</summary>
    public static string Show(this BusinessCalendar calendar, Instant at) =>
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Format(at.InZone(calendar.ZoneAt(at)).LocalDateTime);

    public static string Due(this BusinessCalendar calendar, string from, Duration time) => calendar.Show(calendar.Add(calendar.At(from), time).Value);
}
