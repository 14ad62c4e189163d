using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>
/// Numbers the business days of a calendar, so that scheduling counts with whole numbers: 0 is the first business day on or
/// after an anchor, and each further one is one more. Days are looked up in the calendar once, as far as they are asked for.
/// Not safe for use by several threads at once.
/// </summary>
public sealed class BusinessDayIndex
{
    /// <summary>A calendar that is closed for longer than this is closed for good, and no date can be given: ten years.</summary>
    public const int LongestClosure = 3_660;

    private readonly IBusinessDays days;
    private readonly LocalDate anchor;

    // Open days from the anchor on, and the number of the first open day on or after each day from the anchor on.
    private readonly List<LocalDate> open = [];
    private readonly List<int> next = [];

    // The same backwards: open days before the anchor, the latest first; and how many open days lie between a day and the anchor.
    private readonly List<LocalDate> past = [];
    private readonly List<int> until = [];

    /// <summary>Numbers the days of a calendar, 0 for the anchor or the first business day after it.</summary>
    public BusinessDayIndex(IBusinessDays days, LocalDate anchor)
    {
        this.days = days;
        this.anchor = anchor;
    }

    /// <summary>The calendar behind it.</summary>
    public IBusinessDays Days => days;

    /// <summary>Whether a day is a business day.</summary>
    public bool IsOpen(LocalDate day) => DateOf(OnOrAfter(day)) == day;

    /// <summary>The number of the day, or of the first business day after it.</summary>
    public int OnOrAfter(LocalDate day)
    {
        var offset = Period.DaysBetween(anchor, day);
        if (offset >= 0)
        {
            while (next.Count <= offset)
            {
                ReadOn();
            }

            return next[offset];
        }

        while (until.Count < -offset)
        {
            ReadBack();
        }

        return -until[-offset - 1];
    }

    /// <summary>The number of the first business day after a day.</summary>
    public int After(LocalDate day) => OnOrAfter(day.PlusDays(1));

    /// <summary>The business day of a number.</summary>
    /// <exception cref="InvalidOperationException">The calendar is closed for <see cref="LongestClosure"/> days on end.</exception>
    public LocalDate DateOf(int number)
    {
        if (number >= 0)
        {
            for (var closed = 0; open.Count <= number; closed = ReadOn() ? 0 : closed + 1)
            {
                RefuseEndless(closed);
            }

            return open[number];
        }

        for (var closed = 0; past.Count < -number; closed = ReadBack() ? 0 : closed + 1)
        {
            RefuseEndless(closed);
        }

        return past[-number - 1];
    }

    /// <summary>How many business days lie from one day to another, both included; 0 when there are none.</summary>
    public int Count(LocalDate from, LocalDate until) => Math.Max(0, After(until) - OnOrAfter(from));

    private bool ReadOn()
    {
        var day = anchor.PlusDays(next.Count);
        next.Add(open.Count);
        if (days.WhyClosed(day) is not null)
        {
            return false;
        }

        open.Add(day);
        return true;
    }

    private bool ReadBack()
    {
        var day = anchor.PlusDays(-until.Count - 1);
        var isOpen = days.WhyClosed(day) is null;
        if (isOpen)
        {
            past.Add(day);
        }

        // The first open day on or after this one is itself when it is open, else the one after it: both are so many before the anchor.
        until.Add(past.Count);
        return isOpen;
    }

    private static void RefuseEndless(int closed)
    {
        if (closed > LongestClosure)
        {
            throw new InvalidOperationException($"The calendar has no business day for {LongestClosure} days, so nothing can be scheduled on it.");
        }
    }
}
