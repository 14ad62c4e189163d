using System.Globalization;
using NodaTime;

namespace Cairn.Domain.Customers;

/// <summary>Open hours of a day, in minutes since its midnight on the clock: 0 to 1440, which is 24:00.</summary>
/// <param name="From">The first open minute.</param>
/// <param name="Until">The first minute that is no longer open; after <paramref name="From"/>.</param>
public readonly record struct OpeningInterval(int From, int Until)
{
    /// <summary>24:00, the end of a day.</summary>
    public const int EndOfDay = 24 * 60;

    /// <summary>A minute as the clock shows it, <c>09:30</c>.</summary>
    public static string Write(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:D2}:{minute % 60:D2}");

    /// <summary>Reads <c>09:30</c> or <c>24:00</c>; <see langword="null"/> for anything else.</summary>
    public static int? Read(string text)
    {
        if (text.Length != 5 || text[2] != ':' || !text.Remove(2, 1).All(char.IsAsciiDigit))
        {
            return null;
        }

        var (hours, minutes) = (int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(3, 2), CultureInfo.InvariantCulture));
        var minute = (hours * 60) + minutes;
        return minutes < 60 && minute <= EndOfDay ? minute : null;
    }
}

/// <summary>A day on which the customer is closed beside the public holidays.</summary>
/// <param name="Date">Which day.</param>
/// <param name="Name">Why, as it is shown wherever a deadline moves past it.</param>
public sealed record ClosedDay(LocalDate Date, string Name);

/// <summary>Whose public holidays the customer keeps: data for the calendar engine, which knows the days.</summary>
/// <param name="Country">ISO 3166-1, two capital letters.</param>
/// <param name="Region">The part after the hyphen of ISO 3166-2, for instance <c>SCT</c>; <see langword="null"/> for the whole country.</param>
public sealed record HolidayChoice(string Country, string? Region);

/// <summary>
/// A customer's business calendar from a day on, until the next version begins. A change of habits is a new version, so
/// that what was computed before stays explainable.
/// </summary>
public sealed record CustomerCalendar
{
    /// <summary>The first day on which it holds.</summary>
    public required LocalDate ValidFrom { get; init; }

    /// <summary>The IANA zone on whose clock it is written.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Seven days from Monday, each with its opening intervals in order; none is a closed day.</summary>
    public required IReadOnlyList<IReadOnlyList<OpeningInterval>> Week { get; init; }

    /// <summary>Days on which it is closed nevertheless, in order, each once.</summary>
    public required IReadOnlyList<ClosedDay> ClosedDays { get; init; }

    /// <summary>Whose public holidays it keeps; <see langword="null"/> for none.</summary>
    public HolidayChoice? Holidays { get; init; }

    /// <summary>What holds for a customer that nobody wrote a calendar for: Monday to Friday, 09:00 to 17:00.</summary>
    public static CustomerCalendar Standard(string timeZone)
    {
        IReadOnlyList<OpeningInterval> workday = [new(9 * 60, 17 * 60)];
        return new CustomerCalendar
        {
            ValidFrom = LocalDate.MinIsoValue,
            TimeZone = timeZone,
            Week = [workday, workday, workday, workday, workday, [], []],
            ClosedDays = [],
        };
    }

    /// <summary>The version that holds on a day: the last that began by then; the standard before the first.</summary>
    public static CustomerCalendar On(LocalDate day, IEnumerable<CustomerCalendar> versions, CustomerCalendar standard) =>
        versions.Where(version => version.ValidFrom <= day).MaxBy(version => version.ValidFrom) ?? standard;

    /// <summary>Whether it is open on a day, when, and why not. Public holidays are not among the reasons: the engine adds them.</summary>
    public CalendarDay Day(LocalDate day)
    {
        var opening = Week[(int)day.DayOfWeek - 1];
        var closed = ClosedDays.FirstOrDefault(other => other.Date == day);
        return closed is not null ? new CalendarDay(day, CalendarDay.ClosedDay, closed.Name, [])
            : opening.Count == 0 ? new CalendarDay(day, CalendarDay.Weekday, null, [])
            : new CalendarDay(day, CalendarDay.Open, null, opening);
    }
}

/// <summary>What a calendar says about one day.</summary>
/// <param name="Date">Which day.</param>
/// <param name="Why"><see cref="Open"/>, <see cref="Weekday"/> or <see cref="ClosedDay"/>.</param>
/// <param name="Name">The name of the closed day.</param>
/// <param name="Opening">When it is open.</param>
public sealed record CalendarDay(LocalDate Date, string Why, string? Name, IReadOnlyList<OpeningInterval> Opening)
{
    /// <summary>It is open.</summary>
    public const string Open = "open";

    /// <summary>It is never open on that day of the week.</summary>
    public const string Weekday = "weekday";

    /// <summary>One of the customer's own closed days.</summary>
    public const string ClosedDay = "closed-day";
}
