using Cairn.Domain.Customers;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Tests.Customers;

public sealed class ClosedDayFileTests
{
    private static readonly LocalDate From = new(2026, 1, 1);

    [Fact]
    public void All_day_events_become_closed_days()
    {
        var file = Calendar(
            """
            BEGIN:VEVENT
            UID:1
            DTSTART;VALUE=DATE:20261224
            DTEND;VALUE=DATE:20261227
            SUMMARY:Winter break\, ware
             house closed
            BEGIN:VALARM
            SUMMARY:not this
            DTSTART:20261223T090000Z
            END:VALARM
            END:VEVENT
            BEGIN:VEVENT
            DTSTART;VALUE=DATE:20260501
            SUMMARY;LANGUAGE="en;US":Stock taking
            END:VEVENT
            BEGIN:VTODO
            SUMMARY:no event
            END:VTODO
            """);
        Read(file).ShouldBe(
        [
            "2026-05-01 Stock taking", "2026-12-24 Winter break, warehouse closed", "2026-12-25 Winter break, warehouse closed", "2026-12-26 Winter break, warehouse closed",
        ]);
    }

    [Theory]
    [InlineData("DTEND;VALUE=DATE:20260502", "2026-05-01")]
    [InlineData("DTEND;VALUE=DATE:20260501", "2026-05-01")]
    [InlineData("DURATION:P2D", "2026-05-01 2026-05-02")]
    [InlineData("DURATION:P1W", "2026-05-01 2026-05-02 2026-05-03 2026-05-04 2026-05-05 2026-05-06 2026-05-07")]
    [InlineData("TRANSP:TRANSPARENT", "2026-05-01")]
    [InlineData("STATUS:CANCELLED", "")]
    [InlineData("RRULE:FREQ=YEARLY;COUNT=2", "2026-05-01 2027-05-01")]
    [InlineData("RRULE:FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1;INTERVAL=1;UNTIL=20280430T235959Z", "2026-05-01 2027-05-01")]
    public void The_length_and_the_repetition_of_an_event_are_kept(string line, string dates) =>
        string.Join(' ', Read(Event("DTSTART;VALUE=DATE:20260501", "SUMMARY:a", line)).Select(day => day[..10])).ShouldBe(dates);

    [Fact]
    public void A_yearly_event_is_taken_for_ten_years_from_the_first_day_asked_for()
    {
        var days = Read(Event("DTSTART;VALUE=DATE:19990501", "SUMMARY:a", "RRULE:FREQ=YEARLY"));
        days[0].ShouldBe("2026-05-01 a");
        days.Count.ShouldBe(10);
        Read(Event("DTSTART;VALUE=DATE:20240229", "SUMMARY:a", "RRULE:FREQ=YEARLY")).Select(day => day[..10]).ShouldBe(["2028-02-29", "2032-02-29"]);
        Read(Event("DTSTART;VALUE=DATE:20251231", "SUMMARY:a", "DURATION:P3D")).Select(day => day[..10]).ShouldBe(["2026-01-01", "2026-01-02"], "Only the part from the first day on.");
    }

    [Fact]
    public void Two_events_of_one_date_are_both_reasons() =>
        Read(Event("DTSTART;VALUE=DATE:20260501", "SUMMARY:Labour Day") .Replace("END:VCALENDAR\n", "", StringComparison.Ordinal)
            + "BEGIN:VEVENT\nDTSTART;VALUE=DATE:20260501\nSUMMARY:Move\nEND:VEVENT\nEND:VCALENDAR\n").ShouldBe(["2026-05-01 Labour Day and Move"]);

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "", "ical-unreadable", "date,name\n2026-05-01,Labour Day\n" },
        { "", "ical-too-long", new string('x', ClosedDayFile.MostCharacters + 1) },
        { "", "ical-too-long", Calendar(string.Concat(Enumerable.Repeat("BEGIN:VEVENT\nEND:VEVENT\n", ClosedDayFile.MostEvents + 1))) },
        { "/lines/3", "ical-line-unusable", "BEGIN:VCALENDAR\nVERSION:2.0\nno property\nEND:VCALENDAR\n" },
        { "/lines/2", "ical-event-unusable", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:cut off\n" },
        { "/lines/2", "ical-event-unusable", Event("DTSTART;VALUE=DATE:20260501") },
        { "/lines/4", "ical-event-unusable", Event("DTSTART;VALUE=DATE:20260501", "SUMMARY:" + new string('x', 101)) },
        { "/lines/2", "ical-event-unusable", Event("SUMMARY:a") },
        { "/lines/4", "ical-event-unusable", Event("SUMMARY:a", "DTSTART;VALUE=DATE:20260231") },
        { "/lines/4", "ical-event-timed", Event("SUMMARY:a", "DTSTART;TZID=Europe/London:20260501T090000") },
        { "/lines/5", "ical-event-unusable", Event("SUMMARY:a", "DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20260401") },
        { "/lines/5", "ical-event-unusable", Event("SUMMARY:a", "DTSTART;VALUE=DATE:20260501", "DTEND;VALUE=DATE:20261201") },
        { "/lines/5", "ical-event-unusable", Event("SUMMARY:a", "DTSTART;VALUE=DATE:20260501", "DURATION:PT8H") },
        { "/lines/5", "ical-rule-unusable", Event("SUMMARY:a", "DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=WEEKLY") },
        { "/lines/5", "ical-rule-unusable", Event("SUMMARY:a", "DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;BYDAY=1MO") },
        { "/lines/5", "ical-rule-unusable", Event("SUMMARY:a", "DTSTART;VALUE=DATE:20260501", "RRULE:FREQ=YEARLY;COUNT=x") },
        { "/lines/5", "ical-rule-unusable", Event("SUMMARY:a", "DTSTART;VALUE=DATE:20260501", "EXDATE;VALUE=DATE:20270501") },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_would_be_misread_is_a_fault_with_its_line(string place, string code, string file)
    {
        var fault = ClosedDayFile.Read(file, From).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((place, code));
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        var file = Calendar("BEGIN:VEVENT\nSUMMARY:a\nDTSTART:20260501T090000Z\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20260502\nRRULE:FREQ=DAILY\nEND:VEVENT\n");
        ClosedDayFile.Read(file, From).Problem.ShouldNotBeNull().Faults.Select(fault => fault.Pointer).ShouldBe(["/lines/5", "/lines/7", "/lines/9"]);
    }

    [Fact]
    public void A_calendar_takes_a_bounded_number_and_keeps_the_names_that_it_has()
    {
        var calendar = CustomerCalendar.Standard("UTC") with { ClosedDays = [new(From, "Ours")] };
        var more = calendar.WithClosedDays([new(From, "Theirs"), new(From.PlusDays(-1), "Before")]).Value;
        more.ClosedDays.Select(day => day.Name).ShouldBe(["Before", "Ours"]);
        calendar.WithClosedDays([.. Enumerable.Range(1, 400).Select(at => new Cairn.Domain.Foundation.Calendars.ClosedDay(From.PlusDays(at), "a"))]).Problem.ShouldNotBeNull().Code.ShouldBe("too-many-records");
    }

    private static List<string> Read(string file) =>
        [.. ClosedDayFile.Read(file.ReplaceLineEndings("\r\n"), From).Value.Select(day => $"{LocalDatePattern.Iso.Format(day.Date)} {day.Name}")];

    /// <summary>A file with one event; its first line is the third of the file.</summary>
    private static string Event(params string[] lines) => Calendar($"BEGIN:VEVENT\n{string.Join('\n', lines)}\nEND:VEVENT\n")
        .Replace("VERSION:2.0\n", "", StringComparison.Ordinal);

    private static string Calendar(string events) => $"BEGIN:VCALENDAR\nVERSION:2.0\n{events.ReplaceLineEndings("\n").TrimEnd('\n')}\nEND:VCALENDAR\n";
}
