using System.Globalization;
using NodaTime;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>A day, or a run of days, of an explanation. The business time of all lines adds up to the answer.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day; the same for a single day.</param>
/// <param name="Counted">The business time of these days that counts.</param>
/// <param name="Why">As <see cref="CalendarDay.Why"/> says it; <see cref="CalendarDay.Open"/> for a run.</param>
/// <param name="Text">The line as people read it.</param>
public sealed record CalendarLine(LocalDate First, LocalDate Last, Duration Counted, string Why, string Text)
{
    /// <summary>Whether the day is like every other of its kind: counted whole, or closed on that day of the week, on a clock that does not change.</summary>
    public bool IsOrdinary { get; init; }

    internal DerivationStep ToStep() => new(Text, Counted == Duration.Zero && Why != CalendarDay.Open ? null : DayNames.Of(Counted));
}

/// <summary>Writes down the days between two moments.</summary>
internal sealed class CalendarLines(DatedRules rules, OpenTime open)
{
    /// <summary>More days than this are folded.</summary>
    public const int FoldBeyond = 62;

    /// <summary>Beyond this many days whole years are folded, too.</summary>
    public const int FoldYearsBeyond = 3 * 366;

    private const int FewestEqualWeeks = 2;

    public IReadOnlyList<CalendarLine> Between(Instant from, Instant until)
    {
        var lines = new List<CalendarLine>();
        var (first, last) = (rules.DateOf(from), rules.DateOf(until));
        // A neighbour belongs here only when the clock carries some of its hours over: where it is set back across midnight.
        for (var day = first.PlusDays(-1); day <= last.PlusDays(1); day = day.PlusDays(1))
        {
            var line = Of(day, from, until);
            if (line.Counted > Duration.Zero || (day >= first && day <= last && rules.On(day).StartOf(day) < until))
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    /// <summary>Folds a long list: runs of equal ordinary weeks into one line, and beyond some years each whole year.</summary>
    public static IReadOnlyList<CalendarLine> Fold(IReadOnlyList<CalendarLine> days)
    {
        if (days.Count <= FoldBeyond)
        {
            return days;
        }

        var folded = new List<CalendarLine>();
        for (var at = 0; at < days.Count;)
        {
            var year = days.Count > FoldYearsBeyond && at > 0 ? LengthOfYearAt(days, at) : 0;
            var weeks = year > 0 ? 0 : EqualWeeksAt(days, at);
            var length = year > 0 ? year : weeks >= FewestEqualWeeks ? weeks * DayNames.DaysOfWeek : 1;
            folded.Add(length == 1 ? days[at] : year > 0 ? Year([.. days.Skip(at).Take(length)]) : Weeks([.. days.Skip(at).Take(length)], weeks));
            at += length;
        }

        return folded;
    }

    private CalendarLine Of(LocalDate day, Instant from, Instant until)
    {
        var rule = rules.On(day);
        var said = rules.Day(day);
        var spans = Joined(day);
        var counted = spans.Select(span => new OpenSpan(Instant.Max(span.Start, from), Instant.Min(span.End, until))).Where(span => span.Start < span.End).ToList();
        var sum = counted.Aggregate(Duration.Zero, (total, span) => total + (span.End - span.Start));
        var notes = Notes(day, rule);
        var text = said.Why switch
        {
            CalendarDay.Open when spans.Count == 0 => "open, but its hours do not exist on this day's clock",
            CalendarDay.Open when counted.Count == 0 => $"open {Clock(spans, day, rule)}, none of it in the time asked about",
            CalendarDay.Open => Clock(counted, day, rule),
            CalendarDay.Weekday => $"closed on {day.DayOfWeek}s",
            _ => $"closed, {said.Name}",
        };
        return new CalendarLine(day, day, sum, said.Why, $"{DayNames.Of(day)}: {string.Join("; ", notes.Prepend(text))}")
        {
            IsOrdinary = notes.Count == 0 && (said.Why == CalendarDay.Weekday || (said.Why == CalendarDay.Open && spans.SequenceEqual(counted))),
        };
    }

    private List<OpenSpan> Joined(LocalDate day)
    {
        var spans = new List<OpenSpan>();
        open.AddSpans(day, spans);
        for (var at = spans.Count - 1; at > 0; at--)
        {
            if (spans[at].Start == spans[at - 1].End)
            {
                spans[at - 1] = spans[at - 1] with { End = spans[at].End };
                spans.RemoveAt(at);
            }
        }

        return spans;
    }

    private static string Clock(List<OpenSpan> spans, LocalDate day, DatedRule rule) => string.Join(", ", spans.Select(span =>
    {
        var (start, end) = (span.Start.InZone(rule.Zone).LocalDateTime, span.End.InZone(rule.Zone).LocalDateTime);
        return $"{DayNames.Clock(start.TimeOfDay)} to {(end.Date > day ? "24:00" : DayNames.Clock(end.TimeOfDay))}";
    }));

    /// <summary>What makes a day unlike others: the clock changes, or another version of the calendar begins.</summary>
    private List<string> Notes(LocalDate day, DatedRule rule)
    {
        var notes = new List<string>();
        if (day == rule.Version.ValidFrom && rules.On(day.PlusDays(-1)) != rule)
        {
            notes.Add($"from here on the version of {DayNames.Iso(day)} holds, on the clock of {rule.Version.TimeZone}");
        }

        var end = rule.StartOf(day.PlusDays(1));
        for (var stretch = rule.Zone.GetZoneInterval(rule.StartOf(day).PlusNanoseconds(-1)); stretch.HasEnd && stretch.End < end; stretch = rule.Zone.GetZoneInterval(stretch.End))
        {
            // In seconds, because a zone that crosses the date line moves by more than an offset can be.
            var change = rule.Zone.GetUtcOffset(stretch.End).Seconds - stretch.WallOffset.Seconds;
            if (change != 0)
            {
                var by = DayNames.Of(Duration.FromSeconds(Math.Abs(change)));
                notes.Add($"the clock goes {(change > 0 ? "forward" : "back")} {by} at {(stretch.IsoLocalEnd.Date > day ? "24:00" : DayNames.Clock(stretch.IsoLocalEnd.TimeOfDay))}");
            }
        }

        return notes;
    }

    private static int LengthOfYearAt(IReadOnlyList<CalendarLine> days, int at)
    {
        var first = days[at].First;
        var length = CalendarSystem.Iso.GetDaysInYear(first.Year);
        return first.DayOfYear == 1 && at + length < days.Count ? length : 0;
    }

    private static int EqualWeeksAt(IReadOnlyList<CalendarLine> days, int at)
    {
        var weeks = 0;
        if (days[at].First.DayOfWeek == IsoDayOfWeek.Monday)
        {
            while (IsEqualWeek(days, at, at + (weeks * DayNames.DaysOfWeek)))
            {
                weeks++;
            }
        }

        return weeks;
    }

    private static bool IsEqualWeek(IReadOnlyList<CalendarLine> days, int model, int at)
    {
        var isYearEnding = false;
        for (var day = 0; day < DayNames.DaysOfWeek; day++)
        {
            if (at + day >= days.Count || !days[at + day].IsOrdinary || days[at + day].Counted != days[model + day].Counted || isYearEnding)
            {
                return false;
            }

            // A year that will be folded begins at its first day, so that no week may reach over it.
            isYearEnding = days.Count > FoldYearsBeyond && days[at + day].First is { Month: 12, Day: 31 } && day < DayNames.DaysOfWeek - 1;
        }

        return true;
    }

    private static CalendarLine Weeks(IReadOnlyList<CalendarLine> days, int weeks)
    {
        var (sum, first, last) = (Sum(days), days[0].First, days[^1].Last);
        var openDays = days.Take(DayNames.DaysOfWeek).Count(day => day.Counted > Duration.Zero);
        var text = string.Create(CultureInfo.InvariantCulture, $"{DayNames.Of(first)} to {DayNames.Of(last)}: {weeks} equal weeks of {openDays} open days, {DayNames.Of(sum / weeks)} each");
        return new CalendarLine(first, last, sum, CalendarDay.Open, text);
    }

    private static CalendarLine Year(IReadOnlyList<CalendarLine> days)
    {
        int Of(string why) => days.Count(day => day.Why == why);
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{days[0].First.Year}: {Of(CalendarDay.Open)} open days; closed on {Of(CalendarDay.Weekday)} for the day of the week, {Of(CalendarDay.PublicHoliday)} public holidays and {Of(CalendarDay.ClosedDay)} own closed days");
        return new CalendarLine(days[0].First, days[^1].Last, Sum(days), CalendarDay.Open, text);
    }

    private static Duration Sum(IEnumerable<CalendarLine> lines) => lines.Aggregate(Duration.Zero, (sum, line) => sum + line.Counted);
}
