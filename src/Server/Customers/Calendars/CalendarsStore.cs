using System.Text.Json;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Calendars;

/// <summary>A version of a customer's calendar as stored.</summary>
internal sealed class CalendarRow
{
    public DateOnly ValidFrom { get; init; }

    public string TimeZone { get; init; } = "";

    public string Week { get; init; } = "[]";

    public string ClosedDays { get; init; } = "[]";

    public string? HolidayCountry { get; init; }

    public string? HolidayRegion { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public long Version { get; init; }

    public CustomerCalendar ToCalendar() => new()
    {
        ValidFrom = LocalDate.FromDateOnly(ValidFrom),
        TimeZone = TimeZone,
        Week = [.. CalendarsStore.Read<IntervalBody[][]>(Week).Select(day => day.Select(interval => interval.ToInterval()).ToList())],
        ClosedDays = [.. CalendarsStore.Read<ClosedDayBody[]>(ClosedDays).Select(day => day.ToClosedDay())],
        Holidays = HolidayCountry is { } country ? new HolidayChoice(country, HolidayRegion) : null,
    };
}

/// <summary>
/// The SQL of customers' calendars. The stored form is the one of the API, so that a calendar engine reads it without
/// knowing this module's types: see the comment of the table.
/// </summary>
internal static class CalendarsStore
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string Columns =
        "valid_from, time_zone, week::text as week, closed_days::text as closed_days, holiday_country, holiday_region, changed_at, version";

    /// <summary>All versions, the latest first.</summary>
    public static Task<IReadOnlyList<CalendarRow>> List(DbWork work, CustomerId customer) => work.List<CalendarRow>(
        $"select {Columns} from customers_calendars where customer_id = @customer order by valid_from desc", new { customer = customer.Value });

    public static Task<CalendarRow?> Find(DbWork work, CustomerId customer, LocalDate validFrom) => work.Maybe<CalendarRow>(
        $"select {Columns} from customers_calendars where customer_id = @customer and valid_from = @validFrom::date",
        new { customer = customer.Value, validFrom = CustomerBody.Text(validFrom) });

    /// <summary>Writes a version, over the one that begins on the same day if there is one.</summary>
    public static Task Put(DbWork work, CustomerId customer, CustomerCalendar calendar, long version, Actor actor, Instant now) => work.Execute(
        """
        insert into customers_calendars (
            customer_id, valid_from, time_zone, week, closed_days, holiday_country, holiday_region, changed_at, changed_by, version)
        values (@customer, @validFrom::date, @timeZone, @week::jsonb, @closedDays::jsonb, @country, @region, @now, @by, @version)
        on conflict (customer_id, valid_from) do update set
            time_zone = excluded.time_zone, week = excluded.week, closed_days = excluded.closed_days, holiday_country = excluded.holiday_country,
            holiday_region = excluded.holiday_region, changed_at = excluded.changed_at, changed_by = excluded.changed_by, version = excluded.version
        """,
        new
        {
            customer = customer.Value,
            validFrom = CustomerBody.Text(calendar.ValidFrom),
            timeZone = calendar.TimeZone,
            week = JsonSerializer.Serialize(calendar.Week.Select(day => day.Select(IntervalBody.Of)), Json),
            closedDays = JsonSerializer.Serialize(calendar.ClosedDays.Select(ClosedDayBody.Of), Json),
            country = calendar.Holidays?.Country,
            region = calendar.Holidays?.Region,
            now = now.ToDateTimeOffset(),
            by = actor.Id,
            version,
        });

    public static Task Remove(DbWork work, CustomerId customer, LocalDate validFrom) => work.Execute(
        "delete from customers_calendars where customer_id = @customer and valid_from = @validFrom::date",
        new { customer = customer.Value, validFrom = CustomerBody.Text(validFrom) });

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Json) ?? throw new InvalidOperationException("A stored calendar is null.");
}
