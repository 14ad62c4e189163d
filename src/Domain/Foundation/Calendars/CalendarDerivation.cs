using System.Globalization;
using NodaTime;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>Explains the answers of a calendar: the hours and versions that went in, and a line for each day.</summary>
internal sealed class CalendarDerivation(BusinessCalendar calendar, DatedRules rules)
{
    public Outcome<Derivation> OfAdd(Instant from, BusinessTime time)
    {
        var given = calendar.Resolve(time, from);
        var made = OfAdd(from, given);
        if (!made.IsOk || time.Days == 0)
        {
            return made;
        }

        var length = DayNames.Of(calendar.LengthOfADay(rules.DateOf(from)));
        var day = new DerivationInput("1 d", length, "what most open days of the calendar's week have; a business day is not 24 hours");
        return made.Value with { Question = $"{time} of business time ({DayNames.Of(given)}) from {Moment(from)}", Inputs = [made.Value.Inputs[0], new("time", time.ToString(), "asked"), day, .. made.Value.Inputs.Skip(2)] };
    }

    public Outcome<Derivation> OfAdd(Instant from, Duration time)
    {
        var due = calendar.Add(from, time);
        if (!due.IsOk)
        {
            return due.Problem;
        }

        var (first, last) = from <= due.Value ? (from, due.Value) : (due.Value, from);
        var lines = Lines(first, last);
        return new Derivation($"{DayNames.Of(time)} of business time from {Moment(from)}", Moment(due.Value))
        {
            Inputs = [new("from", Moment(from), "asked", At: from), new("time", DayNames.Of(time), "asked"), .. Versions(first, last)],
            Steps = [.. (time < Duration.Zero ? lines.Reverse() : lines).Select(line => line.ToStep())],
            Missing = Missing(first, last),
        };
    }

    public Outcome<Derivation> OfBetween(Instant from, Instant until)
    {
        var time = calendar.Between(from, until);
        if (!time.IsOk)
        {
            return time.Problem;
        }

        var (first, last) = from <= until ? (from, until) : (until, from);
        return new Derivation($"Business time from {Moment(from)} until {Moment(until)}", DayNames.Of(time.Value))
        {
            Inputs = [new("from", Moment(from), "asked", At: from), new("until", Moment(until), "asked", At: until), .. Versions(first, last)],
            Steps = [.. Lines(first, last).Select(line => line.ToStep())],
            Missing = Missing(first, last),
        };
    }

    public Outcome<Derivation> OfNextOpening(Instant at)
    {
        var opening = calendar.NextOpening(at);
        if (!opening.IsOk)
        {
            return opening.Problem;
        }

        var day = rules.DateOf(opening.Value);
        var opens = opening.Value == at ? "open at that moment" : $"opens at {DayNames.Clock(opening.Value.InZone(calendar.ZoneAt(opening.Value)).TimeOfDay)}";
        return new Derivation($"The first open moment from {Moment(at)} on", Moment(opening.Value))
        {
            Inputs = [new("at", Moment(at), "asked", At: at), .. Versions(at, opening.Value)],
            Steps = [.. Lines(at, opening.Value).Where(line => line.First < day).Select(line => line.ToStep()), new($"{DayNames.Of(day)}: {opens}")],
            Missing = Missing(at, opening.Value),
        };
    }

    public Outcome<Derivation> OfNthBusinessDay(LocalDate from, int n)
    {
        var found = calendar.NthBusinessDay(from, n);
        if (!found.IsOk)
        {
            return found.Problem;
        }

        var (first, last) = from <= found.Value ? (from, found.Value) : (found.Value, from);
        var days = Days(from, found.Value, n);
        return new Derivation(string.Create(CultureInfo.InvariantCulture, $"Business day {n} from {DayNames.Of(from)} on; 0 is that day or the next open one"), DayNames.Of(found.Value))
        {
            Inputs = [new("from", DayNames.Of(from), "asked"), new("n", n.ToString(CultureInfo.InvariantCulture), "asked"), .. Versions(first, last)],
            Steps = days.Count > CalendarLines.FoldBeyond ? Months(days) : [.. days.Select(day => day.Step)],
            Missing = rules.Unknown(first, last),
        };
    }

    /// <summary>The days from one to another, each with its number when it is a business day.</summary>
    private List<(LocalDate Date, bool IsOpen, DerivationStep Step)> Days(LocalDate from, LocalDate until, int n)
    {
        var days = new List<(LocalDate, bool, DerivationStep)>();
        var (step, number) = n < 0 ? (-1, 0) : (1, -1);
        for (var day = from; n < 0 ? day >= until : day <= until; day = day.PlusDays(step))
        {
            var why = rules.WhyClosed(day);
            if (why is null && (n >= 0 || day != from))
            {
                number += step;
                days.Add((day, true, new DerivationStep($"{DayNames.Of(day)}: business day", number.ToString(CultureInfo.InvariantCulture))));
            }
            else
            {
                days.Add((day, false, new DerivationStep($"{DayNames.Of(day)}: {(why is null ? "where the count begins" : rules.Day(day).Why == CalendarDay.Weekday ? $"closed on {day.DayOfWeek}s" : "closed, " + why)}")));
            }
        }

        return days;
    }

    private DerivationStep[] Months(List<(LocalDate Date, bool IsOpen, DerivationStep Step)> days) =>
    [
        .. days.GroupBy(day => day.Date.ToYearMonth()).Select(month =>
        {
            var named = month.Where(day => !day.IsOpen).Select(day => rules.Day(day.Date)).Where(day => day.Name is not null).Select(day => $"{DayNames.Iso(day.Date)} {day.Name}").ToList();
            var open = month.Where(day => day.IsOpen).ToList();
            var text = string.Create(CultureInfo.InvariantCulture, $"{DayNames.Iso(month.First().Date)} to {DayNames.Iso(month.Last().Date)}: {open.Count} business days{(named.Count > 0 ? "; closed: " + string.Join(", ", named) : "")}");
            return new DerivationStep(text, open.Count > 0 ? open[^1].Step.Value : null);
        }),
    ];

    private IReadOnlyList<CalendarLine> Lines(Instant first, Instant last) => CalendarLines.Fold(calendar.Lines(first, last));

    private IReadOnlyList<string> Missing(Instant first, Instant last) => rules.Unknown(rules.DateOf(first), rules.DateOf(last));

    private string Moment(Instant at)
    {
        var zone = calendar.ZoneAt(at);
        return $"{DayNames.Of(at.InZone(zone).LocalDateTime)} ({zone.Id})";
    }

    private IEnumerable<DerivationInput> Versions(Instant first, Instant last) => Versions(rules.DateOf(first), rules.DateOf(last));

    private IEnumerable<DerivationInput> Versions(LocalDate first, LocalDate last)
    {
        foreach (var version in rules.Over(first, last).Select(rule => rule.Version))
        {
            var source = version.ValidFrom == LocalDate.MinIsoValue ? "the calendar" : "the calendar's version of " + DayNames.Iso(version.ValidFrom);
            yield return new DerivationInput("opening hours", $"{WeekWords.Of(version.Week)} on the clock of {version.TimeZone}", source);
            if (version.Holidays is { } holidays)
            {
                yield return new DerivationInput("public holidays", holidays.Place, source);
            }

            if (version.ClosedDays.Count > 0)
            {
                yield return new DerivationInput("own closed days", version.ClosedDays.Count.ToString(CultureInfo.InvariantCulture), source);
            }
        }
    }
}

/// <summary>A week in words: <c>Monday to Friday 09:00 to 17:00, Saturday 10:00 to 12:00</c>.</summary>
internal static class WeekWords
{
    public static string Of(IReadOnlyList<IReadOnlyList<OpeningInterval>> week)
    {
        var runs = new List<string>();
        for (var at = 0; at < week.Count;)
        {
            var end = at;
            while (end + 1 < week.Count && week[end + 1].SequenceEqual(week[at]))
            {
                end++;
            }

            if (week[at].Count > 0)
            {
                runs.Add($"{Days(at, end)} {string.Join(" and ", week[at].Select(one => $"{OpeningInterval.Write(one.From)} to {OpeningInterval.Write(one.Until)}"))}");
            }

            at = end + 1;
        }

        return string.Join(", ", runs);
    }

    private static string Days(int first, int last) =>
        last - first == DayNames.DaysOfWeek - 1 ? "every day"
        : first == last ? $"{Name(first)}"
        : $"{Name(first)} to {Name(last)}";

    private static IsoDayOfWeek Name(int at) => (IsoDayOfWeek)(at + 1);
}
