using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>A share as stored.</summary>
internal sealed class ShareRow
{
    public Guid ShareId { get; init; }

    public string Kind { get; init; } = "";

    public string RecordId { get; init; } = "";

    public string[] Roles { get; init; } = [];

    public DateTimeOffset SharedAt { get; init; }

    public string SharedBy { get; init; } = "";

    public ShareId Id => new(ShareId);

    public Share ToShare() => new(Kind, RecordId, Roles);
}

/// <summary>The SQL of what is shared with a customer's people.</summary>
internal static class SharesStore
{
    private const string Columns = "share_id, kind, record_id, roles, shared_at, shared_by";

    /// <summary>Everything that is shared with the customer's people, oldest first.</summary>
    public static Task<IReadOnlyList<ShareRow>> All(DbWork work, CustomerId customer) => work.List<ShareRow>(
        $"select {Columns} from access_shares where customer_id = @customer order by shared_at, share_id limit @most",
        new { customer = customer.Value, most = Share.MostOfACustomer });

    /// <summary>What somebody with these roles sees.</summary>
    public static async Task<PortalSight> SightOf(DbWork work, CustomerId customer, IReadOnlyCollection<string> roles) =>
        PortalSight.Of((await All(work, customer)).Select(row => row.ToShare()), roles);

    public static Task<ShareRow?> Find(DbWork work, CustomerId customer, ShareId share) => work.Maybe<ShareRow>(
        $"select {Columns} from access_shares where customer_id = @customer and share_id = @share for update",
        new { customer = customer.Value, share = share.Value });

    public static Task<ShareRow?> FindRecord(DbWork work, CustomerId customer, string kind, string record) => work.Maybe<ShareRow>(
        $"select {Columns} from access_shares where customer_id = @customer and kind = @kind and record_id = @record for update",
        new { customer = customer.Value, kind, record });

    public static Task<long> Count(DbWork work, CustomerId customer) =>
        work.Single<long>("select count(*) from access_shares where customer_id = @customer", new { customer = customer.Value });

    /// <summary>Adds a share; false when the record was shared in the meantime.</summary>
    public static async Task<bool> Add(DbWork work, CustomerId customer, ShareId id, Share share, Actor by, Instant now) => await work.Execute(
        """
        insert into access_shares (customer_id, share_id, kind, record_id, roles, shared_at, shared_by)
        values (@customer, @id, @kind, @record, @roles, @now, @by) on conflict (customer_id, kind, record_id) do nothing
        """,
        new
        {
            customer = customer.Value,
            id = id.Value,
            kind = share.Kind,
            record = share.Record,
            roles = share.Roles.ToArray(),
            now = now.ToDateTimeOffset(),
            by = by.Name ?? by.Id,
        }) == 1;

    /// <summary>Changes for whom something is shared.</summary>
    public static Task SetRoles(DbWork work, CustomerId customer, ShareId id, IReadOnlyList<string> roles) => work.Execute(
        "update access_shares set roles = @roles where customer_id = @customer and share_id = @id",
        new { customer = customer.Value, id = id.Value, roles = roles.ToArray() });

    public static Task Remove(DbWork work, CustomerId customer, ShareId id) => work.Execute(
        "delete from access_shares where customer_id = @customer and share_id = @id", new { customer = customer.Value, id = id.Value });
}
