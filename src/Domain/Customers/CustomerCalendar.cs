using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using NodaTime;

namespace Cairn.Domain.Customers;

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
    public static CustomerCalendar Standard(string timeZone) => new()
    {
        ValidFrom = LocalDate.MinIsoValue,
        TimeZone = timeZone,
        Week = CalendarVersion.Standard(timeZone).Week,
        ClosedDays = [],
    };

    /// <summary>The calendar with further closed days. A date that is closed already keeps its name.</summary>
    public Outcome<CustomerCalendar> WithClosedDays(IReadOnlyList<ClosedDay> further)
    {
        var known = ClosedDays.Select(day => day.Date).ToHashSet();
        IReadOnlyList<ClosedDay> all = [.. ClosedDays.Concat(further.Where(day => known.Add(day.Date))).OrderBy(day => day.Date)];
        return all.Count > CalendarRules.MostClosedDays ? CustomersProblems.TooManyOf("closed days in a version of its calendar", CalendarRules.MostClosedDays) : this with { ClosedDays = all };
    }

    /// <summary>The same for the calendar engine.</summary>
    /// <param name="holidays">The public holidays of <see cref="Holidays"/>; <see langword="null"/> for none.</param>
    public CalendarVersion ToVersion(PublicHolidays? holidays) => new()
    {
        ValidFrom = ValidFrom,
        TimeZone = TimeZone,
        Week = Week,
        ClosedDays = ClosedDays,
        Holidays = holidays,
    };
}
