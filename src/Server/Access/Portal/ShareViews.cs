using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>Something that is shared with the person who asks.</summary>
/// <param name="Kind">The kind of record.</param>
/// <param name="Record">Which record; * for all of the kind.</param>
/// <param name="SharedAt">Since when.</param>
/// <param name="SharedBy">Who shared it.</param>
/// <param name="IsNew">Whether it was shared since they were here last.</param>
internal sealed record SharedBody(string Kind, string Record, string SharedAt, string SharedBy, bool IsNew);

/// <summary>Something new among what the person who asks sees.</summary>
/// <param name="Kind">The kind of record.</param>
/// <param name="Record">Which record; * for the kind as a whole.</param>
/// <param name="Count">How many are new; 10,000 means that many or more.</param>
/// <param name="At">When the newest came.</param>
internal sealed record NewsBody(string Kind, string Record, long Count, string At);

/// <summary>What the person who asks sees, and what has happened there since they were here last.</summary>
/// <param name="Since">When they were here last; null on the first visit, which has no news.</param>
/// <param name="Shared">All that is shared with them, newest first.</param>
/// <param name="News">What is new among it, newest first.</param>
internal sealed record PortalHomeBody(string? Since, IReadOnlyList<SharedBody> Shared, IReadOnlyList<NewsBody> News);

/// <summary>The reading side of shares.</summary>
internal sealed class ShareViews(Database database, IEnumerable<IShareable> kinds)
{
    /// <summary>For the staff: everything that is shared, and everything that could be.</summary>
    public Task<SharesBody> Shares(CustomerId customer, CancellationToken cancel) => database.ForCustomer(customer, async work =>
    {
        var offered = new List<OfferedKindBody>();
        foreach (var kind in kinds)
        {
            var records = await kind.Offer(work, customer);
            offered.Add(new OfferedKindBody(kind.Kind, kind.HasEvery, [.. records.Select(record => new OfferedRecordBody(record.Id, record.Title, record.Detail))]));
        }

        return new SharesBody([.. (await SharesStore.All(work, customer)).Select(ShareBody.Of)], offered);
    }, cancel);

    /// <summary>For one of the customer's people: what they see, and what is new there.</summary>
    public Task<PortalHomeBody> Home(Caller caller, CancellationToken cancel)
    {
        var (customer, person) = (caller.Customer!.Value, caller.PortalPerson!.Value);
        return database.ForCustomer(customer, async work =>
        {
            var row = await PortalStore.Find(work, customer, person) ?? throw new InvalidOperationException($"{person} was recognised and is not there.");
            var since = AccessStore.ToInstant(row.PreviousVisitAt);
            var shares = (await SharesStore.All(work, customer)).Where(share => caller.Sight.Sees(share.Kind, share.RecordId)).Reverse()
                .Select(share => Shown(share, since)).ToList();
            return new PortalHomeBody(since is { } last ? Rfc3339.Format(last) : null, shares, since is { } from ? await News(work, caller, from) : []);
        }, cancel);
    }

    private async Task<IReadOnlyList<NewsBody>> News(DbWork work, Caller caller, Instant since)
    {
        var news = new List<PortalNews>();
        foreach (var kind in kinds.Where(kind => caller.Sight.SeesAny(kind.Kind)))
        {
            news.AddRange(await kind.NewsSince(work, caller.Customer!.Value, caller.Sight, since));
        }

        return [.. news.OrderByDescending(one => one.At).Select(one => new NewsBody(one.Kind, one.Record, one.Count, Rfc3339.Format(one.At)))];
    }

    private static SharedBody Shown(ShareRow share, Instant? since)
    {
        var at = Instant.FromDateTimeOffset(share.SharedAt);
        return new SharedBody(share.Kind, share.RecordId, Rfc3339.Format(at), share.SharedBy, since is { } last && at > last);
    }
}
