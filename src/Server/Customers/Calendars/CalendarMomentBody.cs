using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Calendars;

/// <summary>A moment that a calendar worked out.</summary>
/// <param name="At">The moment, in UTC.</param>
/// <param name="Local">The same as the calendar's clock shows it, as 2026-03-06T15:00.</param>
/// <param name="TimeZone">The zone of that clock.</param>
/// <param name="Derivation">How it came about, a line for each day.</param>
internal sealed record CalendarMomentBody(string At, string Local, string TimeZone, DerivationBody Derivation)
{
    public static Outcome<CalendarMomentBody> Of(BusinessCalendar calendar, Outcome<Instant> moment, Outcome<Derivation> derivation)
    {
        if (!moment.IsOk || !derivation.IsOk)
        {
            return (moment.Problem ?? derivation.Problem)!;
        }

        var zone = calendar.ZoneAt(moment.Value);
        var local = NodaTime.Text.LocalDateTimePattern.GeneralIso.Format(moment.Value.InZone(zone).LocalDateTime);
        return new CalendarMomentBody(Rfc3339.Format(moment.Value), local, zone.Id, DerivationBody.Of(derivation.Value));
    }
}

/// <summary>How much business time lies between two moments.</summary>
/// <param name="Seconds">In whole seconds, towards zero; negative when the second moment is the earlier one.</param>
/// <param name="Text">As people read it: 7 h 30 min.</param>
/// <param name="Derivation">How it came about, a line for each day.</param>
internal sealed record CalendarTimeBody(long Seconds, string Text, DerivationBody Derivation)
{
    public static Outcome<CalendarTimeBody> Of(Outcome<Duration> time, Outcome<Derivation> derivation) =>
        !time.IsOk || !derivation.IsOk ? (time.Problem ?? derivation.Problem)!
        : new CalendarTimeBody((long)time.Value.TotalSeconds, derivation.Value.Result, DerivationBody.Of(derivation.Value));
}

/// <summary>A business day that was counted to.</summary>
internal sealed record CalendarDateBody(string Date, DerivationBody Derivation)
{
    public static Outcome<CalendarDateBody> Of(Outcome<LocalDate> date, Outcome<Derivation> derivation) =>
        !date.IsOk || !derivation.IsOk ? (date.Problem ?? derivation.Problem)!
        : new CalendarDateBody(CustomerBody.Text(date.Value)!, DerivationBody.Of(derivation.Value));
}

/// <summary>A country whose public holidays are known.</summary>
/// <param name="Code">ISO 3166-1, for instance GB.</param>
/// <param name="Name">Its name in English.</param>
/// <param name="FirstYear">The first year of the data.</param>
/// <param name="LastYear">The last one.</param>
/// <param name="Regions">Its regions with holidays of their own.</param>
internal sealed record HolidayCountryBody(string Code, string Name, int FirstYear, int LastYear, IReadOnlyList<HolidayRegionBody> Regions)
{
    public static HolidayCountryBody Of(HolidayTable table) => new(
        table.Country, table.Name, table.FirstYear, table.LastYear, [.. table.Regions.Select(region => new HolidayRegionBody(region.Code, region.Name))]);
}

/// <summary>A part of a country, by the code after the hyphen of ISO 3166-2.</summary>
internal sealed record HolidayRegionBody(string Code, string Name);

/// <summary>Public holidays that can be chosen.</summary>
/// <param name="Items">The countries, by code.</param>
/// <param name="Attribution">Where the data comes from and its licence.</param>
internal sealed record HolidayCountriesBody(IReadOnlyList<HolidayCountryBody> Items, string Attribution);
