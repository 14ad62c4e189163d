using System.Collections.Concurrent;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.Calendars;

/// <summary>Makes customers' calendars for the engine, and keeps them while nothing changes.</summary>
internal sealed class BusinessCalendars(HolidayTables holidays) : IBusinessCalendars
{
    /// <summary>More calendars than this are forgotten together; each is soon made again.</summary>
    private const int MostKept = 1_000;

    private readonly ConcurrentDictionary<CustomerId, (string State, BusinessCalendar Calendar)> kept = new();

    /// <inheritdoc/>
    public async Task<BusinessCalendar> Of(DbWork work, CustomerId customer)
    {
        var zone = CustomersDirectory.ZoneNamed(await CustomersStore.TimeZone(work, customer)).Id;
        var rows = await CalendarsStore.List(work, customer);
        // The rows themselves are the state: what another server changed is seen at the next question.
        var state = string.Join('\n', rows.Select(row => $"{row.ValidFrom:O} {row.Version} {row.ChangedAt:O}").Prepend(zone));
        if (kept.TryGetValue(customer, out var known) && known.State == state)
        {
            return known.Calendar;
        }

        var made = BusinessCalendar.Create([CustomerCalendar.Standard(zone).ToVersion(null), .. rows.Select(row => Version(row.ToCalendar()))]).Value;
        if (kept.Count >= MostKept)
        {
            kept.Clear();
        }

        kept[customer] = (state, made);
        return made;
    }

    /// <summary>A version whose zone the tz database has dropped since is read in UTC, as everywhere else.</summary>
    private CalendarVersion Version(CustomerCalendar calendar) => calendar.ToVersion(calendar.Holidays is { } choice ? holidays.Of(choice.Country, choice.Region) : null) with
    {
        TimeZone = CustomersDirectory.ZoneNamed(calendar.TimeZone).Id,
    };
}
