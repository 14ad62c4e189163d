using Cairn.Domain.Foundation;
using Cairn.Server.Ingest.Quality;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest.Portal;

/// <summary>
/// Which receipts can be shared: those of each type of event that the customer has sent. The receipts module shows them;
/// what types there are is counted here, so that nobody reads a whole log to list them.
/// </summary>
internal sealed class ShareableReceipts : IShareable
{
    /// <summary>The most types that are offered, those with the most events first.</summary>
    private const int MostTypes = 200;

    public string Kind => ShareKinds.Receipts;

    public bool HasEvery => true;

    public async Task<IReadOnlyList<ShareableRecord>> Offer(DbWork work, CustomerId customer) =>
        [.. (await QualityViews.CountedTypes(work, customer, null, MostTypes)).Select(type => new ShareableRecord(type.EventType, type.EventType))];

    public async Task<IReadOnlyList<PortalNews>> NewsSince(DbWork work, CustomerId customer, PortalSight sight, Instant since)
    {
        var types = await QualityViews.CountedTypes(work, customer, since.ToDateTimeOffset(), MostTypes);
        return
        [
            .. types.Where(type => sight.Sees(Kind, type.EventType))
                .Select(type => new PortalNews(Kind, type.EventType, Math.Min(type.Events, PortalNews.MostCounted), Instant.FromDateTimeOffset(type.LastSlot))),
        ];
    }
}

/// <summary>How good the customer's data is: shared as a whole, and news when an alert opens.</summary>
internal sealed class ShareableQuality : IShareable
{
    private const int MostAlerts = 100;

    public string Kind => ShareKinds.DataQuality;

    public bool HasEvery => true;

    public Task<IReadOnlyList<ShareableRecord>> Offer(DbWork work, CustomerId customer) => Task.FromResult<IReadOnlyList<ShareableRecord>>([]);

    public async Task<IReadOnlyList<PortalNews>> NewsSince(DbWork work, CustomerId customer, PortalSight sight, Instant since)
    {
        var opened = (await QualityViews.Alerts(work, customer, isOpen: true, null, MostAlerts)).Where(alert => Instant.FromDateTimeOffset(alert.OpenedAt) > since).ToList();
        return opened.Count == 0 || !sight.SeesEvery(Kind) ? [] : [new PortalNews(Kind, Share.Every, opened.Count, Instant.FromDateTimeOffset(opened.Max(alert => alert.OpenedAt)))];
    }
}
