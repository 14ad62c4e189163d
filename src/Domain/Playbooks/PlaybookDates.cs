using System.Globalization;
using Cairn.Domain.Foundation;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Playbooks;

/// <summary>
/// What the days of a playbook are on a calendar. Day 1 is the start date; calendar days count every day and a closed one
/// moves forward to the next business day; business days count only days on which work is done (contract of plan days).
/// </summary>
internal sealed class PlaybookDates(LocalDate start, IBusinessDays calendar, bool countsBusinessDays)
{
    private static readonly LocalDatePattern Pattern = LocalDatePattern.CreateWithInvariantCulture("dddd uuuu-MM-dd");

    /// <summary>Set once the calendar was closed for longer than anybody is; the dates are then worth nothing.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>The date of a day, closed or not.</summary>
    public LocalDate Raw(int day) => countsBusinessDays ? Step(OnOrAfter(start), day - 1) : start.PlusDays(day - 1);

    /// <summary>The day of the playbook on which a date falls; for business days the last one that began by then.</summary>
    public int DayOf(LocalDate date) => countsBusinessDays ? Math.Max(1, WorkingDays(OnOrAfter(start), date)) : Period.DaysBetween(start, date) + 1;

    /// <summary>The date, or the next business day.</summary>
    public LocalDate OnOrAfter(LocalDate date) => Open(date, 1);

    /// <summary>So many business days further; 0 is the date itself or the next business day, negative goes back.</summary>
    public LocalDate Step(LocalDate from, int days)
    {
        var date = days < 0 ? Open(from, -1) : Open(from, 1);
        // A closed date going back has already taken its first step.
        var left = days < 0 && date != from ? days + 1 : days;
        for (; left != 0 && !IsStuck; left -= Math.Sign(left))
        {
            date = Open(date.PlusDays(Math.Sign(left)), Math.Sign(left));
        }

        return date;
    }

    /// <summary>Business days from one date to another, both included; at least 1.</summary>
    public int WorkingDays(LocalDate from, LocalDate until)
    {
        var count = 0;
        for (var date = from; date <= until; date = date.PlusDays(1))
        {
            count += calendar.WhyClosed(date) is null ? 1 : 0;
        }

        return Math.Max(1, count);
    }

    /// <summary>Why a date is closed; <see langword="null"/> when it is open.</summary>
    public string? WhyClosed(LocalDate date) => calendar.WhyClosed(date);

    /// <summary>A date with its weekday.</summary>
    public static string Text(LocalDate date) => Pattern.Format(date);

    /// <summary>How a day became a date, a sentence for each step.</summary>
    public IEnumerable<DerivationStep> Why(int day)
    {
        var raw = Raw(day);
        yield return new DerivationStep(string.Create(CultureInfo.InvariantCulture, $"{(countsBusinessDays ? "Business day" : "Day")} {day} is {Text(raw)}"));
        if (WhyClosed(raw) is { } reason)
        {
            yield return new DerivationStep($"{Text(raw)} is closed ({reason}), so it moves forward to {Text(OnOrAfter(raw))}");
        }
    }

    private LocalDate Open(LocalDate date, int direction)
    {
        var at = date;
        for (var tried = 0; calendar.WhyClosed(at) is not null; tried++)
        {
            if (tried == PlaybookLimits.ClosedDays || IsStuck)
            {
                IsStuck = true;
                return date;
            }

            at = at.PlusDays(direction);
        }

        return at;
    }
}
