using Cairn.Domain.Foundation;
using Cairn.Server.Customers.Contacts;
using Cairn.Server.Customers.Team;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Portal;

/// <summary>Who looks after the customer: shared as a whole, and news when somebody joins.</summary>
internal sealed class ShareableTeam : IShareable
{
    public string Kind => ShareKinds.Team;

    public bool HasEvery => true;

    public Task<IReadOnlyList<ShareableRecord>> Offer(DbWork work, CustomerId customer) => Task.FromResult<IReadOnlyList<ShareableRecord>>([]);

    public async Task<IReadOnlyList<PortalNews>> NewsSince(DbWork work, CustomerId customer, PortalSight sight, Instant since)
    {
        var joined = (await TeamStore.List(work, customer)).Select(row => row.ToMember().CreatedAt).Where(at => at > since).ToList();
        return joined.Count == 0 || !sight.SeesEvery(Kind) ? [] : [new PortalNews(Kind, Share.Every, joined.Count, joined.Max())];
    }
}

/// <summary>The customer's contacts as the vendor has written them down: shared as a whole.</summary>
internal sealed class ShareableContacts : IShareable
{
    private const int Most = 500;

    public string Kind => ShareKinds.Contacts;

    public bool HasEvery => true;

    public Task<IReadOnlyList<ShareableRecord>> Offer(DbWork work, CustomerId customer) => Task.FromResult<IReadOnlyList<ShareableRecord>>([]);

    public async Task<IReadOnlyList<PortalNews>> NewsSince(DbWork work, CustomerId customer, PortalSight sight, Instant since)
    {
        var added = (await ContactsStore.List(work, customer, null, Most)).Select(row => row.ToContact().CreatedAt).Where(at => at > since).ToList();
        return added.Count == 0 || !sight.SeesEvery(Kind) ? [] : [new PortalNews(Kind, Share.Every, added.Count, added.Max())];
    }
}
