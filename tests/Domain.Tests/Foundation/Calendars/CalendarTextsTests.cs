using Cairn.Domain.Foundation.Calendars;
using NodaTime;

namespace Cairn.Domain.Tests.Foundation.Calendars;

/// <summary>What people type, and what the build writes.</summary>
public sealed class CalendarTextsTests
{
    [Theory]
    [InlineData("8h", 0, 480)]
    [InlineData("90m", 0, 90)]
    [InlineData(" 7h30m ", 0, 450)]
    [InlineData("7 h 30 min", 0, 450)]
    [InlineData("2d", 2, 0)]
    [InlineData("1d 4h", 1, 240)]
    [InlineData("-1d 4h", -1, -240)]
    [InlineData("PT8H", 0, 480)]
    [InlineData("P1DT4H", 1, 240)]
    [InlineData("-PT90M", 0, -90)]
    [InlineData("PT30S", 0, 0.5)]
    public void Business_time_is_read_as_people_and_programs_write_it(string text, int days, double minutes) =>
        BusinessTime.Parse(text).Value.ShouldBe(new BusinessTime(days, Duration.FromMinutes(minutes)));

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("8")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("1w")]
    [InlineData("h8")]
    [InlineData("1.5h")]
    [InlineData("99999999999h")]
    [InlineData("8h 8h 8h 8h 8h 8h 8h 8h 8h 8h 8h 8h 8h 8h 8h 8h")]
    public void What_is_no_business_time_is_refused(string text) => BusinessTime.Parse(text).Problem.ShouldNotBeNull().Code.ShouldBe("business-time-unusable");

    [Fact]
    public void More_than_any_calendar_has_is_out_of_range() => BusinessTime.Parse("100001d").Problem.ShouldNotBeNull().Code.ShouldBe("calendar-out-of-range");

    [Theory]
    [InlineData("mon-fri 09:00-17:00", "540-1020|540-1020|540-1020|540-1020|540-1020||")]
    [InlineData("MON-THU 08:00-12:00, 13:00-17:00; friday 08:00-14:00", "480-720,780-1020|480-720,780-1020|480-720,780-1020|480-720,780-1020|480-840||")]
    [InlineData("sun-mon 10:00-12:00", "600-720||||||600-720")]
    [InlineData("mon,wed 22:00-24:00; mon 21:00-22:00", "1260-1440||1320-1440||||")]
    [InlineData("24/7", "0-1440|0-1440|0-1440|0-1440|0-1440|0-1440|0-1440")]
    [InlineData("daily 00:00-24:00", "0-1440|0-1440|0-1440|0-1440|0-1440|0-1440|0-1440")]
    public void Opening_hours_are_read_as_people_type_them(string text, string week) =>
        string.Join('|', WeekText.Parse(text).Value.Select(day => string.Join(',', day.Select(one => $"{one.From}-{one.Until}")))).ShouldBe(week);

    [Theory]
    [InlineData("", "opening-hours-unusable")]
    [InlineData("mon", "opening-hours-unusable")]
    [InlineData("funday 09:00-17:00", "opening-hours-unusable")]
    [InlineData("mon-tue-wed 09:00-17:00", "opening-hours-unusable")]
    [InlineData("mon 9-17", "opening-hours-unusable")]
    [InlineData("mon 22:00-06:00", "opening-hours-unusable")]
    [InlineData("mon 09:00-12:00,11:00-17:00", "opening-hours-overlap")]
    [InlineData("mon 09:00-12:00; mon-fri 09:00-17:00", "opening-hours-overlap")]
    public void What_is_no_opening_hours_is_refused(string text, string code) => WeekText.Parse(text).Problem.ShouldNotBeNull().Code.ShouldBe(code);

    [Fact]
    public void A_table_of_holidays_knows_what_holds_everywhere_in_a_region_and_in_none()
    {
        var table = HolidayTable.Read(
        [
            "# a remark", "country\tXX\tExample", "years\t2015\t2040", "region\tA\tAland", "region\tB\tBeland",
            "day\t*\tNew Year's Day\t2026-01-01 2027-01-01", "day\tA\tHill Day\t2026-05-04", "day\t- A\tSea Day\t2026-05-04 2026-06-01",
        ]);
        table.Regions.Select(region => region.Name).ShouldBe(["Aland", "Beland"]);
        table.Of(null)!.Days.Select(day => $"{day.Date:uuuu-MM-dd} {day.Name}").ShouldBe(["2026-01-01 New Year's Day", "2026-05-04 Sea Day", "2026-06-01 Sea Day", "2027-01-01 New Year's Day"]);
        table.Of("B")!.Days.Count.ShouldBe(2);
        table.Of("C").ShouldBeNull();
        var calendar = BusinessCalendar.Create([Calendars.Version("UTC", "24/7") with { Holidays = table.Of("A") }]).Value;
        calendar.WhyClosed(Calendars.Day("2026-05-04")).ShouldBe("Hill Day and Sea Day");
        calendar.Day(Calendars.Day("2026-05-04")).Why.ShouldBe(CalendarDay.PublicHoliday);
        calendar.Unknown(Calendars.Day("2041-01-01"), Calendars.Day("2041-01-02")).ShouldHaveSingleItem().ShouldContain("XX-A in 2041");
    }

    [Theory]
    [InlineData("holiday\tXX")]
    [InlineData("day\t*\tName\t2026-02-30")]
    [InlineData("years\t2015\tsoon")]
    public void A_table_that_the_build_did_not_write_is_refused_with_its_line(string line) =>
        Should.Throw<FormatException>(() => HolidayTable.Read(["country\tXX\tExample", line])).Message.ShouldStartWith("Line 2 ");

    [Fact]
    public void An_own_closed_day_wins_over_a_holiday_of_its_date()
    {
        var holidays = new PublicHolidays("XX", null, 2015, 2040, [new ClosedDay(Calendars.Day("2026-12-25"), "Christmas Day")]);
        var calendar = BusinessCalendar.Create([Calendars.Version("UTC", "24/7", ("2026-12-25", "Stock taking")) with { Holidays = holidays }]).Value;
        calendar.Day(Calendars.Day("2026-12-25")).ShouldSatisfyAllConditions(day => day.Why.ShouldBe(CalendarDay.ClosedDay), day => day.Name.ShouldBe("Stock taking"));
    }
}
