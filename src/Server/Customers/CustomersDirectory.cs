using Cairn.Domain.Foundation;
using Cairn.Server.Customers.Team;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers;

/// <summary>What other modules may look up about customers and their teams.</summary>
internal sealed class CustomersDirectory(Database database, Clock clock) : ICustomerLookup, IPortfolioLookup
{
    public async Task<DateTimeZone> ZoneOf(CustomerId customer, CancellationToken cancel) =>
        ZoneNamed(await database.ForCustomer(customer, work => CustomersStore.TimeZone(work, customer), cancel));

    /// <inheritdoc/>
    public async Task<IReadOnlySet<CustomerId>> PortfolioOf(PersonId person, CancellationToken cancel)
    {
        var now = clock.Now;
        var rows = await database.ForOperator(work => TeamStore.OfPerson(work, person), cancel);
        return rows.Where(row => row.ToMember().Details.IsOn(row.DayAt(now))).Select(row => new CustomerId(row.CustomerId)).ToHashSet();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TeamPlace>> TeamOf(CustomerId customer, CancellationToken cancel)
    {
        var now = clock.Now;
        var rows = await database.ForCustomer(customer, work => TeamStore.List(work, customer), cancel);
        return
        [
            .. rows.Where(row => row.ToMember().Details.IsOn(row.DayAt(now))).Select(row => new TeamPlace(new PersonId(row.PersonId), row.JobRole)),
        ];
    }

    /// <summary>The zone of that name; UTC for one that the tz database does not know (any more).</summary>
    public static DateTimeZone ZoneNamed(string? name) => (name is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(name)) ?? DateTimeZone.Utc;
}
