using NodaTime;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>
/// When somebody works: opening hours, closed days and public holidays, on the clock of a zone, in dated versions. Answers
/// when something is due, how much business time lies between two moments, and which days are business days, each with
/// its derivation. Immutable and safe to share between threads; ask one calendar often rather than many calendars once,
/// because what it works out about a year is kept.
/// </summary>
/// <remarks>
/// A moment is open when its date and its time of day, on the clock of the version that decides about it, lie inside an
/// opening interval. So time is counted as it elapses: an hour that the clock skips is not there, an hour that it repeats
/// counts twice. A version decides about the days from its first day on; an opening until 24:00 on the last day of a
/// version lasts until the next one begins, so that a calendar round the clock has no gap when its zone changes, and no
/// moment counts twice. Before the first version that one holds as well.
/// </remarks>
public sealed class BusinessCalendar : IBusinessDays
{
    /// <summary>The first year (UTC) in which business time is computed.</summary>
    public const int FirstYear = 1900;

    /// <summary>The last one. All open time between the two still fits into 64 bits of nanoseconds.</summary>
    public const int LastYear = 2179;

    /// <summary>The most business days that <see cref="NthBusinessDay"/> goes.</summary>
    public const int MostDays = 75_000;

    private static readonly Instant Earliest = Instant.FromUtc(FirstYear, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(LastYear + 1, 1, 1, 0, 0);
    private static readonly Duration MostTime = Latest - Earliest - Duration.FromDays(10 * 366);

    private readonly DatedRules rules;
    private readonly OpenTime open;

    private BusinessCalendar(DatedRules rules)
    {
        this.rules = rules;
        open = new OpenTime(rules);
    }

    /// <summary>A calendar of these versions, in any order, each with a first day of its own.</summary>
    /// <returns>The calendar, or the refusal: a version is open on no day of the week, or its zone is unknown.</returns>
    public static Outcome<BusinessCalendar> Create(IReadOnlyList<CalendarVersion> versions)
    {
        var rules = DatedRules.Of(versions);
        return rules.IsOk ? new BusinessCalendar(rules.Value) : rules.Problem;
    }

    /// <summary>The zone on whose clock a moment is read.</summary>
    public DateTimeZone ZoneAt(Instant at) => rules.At(at).Zone;

    /// <summary>
    /// The moment at which the calendar's clock shows a date and time: the first of two where the clock is set back, and
    /// the moment of the change where the clock skips it.
    /// </summary>
    public Instant AtClock(LocalDateTime clock) => rules.On(clock.Date).AtClock(clock);

    /// <summary>
    /// The moment at which so much business time has passed: the earliest one, which is the close of a day rather than the
    /// next opening. Negative time goes back, to the latest such moment. No time at all is the moment itself.
    /// </summary>
    public Outcome<Instant> Add(Instant from, Duration businessTime)
    {
        if (!IsCovered(from) || businessTime > MostTime || businessTime < -MostTime)
        {
            return CalendarProblems.OutOfRange;
        }

        var found = open.Add(from, businessTime.ToInt64Nanoseconds());
        return found is { } due && IsCovered(due) ? due : CalendarProblems.OutOfRange;
    }

    /// <summary>How much business time lies between two moments; negative when the second is the earlier one.</summary>
    public Outcome<Duration> Between(Instant from, Instant until) =>
        !IsCovered(from) || !IsCovered(until) ? CalendarProblems.OutOfRange
        : from <= until ? open.Between(from, until)
        : -open.Between(until, from);

    /// <summary>The first open moment at or after this one: itself when it is open.</summary>
    public Outcome<Instant> NextOpening(Instant at)
    {
        var found = IsCovered(at) ? open.NextOpening(at) : null;
        return found is { } opening && IsCovered(opening) ? opening : CalendarProblems.OutOfRange;
    }

    /// <summary>Whether business time passes at this moment.</summary>
    public bool IsOpen(Instant at) => IsCovered(at) && open.NextOpening(at) == at;

    /// <summary>
    /// A business day counted from a day: 0 is the day itself or, when it is closed, the next business day; 1 the business
    /// day after that; -1 the last business day before the given day.
    /// </summary>
    public Outcome<LocalDate> NthBusinessDay(LocalDate from, int n)
    {
        if (!IsCovered(from) || n is > MostDays or < -MostDays)
        {
            return CalendarProblems.OutOfRange;
        }

        var step = n < 0 ? -1 : 1;
        var left = Math.Abs(n);
        // Going back, the day itself is not counted; going forward, it is number 0 when it is open.
        var day = n < 0 ? from.PlusDays(-1) : from;
        for (; IsCovered(day); day = day.PlusDays(step))
        {
            if (rules.IsBusinessDay(day) && --left < (n < 0 ? 1 : 0))
            {
                return day;
            }
        }

        return CalendarProblems.OutOfRange;
    }

    /// <summary>The day itself when it is a business day, else the next one.</summary>
    public Outcome<LocalDate> OnOrAfter(LocalDate day) => NthBusinessDay(day, 0);

    /// <inheritdoc/>
    public string? WhyClosed(LocalDate day) => rules.WhyClosed(day);

    /// <summary>What the calendar says about a day. Total: it answers for every date, with public holidays where they are known.</summary>
    public CalendarDay Day(LocalDate day) => rules.Day(day);

    /// <summary>The opening time that most open days of the week have, on a date: what "1 day" of business time means. The longer of two that are as frequent.</summary>
    public Duration LengthOfADay(LocalDate on) => rules.On(on).UsualDay;

    /// <summary>An amount with days in it as business time: a day is as long as <see cref="LengthOfADay"/> says for the date of the moment.</summary>
    public Duration Resolve(BusinessTime time, Instant at) => time.Time + (LengthOfADay(rules.DateOf(at)) * time.Days);

    /// <summary>What is not known about these days, a sentence each: public holidays beyond the years of the data.</summary>
    public IReadOnlyList<string> Unknown(LocalDate from, LocalDate until) => rules.Unknown(from, until);

    /// <summary>The days between two moments, the earlier one first, each with the business time that counts and why.</summary>
    public IReadOnlyList<CalendarLine> Lines(Instant from, Instant until) => new CalendarLines(rules, open).Between(from, until);

    /// <summary>How <see cref="Add"/> comes to its answer.</summary>
    public Outcome<Derivation> ExplainAdd(Instant from, Duration businessTime) => new CalendarDerivation(this, rules).OfAdd(from, businessTime);

    /// <summary>The same for an amount with days in it, and what a day was taken for.</summary>
    public Outcome<Derivation> ExplainAdd(Instant from, BusinessTime time) => new CalendarDerivation(this, rules).OfAdd(from, time);

    /// <summary>How <see cref="Between"/> comes to its answer.</summary>
    public Outcome<Derivation> ExplainBetween(Instant from, Instant until) => new CalendarDerivation(this, rules).OfBetween(from, until);

    /// <summary>How <see cref="NextOpening"/> comes to its answer.</summary>
    public Outcome<Derivation> ExplainNextOpening(Instant at) => new CalendarDerivation(this, rules).OfNextOpening(at);

    /// <summary>How <see cref="NthBusinessDay"/> comes to its answer.</summary>
    public Outcome<Derivation> ExplainNthBusinessDay(LocalDate from, int n) => new CalendarDerivation(this, rules).OfNthBusinessDay(from, n);

    private static bool IsCovered(Instant at) => at >= Earliest && at < Latest;

    private static bool IsCovered(LocalDate day) => day.Year is >= FirstYear and <= LastYear;
}
