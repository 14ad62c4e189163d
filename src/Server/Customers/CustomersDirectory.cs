using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers;

/// <summary>What other modules may look up about a customer.</summary>
internal sealed class CustomersDirectory(Database database) : ICustomerLookup
{
    public async Task<DateTimeZone> ZoneOf(CustomerId customer, CancellationToken cancel)
    {
        var zone = await database.ForCustomer(customer, work => CustomersStore.TimeZone(work, customer), cancel);
        return (zone is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone)) ?? DateTimeZone.Utc;
    }
}
