using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cairn.Domain.Tests.Customers;

public sealed class CalendarRulesTests
{
    private static readonly LocalDate Monday = new(2026, 3, 2);

    [Fact]
    public void Several_intervals_a_day_are_sorted_and_those_that_touch_are_joined()
    {
        var calendar = Check(Draft(("monday", "13:00", "17:30"), ("monday", "09:00", "12:00"), ("monday", "12:00", "12:30"), ("saturday", "22:00", "24:00"))).Value;

        calendar.Week[0].ShouldBe([new OpeningInterval(540, 750), new OpeningInterval(780, 1050)]);
        calendar.Week[5].ShouldBe([new OpeningInterval(1320, 1440)]);
        calendar.Week[1].ShouldBeEmpty();
        calendar.TimeZone.ShouldBe("Europe/Berlin", "The customer's own zone holds when the calendar names none.");
    }

    [Fact]
    public void Round_the_clock_is_every_day_from_midnight_to_midnight()
    {
        var calendar = Check(Draft([.. CalendarRules.Days.Select(day => (day, "00:00", "24:00"))])).Value;
        calendar.Week.ShouldAllBe(day => day.Single() == new OpeningInterval(0, OpeningInterval.EndOfDay));
    }

    public static TheoryData<string, string, CalendarDraft> Faulty => new()
    {
        { "/week", "member-missing", Draft() with { Week = null } },
        { "/week", "week-closed", Draft() },
        { "/week/funday", "member-unknown", Draft(("monday", "09:00", "17:00"), ("funday", "09:00", "17:00")) },
        { "/week/monday/0/from", "member-missing", Draft(("monday", null, "17:00")) },
        { "/week/monday/0/from", "clock-unusable", Draft(("monday", "9:00", "17:00")) },
        { "/week/monday/0/until", "clock-unusable", Draft(("monday", "09:00", "24:01")) },
        { "/week/monday/0/until", "clock-unusable", Draft(("monday", "09:00", "12:60")) },
        { "/week/monday/0/until", "interval-order", Draft(("monday", "22:00", "06:00")) },
        { "/week/monday/1", "interval-overlap", Draft(("monday", "09:00", "12:00"), ("monday", "11:59", "17:00")) },
        { "/week/monday", "too-many", Draft([.. Enumerable.Range(0, 13).Select(hour => ("monday", (string?)$"{hour:D2}:00", (string?)$"{hour:D2}:30"))]) },
        { "/timeZone", "zone-unknown", Draft(("monday", "09:00", "17:00")) with { TimeZone = "Mars" } },
        { "/validFrom", "date-unusable", Draft(("monday", "09:00", "17:00")) with { ValidFrom = "now" } },
        { "/closedDays/0/date", "member-missing", Draft(("monday", "09:00", "17:00")) with { ClosedDays = [new(null, "Stock taking")] } },
        { "/closedDays/0/name", "member-missing", Draft(("monday", "09:00", "17:00")) with { ClosedDays = [new("2026-12-24", null)] } },
        { "/closedDays/1/date", "closed-day-repeated", Draft(("monday", "09:00", "17:00")) with { ClosedDays = [new("2026-12-24", "a"), new("2026-12-24", "b")] } },
        { "/closedDays", "too-many", Draft(("monday", "09:00", "17:00")) with { ClosedDays = [.. Enumerable.Repeat(new ClosedDayDraft("2026-12-24", "a"), 401)] } },
        { "/holidays/country", "country-unusable", Draft(("monday", "09:00", "17:00")) with { HolidayCountry = "gb" } },
        { "/holidays/country", "member-missing", Draft(("monday", "09:00", "17:00")) with { HolidayRegion = "SCT" } },
        { "/holidays/region", "region-unusable", Draft(("monday", "09:00", "17:00")) with { HolidayCountry = "GB", HolidayRegion = "Scotland" } },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void What_a_calendar_does_not_take_is_a_fault_with_its_place(string pointer, string code, CalendarDraft draft)
    {
        var fault = Check(draft).Problem.ShouldNotBeNull().Faults.ShouldHaveSingleItem();
        (fault.Pointer, fault.Code).ShouldBe((pointer, code));
    }

    [Fact]
    public void All_faults_are_told_at_once() =>
        Check(Draft(("monday", "x", "17:00"), ("friday", "18:00", "17:00")) with { TimeZone = "Mars", ClosedDays = [new("soon", "a")], HolidayCountry = "Britain" })
            .Problem.ShouldNotBeNull().Faults.Select(fault => fault.Pointer)
            .ShouldBe(["/timeZone", "/week/monday/0/from", "/week/friday/0/until", "/closedDays/0/date", "/holidays/country"]);

    [Fact]
    public void Every_minute_of_the_day_is_written_and_read_alike() =>
        Enumerable.Range(0, OpeningInterval.EndOfDay + 1).ShouldAllBe(minute => OpeningInterval.Read(OpeningInterval.Write(minute)) == minute);

    [Fact]
    public void A_checked_day_never_overlaps_and_is_open_exactly_when_the_draft_was()
    {
        var hours = Gen.Choose(0, 23).Two().NonEmptyListOf();
        Prop.ForAll(hours.ToArbitrary(), pairs =>
        {
            var intervals = pairs.Take(CalendarRules.MostIntervals).Where(pair => pair.Item1 < pair.Item2).ToList();
            var made = Check(Draft([("sunday", "00:00", "24:00"), .. intervals.Select(pair => ("monday", (string?)$"{pair.Item1:D2}:00", (string?)$"{pair.Item2:D2}:00"))]));
            var open = Enumerable.Range(0, 24).Select(hour => intervals.Count(pair => pair.Item1 <= hour && hour < pair.Item2)).ToList();
            return made.IsOk
                ? open.All(count => count <= 1) && Enumerable.Range(0, 24).All(hour => made.Value.Week[0].Any(one => one.From <= hour * 60 && hour * 60 < one.Until) == (open[hour] == 1))
                : open.Exists(count => count > 1);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void The_last_version_that_began_holds_and_says_why_a_day_is_closed()
    {
        var standard = CustomerCalendar.Standard("UTC");
        var first = Check(Draft(("monday", "09:00", "17:00")) with { ValidFrom = "2026-03-01", ClosedDays = [new("2026-03-09", "Stock taking")] }).Value;
        var second = Check(Draft(("tuesday", "09:00", "17:00")) with { ValidFrom = "2026-04-01" }).Value;
        var calendar = BusinessCalendar.Create([second.ToVersion(null), standard.ToVersion(null), first.ToVersion(null)]).Value;
        CalendarDay On(LocalDate day) => calendar.Day(day);

        On(Monday.PlusDays(-4)).Why.ShouldBe(CalendarDay.Open, "The standard holds before the first version, and this is a Thursday.");
        On(Monday).Opening.ShouldHaveSingleItem();
        On(Monday.PlusDays(1)).Why.ShouldBe(CalendarDay.Weekday);
        On(Monday.PlusDays(7)).ShouldSatisfyAllConditions(day => day.Why.ShouldBe(CalendarDay.ClosedDay), day => day.Name.ShouldBe("Stock taking"), day => day.Opening.ShouldBeEmpty());
        On(new LocalDate(2026, 4, 6)).Why.ShouldBe(CalendarDay.Weekday);
    }

    private static Outcome<CustomerCalendar> Check(CalendarDraft draft) => CalendarRules.Check(draft, "Europe/Berlin", new InputFaults());

    private static CalendarDraft Draft(params (string Day, string? From, string? Until)[] intervals) => new()
    {
        ValidFrom = "2026-03-01",
        Week = intervals.GroupBy(one => one.Day).ToDictionary(day => day.Key, day => (IReadOnlyList<IntervalDraft>)[.. day.Select(one => new IntervalDraft(one.From, one.Until))]),
    };
}
