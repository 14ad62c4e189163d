using NodaTime;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>A day on which somebody is closed who would be open on that day of the week.</summary>
/// <param name="Date">Which day.</param>
/// <param name="Name">Why, as it is shown wherever a deadline moves past it.</param>
public sealed record ClosedDay(LocalDate Date, string Name);

/// <summary>The public holidays of a place, worked out beforehand for some years.</summary>
/// <param name="Country">ISO 3166-1, two capital letters.</param>
/// <param name="Region">The part after the hyphen of ISO 3166-2; <see langword="null"/> for what holds in the whole country.</param>
/// <param name="FirstYear">The first year whose holidays are among <paramref name="Days"/>.</param>
/// <param name="LastYear">The last one. Beside these years nothing is known, and whoever computes there has to say so.</param>
/// <param name="Days">The holidays, days off in lieu included. Two of one date are both reasons.</param>
public sealed record PublicHolidays(string Country, string? Region, int FirstYear, int LastYear, IReadOnlyList<ClosedDay> Days)
{
    /// <summary>The place as ISO 3166 writes it: <c>GB-SCT</c>.</summary>
    public string Place => Region is null ? Country : $"{Country}-{Region}";

    /// <summary>A place of which nothing is known: none of its holidays is kept, and every answer says so.</summary>
    public static PublicHolidays Unknown(string country, string? region) => new(country, region, FirstYear: 1, LastYear: 0, []);

    /// <summary>Whether the holidays of that year are known.</summary>
    public bool Knows(int year) => year >= FirstYear && year <= LastYear;
}

/// <summary>What a business calendar says from a day on, until its next version begins.</summary>
public sealed record CalendarVersion
{
    /// <summary>The first day that it decides about.</summary>
    public LocalDate ValidFrom { get; init; } = LocalDate.MinIsoValue;

    /// <summary>The IANA zone on whose clock the hours are written.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Seven days from Monday, each with its opening intervals in order and without overlaps; none is a closed day.</summary>
    public required IReadOnlyList<IReadOnlyList<OpeningInterval>> Week { get; init; }

    /// <summary>Own closed days, each date once. They win over a public holiday of the same date.</summary>
    public IReadOnlyList<ClosedDay> ClosedDays { get; init; } = [];

    /// <summary>The public holidays that are kept; <see langword="null"/> for none.</summary>
    public PublicHolidays? Holidays { get; init; }

    /// <summary>Monday to Friday, 09:00 to 17:00, no holidays.</summary>
    public static CalendarVersion Standard(string timeZone)
    {
        IReadOnlyList<OpeningInterval> workday = [new(9 * 60, 17 * 60)];
        return new CalendarVersion { TimeZone = timeZone, Week = [workday, workday, workday, workday, workday, [], []] };
    }
}

/// <summary>What a calendar says about one day.</summary>
/// <param name="Date">Which day.</param>
/// <param name="Why"><see cref="Open"/>, <see cref="Weekday"/>, <see cref="ClosedDay"/> or <see cref="PublicHoliday"/>.</param>
/// <param name="Name">The name of the closed day or holiday.</param>
/// <param name="Opening">When it is open; empty on a closed day.</param>
/// <param name="ValidFrom">Where the version that says so begins.</param>
/// <param name="TimeZone">On whose clock the hours are.</param>
public sealed record CalendarDay(LocalDate Date, string Why, string? Name, IReadOnlyList<OpeningInterval> Opening, LocalDate ValidFrom, string TimeZone)
{
    /// <summary>It is open.</summary>
    public const string Open = "open";

    /// <summary>It is never open on that day of the week.</summary>
    public const string Weekday = "weekday";

    /// <summary>One of the calendar's own closed days.</summary>
    public const string ClosedDay = "closed-day";

    /// <summary>A public holiday of its place.</summary>
    public const string PublicHoliday = "public-holiday";
}
