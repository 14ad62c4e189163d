using Cairn.Domain.Foundation.Calendars;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;

namespace Cairn.Domain.Tests.Foundation.Calendars;

/// <summary>What holds for every calendar, moment and amount.</summary>
public sealed class BusinessCalendarLawsTests
{
    private static readonly string[] Zones =
    [
        "UTC", "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Africa/Cairo", "Pacific/Auckland",
        "America/Havana", "Pacific/Apia", "Africa/Casablanca", "Asia/Gaza", "America/Sao_Paulo", "Antarctica/Troll",
    ];

    private static readonly string[] Hours =
    [
        "24/7", "mon-fri 09:00-17:00", "mon-thu 08:00-12:00,13:00-17:00; fri 08:00-14:00", "sun-thu 01:00-23:00", "sat,sun 00:30-04:00", "daily 22:00-24:00; daily 00:00-06:00",
        "mon 09:00-09:01", "daily 01:15-01:45,02:10-02:50,23:30-24:00",
    ];

    private static readonly Instant Start = Instant.FromUtc(2008, 1, 1, 0, 0);

    /// <summary>One version or two, any two zones and hours, with some closed days.</summary>
    private static Gen<BusinessCalendar> Some =>
        from zone in Gen.Elements(Zones)
        from hours in Gen.Elements(Hours)
        from later in Gen.Elements(Zones)
        from laterHours in Gen.Elements(Hours)
        from isMoving in Gen.Elements(true, false)
        from day in Gen.Choose(0, 20 * 365)
        from closed in Gen.Choose(0, 20 * 365).ListOf(5)
        select BusinessCalendar.Create(
        [
            Calendars.Version(zone, hours) with { ClosedDays = [.. closed.Distinct().Select(at => new ClosedDay(new LocalDate(2008, 1, 1).PlusDays(at), "closed"))] },
            .. isMoving ? new[] { Calendars.Version(later, laterHours) with { ValidFrom = new LocalDate(2008, 1, 1).PlusDays(day) } } : [],
        ]).Value;

    /// <summary>Moments over twenty years to the minute, some to the nanosecond.</summary>
    private static Gen<Instant> Moment =>
        from minutes in Gen.Choose(0, 20 * 365 * 24 * 60)
        from nanoseconds in Gen.Elements(0, 0, 1, 999_999_999)
        select Start + Duration.FromMinutes(minutes) + Duration.FromNanoseconds(nanoseconds);

    private static Gen<Duration> Time =>
        from minutes in Gen.OneOf(Gen.Choose(1, 3_000), Gen.Choose(1, 60_000))
        from nanoseconds in Gen.Elements(0, 0, 1)
        select Duration.FromMinutes(minutes) + Duration.FromNanoseconds(nanoseconds);

    [Fact]
    public void What_was_added_lies_between() => Holds(Some, Moment, Time, (calendar, from, time) =>
        calendar.Add(from, time) is not { IsOk: true } due || calendar.Between(from, due.Value).Value == time);

    [Fact]
    public void What_was_taken_away_lies_between() => Holds(Some, Moment, Time, (calendar, from, time) =>
        calendar.Add(from, -time) is not { IsOk: true } due || (due.Value < from && calendar.Between(from, due.Value).Value == -time));

    [Fact]
    public void Due_is_the_earliest_such_moment_so_it_is_open_or_just_closing() => Holds(Some, Moment, Time, (calendar, from, time) =>
        calendar.Add(from, time) is not { IsOk: true } due || calendar.IsOpen(due.Value.PlusNanoseconds(-1)));

    [Fact]
    public void Going_back_ends_at_an_open_moment() => Holds(Some, Moment, Time, (calendar, from, time) =>
        calendar.Add(from, -time) is not { IsOk: true } due || calendar.IsOpen(due.Value));

    [Fact]
    public void Adding_in_two_parts_is_adding_at_once() => Holds(Some, Moment, Time, (calendar, from, time) =>
    {
        var part = Duration.FromNanoseconds(time.ToInt64Nanoseconds() / 3);
        return calendar.Add(from, time) is not { IsOk: true } due || calendar.Add(calendar.Add(from, part).Value, time - part).Value == due.Value;
    });

    [Fact]
    public void Between_is_additive_antisymmetric_and_never_more_than_elapsed() => Holds(Some, Moment, Moment, (calendar, from, until) =>
    {
        var middle = from + ((until - from) / 3);
        var whole = calendar.Between(from, until).Value;
        return calendar.Between(from, middle).Value + calendar.Between(middle, until).Value == whole
            && calendar.Between(until, from).Value == -whole
            && (until >= from ? whole >= Duration.Zero && whole <= until - from : whole <= Duration.Zero);
    });

    [Fact]
    public void More_time_is_due_later_and_a_later_start_never_earlier() => Holds(Some, Moment, Time, (calendar, from, time) =>
        calendar.Add(from, time + Duration.FromMinutes(1)) is not { IsOk: true } more
        || (more.Value > calendar.Add(from, time).Value && calendar.Add(from.PlusNanoseconds(1), time).Value >= calendar.Add(from, time).Value));

    [Fact]
    public void The_next_opening_is_open_and_nothing_passes_before_it() => Holds(Some, Moment, Moment, (calendar, at, _) =>
        calendar.NextOpening(at) is { IsOk: true } opening && opening.Value >= at && calendar.IsOpen(opening.Value) && calendar.Between(at, opening.Value).Value == Duration.Zero);

    [Fact]
    public void The_lines_of_an_explanation_add_up_folded_and_unfolded() => Holds(Some, Moment, Moment, (calendar, from, until) =>
    {
        var (first, last) = from <= until ? (from, until) : (until, from);
        var lines = calendar.Lines(first, last);
        var steps = calendar.ExplainBetween(first, last).Value.Steps;
        return lines.Aggregate(Duration.Zero, (sum, line) => sum + line.Counted) == calendar.Between(first, last).Value
            && lines.Zip(lines.Skip(1)).All(pair => pair.First.First < pair.Second.First)
            && steps.Count <= Math.Max(lines.Count, 1);
    }, most: 60);

    [Fact]
    public void A_moment_is_open_exactly_when_its_time_of_day_lies_in_an_interval()
    {
        var single = from zone in Gen.Elements(Zones) from hours in Gen.Elements(Hours) select (zone, hours);
        Holds(single, Moment, Time, (described, at, _) =>
        {
            var calendar = Calendars.Of(described.zone, described.hours);
            var local = at.InZone(calendar.ZoneAt(at)).LocalDateTime;
            var nanoseconds = local.TimeOfDay.NanosecondOfDay;
            return calendar.IsOpen(at) == calendar.Day(local.Date).Opening.Any(one => one.From * NodaConstants.NanosecondsPerMinute <= nanoseconds && nanoseconds < one.Until * NodaConstants.NanosecondsPerMinute);
        });
    }

    [Fact]
    public void Counting_business_days_there_and_back_ends_where_it_began() => Holds(Some, Gen.Choose(0, 20 * 365), Gen.Choose(1, 300), (calendar, at, n) =>
    {
        var from = calendar.OnOrAfter(new LocalDate(2008, 1, 1).PlusDays(at)).Value;
        var there = calendar.NthBusinessDay(from, n).Value;
        return calendar.NthBusinessDay(there, -n).Value == from && calendar.WhyClosed(there) is null;
    });

    [Fact]
    public void Many_threads_get_the_answers_of_one()
    {
        var calendar = Calendars.Of("Europe/London", Hours[2]);
        var moments = Enumerable.Range(0, 2_000).Select(at => Start + Duration.FromHours(at * 67L)).ToList();
        var alone = moments.Select(at => Calendars.Of("Europe/London", Hours[2]).Add(at, Duration.FromHours(50)).Value).Take(50).ToList();
        var together = moments.AsParallel().AsOrdered().Select(at => calendar.Add(at, Duration.FromHours(50)).Value).ToList();
        together.Take(50).ShouldBe(alone);
        together.ShouldBe(moments.Select(at => calendar.Add(at, Duration.FromHours(50)).Value));
    }

    private static void Holds<TFirst, TSecond, TThird>(Gen<TFirst> first, Gen<TSecond> second, Gen<TThird> third, Func<TFirst, TSecond, TThird, bool> law, int most = 200)
    {
        var all = from one in first from two in second from three in third select (one, two, three);
        Prop.ForAll(all.ToArbitrary(), given => law(given.one, given.two, given.three)).Check(Config.QuickThrowOnFailure.WithMaxTest(most));
    }
}
