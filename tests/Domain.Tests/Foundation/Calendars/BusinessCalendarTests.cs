using Cairn.Domain.Foundation.Calendars;
using NodaTime;

namespace Cairn.Domain.Tests.Foundation.Calendars;

public sealed class BusinessCalendarTests
{
    private static readonly BusinessCalendar London = Calendars.Of("Europe/London", "mon-fri 09:00-17:00", ("2026-04-03", "Good Friday"), ("2026-04-06", "Easter Monday"));
    private static readonly BusinessCalendar Always = Calendars.Of("Europe/London", "24/7");

    [Theory]
    [InlineData("2026-03-06 15:00", 8, "2026-03-09 15:00")]
    [InlineData("2026-03-06 09:00", 8, "2026-03-06 17:00")]
    [InlineData("2026-03-07 12:00", 1, "2026-03-09 10:00")]
    [InlineData("2026-04-02 16:00", 2, "2026-04-07 10:00")]
    [InlineData("2026-03-06 15:00", 0, "2026-03-06 15:00")]
    [InlineData("2026-03-07 12:00", 0, "2026-03-07 12:00")]
    [InlineData("2026-03-09 10:00", -2, "2026-03-06 16:00")]
    [InlineData("2026-03-09 17:00", -8, "2026-03-09 09:00")]
    [InlineData("2026-03-06 15:00", 2080, "2027-03-09 15:00")]
    public void Time_passes_only_while_it_is_open(string from, int hours, string due) => London.Due(from, Duration.FromHours(hours)).ShouldBe(due);

    [Fact]
    public void Round_the_clock_nothing_closes_at_midnight_and_a_day_of_hours_is_a_day()
    {
        Always.Due("2026-03-06 23:59", Duration.FromMinutes(2)).ShouldBe("2026-03-07 00:01");
        Always.Due("2026-03-06 12:00", Duration.FromHours(24)).ShouldBe("2026-03-07 12:00");
        Always.NextOpening(Always.At("2026-03-07 00:00")).Value.ShouldBe(Always.At("2026-03-07 00:00"));
        Always.Between(Always.At("2026-03-06 23:59"), Always.At("2026-03-07 00:01")).Value.ShouldBe(Duration.FromMinutes(2));
    }

    [Fact]
    public void A_business_day_is_as_long_as_the_calendar_is_open_and_not_24_hours()
    {
        var halfFriday = Calendars.Of("Europe/Berlin", "mon-thu 08:00-12:00,13:00-17:00; fri 08:00-14:00");
        halfFriday.LengthOfADay(Calendars.Day("2026-03-06")).ShouldBe(Duration.FromHours(8));
        var day = BusinessTime.Parse("1d").Value;
        halfFriday.Show(halfFriday.Add(halfFriday.At("2026-03-05 08:00"), halfFriday.Resolve(day, halfFriday.At("2026-03-05 08:00"))).Value).ShouldBe("2026-03-05 17:00");
        var derivation = halfFriday.ExplainAdd(halfFriday.At("2026-03-05 08:00"), day).Value;
        derivation.Inputs.ShouldContain(input => input.Name == "1 d" && input.Value == "8 h");
        derivation.Question.ShouldContain("1 d of business time (8 h)");
    }

    [Theory]
    // The clock skips 01:00 to 02:00, and shows it twice in autumn: what elapses is what counts.
    [InlineData("2026-03-29 00:00", 3, "2026-03-29 04:00")]
    [InlineData("2026-10-25 00:00", 3, "2026-10-25 02:00")]
    public void Summer_time_counts_as_it_elapses(string from, int hours, string due) => Always.Due(from, Duration.FromHours(hours)).ShouldBe(due);

    [Fact]
    public void Hours_that_the_clock_skips_are_not_there_and_hours_that_it_repeats_count_twice()
    {
        var night = Calendars.Of("Europe/London", "daily 01:15-01:45");
        night.Between(night.At("2026-03-28 00:00"), night.At("2026-03-31 00:00")).Value.ShouldBe(Duration.FromHours(1), "The half hour of the 29th is skipped.");
        night.Between(night.At("2026-10-25 00:00"), night.At("2026-10-26 00:00")).Value.ShouldBe(Duration.FromHours(1), "The half hour of the 25th comes twice.");
        night.Lines(night.At("2026-03-29 00:00"), night.At("2026-03-30 00:00")).ShouldHaveSingleItem().Text
            .ShouldBe("Sunday 2026-03-29: open, but its hours do not exist on this day's clock; the clock goes forward 1 h at 01:00");
    }

    [Theory]
    [InlineData(0, "2026-03-02", "2026-03-02")]
    [InlineData(1, "2026-03-02", "2026-03-03")]
    [InlineData(5, "2026-03-02", "2026-03-09")]
    [InlineData(0, "2026-03-07", "2026-03-09")]
    [InlineData(1, "2026-03-07", "2026-03-10")]
    [InlineData(-1, "2026-03-02", "2026-02-27")]
    [InlineData(-1, "2026-03-07", "2026-03-06")]
    [InlineData(1, "2026-04-02", "2026-04-07")]
    public void Business_days_are_counted_from_the_day_itself_or_the_next_open_one(int n, string from, string day)
    {
        London.NthBusinessDay(Calendars.Day(from), n).Value.ShouldBe(Calendars.Day(day));
        var derivation = London.ExplainNthBusinessDay(Calendars.Day(from), n).Value;
        derivation.Steps[^1].Text.ShouldContain(day);
        derivation.Steps[^1].Value.ShouldBe(n.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_closed_day_says_why()
    {
        London.WhyClosed(Calendars.Day("2026-04-03")).ShouldBe("Good Friday");
        London.WhyClosed(Calendars.Day("2026-04-04")).ShouldBe("Saturday");
        London.WhyClosed(Calendars.Day("2026-04-07")).ShouldBeNull();
        London.OnOrAfter(Calendars.Day("2026-04-03")).Value.ShouldBe(Calendars.Day("2026-04-07"));
    }

    [Fact]
    public void A_calendar_that_is_never_open_and_a_zone_that_is_none_are_refused()
    {
        var never = Calendars.Version("UTC", "24/7") with { Week = [[], [], [], [], [], [], []] };
        BusinessCalendar.Create([never]).Problem.ShouldNotBeNull().Code.ShouldBe("calendar-never-open");
        BusinessCalendar.Create([Calendars.Version("UTC", "24/7") with { TimeZone = "Mars" }]).Problem.ShouldNotBeNull().Code.ShouldBe("calendar-zone-unknown");
        Should.Throw<ArgumentException>(() => BusinessCalendar.Create([]));
        Should.Throw<ArgumentException>(() => BusinessCalendar.Create([Calendars.Version("UTC", "24/7") with { Week = [[new(600, 540)], [], [], [], [], [], []] }]));
    }

    [Fact]
    public void What_lies_outside_of_the_computed_years_is_refused_and_never_searched_for_without_end()
    {
        var rare = Calendars.Of("UTC", "mon 09:00-09:01");
        string? Code<T>(Cairn.Domain.Foundation.Outcome<T> outcome) => outcome.Problem?.Code;
        var (early, late) = (Instant.FromUtc(1899, 12, 31, 0, 0), Instant.FromUtc(2180, 1, 1, 0, 0));
        Code(rare.Add(late.PlusNanoseconds(-1), Duration.FromHours(1))).ShouldBe("calendar-out-of-range");
        Code(rare.Add(Instant.FromUtc(2026, 1, 1, 0, 0), Duration.FromDays(30_000))).ShouldBe("calendar-out-of-range");
        Code(rare.Add(Instant.FromUtc(2026, 1, 1, 0, 0), -Duration.FromDays(30_000))).ShouldBe("calendar-out-of-range");
        Code(rare.Between(early, late)).ShouldBe("calendar-out-of-range");
        Code(rare.NextOpening(late)).ShouldBe("calendar-out-of-range");
        Code(rare.NthBusinessDay(Calendars.Day("2026-01-01"), 70_000)).ShouldBe("calendar-out-of-range");
        Code(rare.ExplainAdd(early, Duration.FromHours(1))).ShouldBe("calendar-out-of-range");
        Always.Between(early.Plus(Duration.FromDays(1)), late.PlusNanoseconds(-1)).Value.ShouldBe(late - early - Duration.FromDays(1) - Duration.FromNanoseconds(1));
    }

    [Fact]
    public void A_version_decides_about_the_days_from_its_first_on()
    {
        var calendar = BusinessCalendar.Create(
        [
            Calendars.Version("Europe/London", "mon-fri 09:00-17:00"),
            Calendars.Version("Europe/London", "mon-fri 10:00-12:00") with { ValidFrom = Calendars.Day("2026-03-09") },
        ]).Value;
        calendar.Due("2026-03-06 16:00", Duration.FromHours(3)).ShouldBe("2026-03-09 12:00");
        calendar.Due("2026-03-10 10:00", Duration.FromHours(-3)).ShouldBe("2026-03-06 16:00");
    }

    [Theory]
    // To the east the day is short, to the west it is long; round the clock there is neither a gap nor a moment that counts twice.
    [InlineData("America/Los_Angeles", "Asia/Tokyo")]
    [InlineData("Asia/Tokyo", "America/Los_Angeles")]
    [InlineData("Etc/GMT+12", "Pacific/Kiritimati")]
    [InlineData("Pacific/Kiritimati", "Etc/GMT+12")]
    public void A_change_of_zone_loses_no_time_and_counts_none_twice(string before, string after)
    {
        BusinessCalendar Moving(string hours) => BusinessCalendar.Create(
            [Calendars.Version(before, hours), Calendars.Version(after, hours) with { ValidFrom = Calendars.Day("2026-03-10") }]).Value;
        var (from, until) = (Instant.FromUtc(2026, 3, 1, 0, 0), Instant.FromUtc(2026, 3, 20, 0, 0));
        Moving("24/7").Between(from, until).Value.ShouldBe(until - from);
        Moving("daily 00:00-12:00").Between(from, until).Value.ShouldBeLessThanOrEqualTo(Duration.FromHours(19 * 12) + Duration.FromHours(12));
        var lines = Moving("daily 09:00-17:00").Lines(from, until);
        lines.ShouldAllBe(line => line.Counted <= Duration.FromHours(8));
        lines.ShouldContain(line => line.Text.Contains($"from here on the version of 2026-03-10 holds, on the clock of {after}", StringComparison.Ordinal));
    }

    [Fact]
    public void A_day_that_a_zone_skips_has_no_hours()
    {
        var apia = Calendars.Of("Pacific/Apia", "daily 09:00-17:00");
        apia.Between(apia.At("2011-12-29 00:00"), apia.At("2012-01-01 00:00")).Value.ShouldBe(Duration.FromHours(16));
    }

    [Fact]
    public void A_derivation_has_a_line_for_each_day_with_its_hours_or_its_reason()
    {
        var derivation = London.ExplainAdd(London.At("2026-04-02 16:00"), Duration.FromHours(2)).Value;
        derivation.Question.ShouldBe("2 h of business time from Thursday 2026-04-02 16:00 (Europe/London)");
        derivation.Result.ShouldBe("Tuesday 2026-04-07 10:00 (Europe/London)");
        derivation.Steps.Select(step => (step.Text, step.Value)).ShouldBe(
        [
            ("Thursday 2026-04-02: 16:00 to 17:00", "1 h"),
            ("Friday 2026-04-03: closed, Good Friday", null),
            ("Saturday 2026-04-04: closed on Saturdays", null),
            ("Sunday 2026-04-05: closed on Sundays", null),
            ("Monday 2026-04-06: closed, Easter Monday", null),
            ("Tuesday 2026-04-07: 09:00 to 10:00", "1 h"),
        ]);
        derivation.Inputs.Select(input => $"{input.Name}: {input.Value}").ShouldBe(
        [
            "from: Thursday 2026-04-02 16:00 (Europe/London)", "time: 2 h", "opening hours: Monday to Friday 09:00 to 17:00 on the clock of Europe/London", "own closed days: 2",
        ]);
        derivation.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void A_change_of_the_clock_stands_in_the_line_of_its_day()
    {
        var lines = Always.Lines(Always.At("2026-03-28 12:00"), Always.At("2026-03-30 00:00"));
        lines.Select(line => line.Text).ShouldBe(
        [
            "Saturday 2026-03-28: 12:00 to 24:00",
            "Sunday 2026-03-29: 00:00 to 24:00; the clock goes forward 1 h at 01:00",
        ]);
        lines[1].Counted.ShouldBe(Duration.FromHours(23));
        var cairo = Calendars.Of("Africa/Cairo", "24/7");
        cairo.Lines(cairo.At("2025-10-30 00:00"), cairo.At("2025-10-31 00:00")).ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(line => line.Counted.ShouldBe(Duration.FromHours(25)), line => line.Text.ShouldEndWith("the clock goes back 1 h at 24:00"));
    }

    [Fact]
    public void Going_back_the_lines_stand_in_the_order_of_the_computation()
    {
        var derivation = London.ExplainAdd(London.At("2026-04-07 10:00"), Duration.FromHours(-2)).Value;
        derivation.Steps[0].Text.ShouldBe("Tuesday 2026-04-07: 09:00 to 10:00");
        derivation.Steps[^1].Text.ShouldBe("Thursday 2026-04-02: 16:00 to 17:00");
    }

    [Fact]
    public void A_long_way_folds_equal_weeks_and_whole_years_and_still_adds_up()
    {
        var (from, until) = (London.At("2026-03-04 12:00"), London.At("2026-06-10 12:00"));
        var steps = London.ExplainBetween(from, until).Value.Steps;
        steps.Count.ShouldBeLessThan(35, "There are 99 days.");
        steps.ShouldContain(step => step.Text == "Monday 2026-04-13 to Sunday 2026-06-07: 8 equal weeks of 5 open days, 40 h each" && step.Value == "320 h");
        steps.ShouldContain(step => step.Text == "Friday 2026-04-03: closed, Good Friday");

        var years = London.ExplainBetween(from, London.At("2036-06-10 12:00")).Value.Steps;
        years.ShouldContain(step => step.Text.StartsWith("2030: 261 open days", StringComparison.Ordinal));
        Sum(years).ShouldBe(London.Between(from, London.At("2036-06-10 12:00")).Value);
        Sum(steps).ShouldBe(London.Between(from, until).Value);
    }

    [Fact]
    public void Holidays_beyond_the_years_of_the_data_are_missing_aloud()
    {
        var holidays = new PublicHolidays("GB", "SCT", 2015, 2040, [new ClosedDay(Calendars.Day("2040-12-25"), "Christmas Day")]);
        var calendar = BusinessCalendar.Create([Calendars.Version("Europe/London", "mon-fri 09:00-17:00") with { Holidays = holidays }]).Value;
        calendar.ExplainAdd(calendar.At("2040-12-24 16:00"), Duration.FromHours(2)).Value.ShouldSatisfyAllConditions(
            derivation => derivation.Missing.ShouldBeEmpty(),
            derivation => derivation.Steps.ShouldContain(step => step.Text == "Tuesday 2040-12-25: closed, Christmas Day"));
        calendar.ExplainAdd(calendar.At("2040-12-31 16:00"), Duration.FromHours(2)).Value.Missing.ShouldHaveSingleItem()
            .ShouldBe("The public holidays of GB-SCT in 2041 are not known (2015 to 2040 are), so none is counted there. Add them as closed days of the calendar.");
        calendar.Unknown(Calendars.Day("2010-01-01"), Calendars.Day("2050-01-01")).Count.ShouldBe(2);
        BusinessCalendar.Create([Calendars.Version("UTC", "24/7") with { Holidays = PublicHolidays.Unknown("XX", null) }]).Value
            .Unknown(Calendars.Day("2026-01-01"), Calendars.Day("2026-01-02")).ShouldHaveSingleItem().ShouldStartWith("The public holidays of XX in 2026 are not known, so");
    }

    [Fact]
    public void The_next_opening_is_explained_by_the_days_before_it()
    {
        London.ExplainNextOpening(London.At("2026-04-02 18:00")).Value.Steps.Select(step => step.Text).ShouldBe(
        [
            "Thursday 2026-04-02: open 09:00 to 17:00, none of it in the time asked about",
            "Friday 2026-04-03: closed, Good Friday",
            "Saturday 2026-04-04: closed on Saturdays",
            "Sunday 2026-04-05: closed on Sundays",
            "Monday 2026-04-06: closed, Easter Monday",
            "Tuesday 2026-04-07: opens at 09:00",
        ]);
        London.ExplainNextOpening(London.At("2026-04-02 12:00")).Value.Steps.ShouldHaveSingleItem().Text.ShouldBe("Thursday 2026-04-02: open at that moment");
    }

    /// <summary>The values of the steps as they are written, read back.</summary>
    private static Duration Sum(IEnumerable<Cairn.Domain.Foundation.DerivationStep> steps) => steps.Where(step => step.Value is not null)
        .Aggregate(Duration.Zero, (sum, step) => sum + BusinessTime.Parse(step.Value!).Value.Time);
}
