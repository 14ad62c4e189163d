using System.Collections.Frozen;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>One version of a calendar, prepared for being asked about days.</summary>
internal sealed class DatedRule
{
    private static readonly ZoneLocalMappingResolver FirstMoment =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    private readonly FrozenDictionary<LocalDate, (string Name, bool IsHoliday)> closed;

    public DatedRule(CalendarVersion version, DateTimeZone zone)
    {
        Version = version;
        Zone = zone;
        var days = new Dictionary<LocalDate, (string Name, bool IsHoliday)>();
        foreach (var holiday in version.Holidays?.Days ?? [])
        {
            days[holiday.Date] = days.TryGetValue(holiday.Date, out var other) && other.Name != holiday.Name
                ? ($"{other.Name} and {holiday.Name}", true)
                : (holiday.Name, true);
        }

        foreach (var own in version.ClosedDays)
        {
            days[own.Date] = (own.Name, false);
        }

        closed = days.ToFrozenDictionary();
        UsualDay = Usual(version.Week);
    }

    public CalendarVersion Version { get; }

    public DateTimeZone Zone { get; }

    /// <inheritdoc cref="BusinessCalendar.LengthOfADay"/>
    public Duration UsualDay { get; }

    /// <summary>When the version begins to decide.</summary>
    public required Instant Begins { get; init; }

    /// <summary>When the next one does.</summary>
    public required Instant Ends { get; init; }

    /// <summary>The last day that the version decides about.</summary>
    public required LocalDate LastDay { get; init; }

    /// <summary>The moment of midnight, the first of two; where the clock skips it, the moment of the skip.</summary>
    public static Instant StartOf(LocalDate day, DateTimeZone zone) => zone.ResolveLocal(day.AtMidnight(), FirstMoment).ToInstant();

    public Instant StartOf(LocalDate day) => StartOf(day, Zone);

    /// <inheritdoc cref="BusinessCalendar.AtClock"/>
    public Instant AtClock(LocalDateTime clock) => Zone.ResolveLocal(clock, FirstMoment).ToInstant();

    public IReadOnlyList<OpeningInterval> OnWeekday(LocalDate day) => Version.Week[(int)day.DayOfWeek - 1];

    public IReadOnlyList<OpeningInterval> Opening(LocalDate day) => closed.ContainsKey(day) ? [] : OnWeekday(day);

    public bool IsBusinessDay(LocalDate day) => OnWeekday(day).Count > 0 && !closed.ContainsKey(day);

    /// <summary>The closed day or holiday of a date, even on a day of the week that is closed anyway.</summary>
    public (string Name, bool IsHoliday)? ClosedOn(LocalDate day) => closed.TryGetValue(day, out var found) ? found : null;

    private static Duration Usual(IReadOnlyList<IReadOnlyList<OpeningInterval>> week)
    {
        var lengths = week.Where(day => day.Count > 0).Select(day => day.Sum(interval => interval.Until - interval.From));
        return Duration.FromMinutes(lengths.GroupBy(length => length).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key).First().Key);
    }
}

/// <summary>The versions of a calendar in order, and which of them decides.</summary>
internal sealed class DatedRules
{
    private readonly DatedRule[] rules;

    private DatedRules(DatedRule[] rules) => this.rules = rules;

    public static Outcome<DatedRules> Of(IReadOnlyList<CalendarVersion> versions)
    {
        var sorted = versions.OrderBy(version => version.ValidFrom).ToArray();
        Require(sorted);
        var zones = new DateTimeZone[sorted.Length];
        for (var at = 0; at < sorted.Length; at++)
        {
            if (sorted[at].Week.All(day => day.Count == 0))
            {
                return CalendarProblems.NeverOpen(DayNames.Iso(sorted[at].ValidFrom));
            }

            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(sorted[at].TimeZone) is not { } zone)
            {
                return CalendarProblems.ZoneUnknown(sorted[at].TimeZone);
            }

            zones[at] = zone;
        }

        var begins = sorted.Select((version, at) => at == 0 ? Instant.MinValue : DatedRule.StartOf(version.ValidFrom, zones[at])).ToArray();
        return new DatedRules(
        [
            .. sorted.Select((version, at) => new DatedRule(version, zones[at])
            {
                Begins = begins[at],
                // A later version never waits for an earlier one, so that no moment has two: with a zone change of nearly a
                // day, one that holds for a single day may hold for no time at all.
                Ends = begins.Skip(at + 1).DefaultIfEmpty(Instant.MaxValue).Min(),
                LastDay = at + 1 < sorted.Length ? sorted[at + 1].ValidFrom.PlusDays(-1) : LocalDate.MaxIsoValue,
            }),
        ]);
    }

    /// <summary>The version that decides about a day: the last that began by then, and the first one before it began.</summary>
    public DatedRule On(LocalDate day)
    {
        for (var at = rules.Length - 1; at > 0; at--)
        {
            if (rules[at].Version.ValidFrom <= day)
            {
                return rules[at];
            }
        }

        return rules[0];
    }

    /// <summary>The version that decides about a moment.</summary>
    public DatedRule At(Instant at) => rules.FirstOrDefault(rule => rule.Begins <= at && at < rule.Ends) ?? rules[^1];

    /// <summary>The date of a moment on the clock of the version that decides about it, and no later than that version's last day.</summary>
    public LocalDate DateOf(Instant at)
    {
        var rule = At(at);
        return LocalDate.Min(at.InZone(rule.Zone).Date, rule.LastDay);
    }

    /// <summary>The versions that decide about some of these days, in order.</summary>
    public IEnumerable<DatedRule> Over(LocalDate from, LocalDate until) =>
        rules.Where((rule, at) => (at == 0 || rule.Version.ValidFrom <= until) && rule.LastDay >= from);

    public bool IsBusinessDay(LocalDate day) => On(day).IsBusinessDay(day);

    public string? WhyClosed(LocalDate day)
    {
        var rule = On(day);
        return rule.ClosedOn(day) is { } closed ? closed.Name
            : rule.OnWeekday(day).Count == 0 ? day.DayOfWeek.ToString()
            : null;
    }

    public CalendarDay Day(LocalDate day)
    {
        var rule = On(day);
        var opening = rule.Opening(day);
        var (why, name) = rule.ClosedOn(day) is { } closed ? (closed.IsHoliday ? CalendarDay.PublicHoliday : CalendarDay.ClosedDay, closed.Name)
            : opening.Count == 0 ? (CalendarDay.Weekday, null)
            : (CalendarDay.Open, (string?)null);
        return new CalendarDay(day, why, name, opening, rule.Version.ValidFrom, rule.Version.TimeZone);
    }

    public IReadOnlyList<string> Unknown(LocalDate from, LocalDate until)
    {
        var missing = new List<string>();
        foreach (var rule in Over(from, until))
        {
            if (rule.Version.Holidays is { } holidays)
            {
                var (first, last) = (Math.Max(from.Year, rule.Version.ValidFrom.Year), Math.Min(until.Year, rule.LastDay.Year));
                Note(first, Math.Min(last, holidays.FirstYear - 1), holidays, missing);
                Note(Math.Max(first, holidays.LastYear + 1), last, holidays, missing);
            }
        }

        return missing;
    }

    private static void Note(int first, int last, PublicHolidays holidays, List<string> missing)
    {
        if (first <= last)
        {
            var years = first == last ? string.Create(CultureInfo.InvariantCulture, $"{first}") : string.Create(CultureInfo.InvariantCulture, $"{first} to {last}");
            var known = holidays.FirstYear <= holidays.LastYear ? string.Create(CultureInfo.InvariantCulture, $" ({holidays.FirstYear} to {holidays.LastYear} are)") : "";
            missing.Add($"The public holidays of {holidays.Place} in {years} are not known{known}, so none is counted there. Add them as closed days of the calendar.");
        }
    }

    /// <summary>What the makers of versions have checked; anything else is a bug.</summary>
    private static void Require(CalendarVersion[] sorted)
    {
        if (sorted.Length == 0 || sorted.Zip(sorted.Skip(1)).Any(pair => pair.First.ValidFrom == pair.Second.ValidFrom))
        {
            throw new ArgumentException("A calendar needs at least one version, and each its own first day.");
        }

        foreach (var version in sorted)
        {
            if (version.Week.Count != DayNames.DaysOfWeek || version.Week.Any(day => !IsInOrder(day)))
            {
                throw new ArgumentException("A week has seven days, each with intervals in order inside of 0 to 1440 that neither overlap nor touch.");
            }
        }
    }

    private static bool IsInOrder(IReadOnlyList<OpeningInterval> day)
    {
        var last = -1;
        foreach (var interval in day)
        {
            if (interval.From <= last || interval.From >= interval.Until || interval.Until > OpeningInterval.EndOfDay)
            {
                return false;
            }

            last = interval.Until;
        }

        return true;
    }
}

/// <summary>Days and amounts of time in the words of derivations.</summary>
internal static class DayNames
{
    public const int DaysOfWeek = 7;

    private static readonly LocalDatePattern WithWeekday = LocalDatePattern.CreateWithInvariantCulture("dddd uuuu-MM-dd");
    private static readonly LocalDateTimePattern Minutes = LocalDateTimePattern.CreateWithInvariantCulture("dddd uuuu-MM-dd HH:mm");
    private static readonly LocalDateTimePattern Seconds = LocalDateTimePattern.CreateWithInvariantCulture("dddd uuuu-MM-dd HH:mm:ss.FFFFFFFFF");
    private static readonly LocalTimePattern ClockMinutes = LocalTimePattern.CreateWithInvariantCulture("HH:mm");
    private static readonly LocalTimePattern ClockSeconds = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss.FFFFFFFFF");

    public static string Iso(LocalDate day) => LocalDatePattern.Iso.Format(day);

    public static string Of(LocalDate day) => WithWeekday.Format(day);

    public static string Of(LocalDateTime at) => (at.Second == 0 && at.NanosecondOfSecond == 0 ? Minutes : Seconds).Format(at);

    public static string Clock(LocalTime at) => (at.Second == 0 && at.NanosecondOfSecond == 0 ? ClockMinutes : ClockSeconds).Format(at);

    /// <summary>An amount of time: <c>7 h 30 min</c>. Hours are not made into days, of which there are several kinds.</summary>
    public static string Of(Duration time)
    {
        if (time < Duration.Zero)
        {
            return "-" + Of(-time);
        }

        var hours = ((long)time.Days * 24) + time.Hours;
        var seconds = time.Seconds + (time.SubsecondNanoseconds / 1_000_000_000m);
        (decimal Amount, string Unit)[] amounts = [(hours, "h"), (time.Minutes, "min"), (seconds, "s")];
        var parts = amounts.Where(part => part.Amount != 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Amount:0.#########} {part.Unit}")).ToList();
        return parts.Count == 0 ? "0 h" : string.Join(' ', parts);
    }
}
