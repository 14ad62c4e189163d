using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest;

/// <summary>How far a follower has come, and by which rules.</summary>
internal sealed class FollowerOffset
{
    public short Generation { get; init; }

    public long NextIndex { get; init; }

    public string RulesHash { get; init; } = "";
}

/// <summary>One of a customer's logs, as far as followers need to know it.</summary>
internal sealed class FollowedHead
{
    public short Generation { get; init; }

    public long Size { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }
}

/// <summary>The offsets of followers beside the heads of the logs that they follow.</summary>
internal static class FollowersStore
{
    /// <summary>The customers whose logs a follower has not taken in to the end, or has by other rules.</summary>
    public static Task<IReadOnlyList<Guid>> Behind(DbWork work, ILogFollower follower) => work.List<Guid>(
        """
        select h.customer_id
        from ledger_heads h
        left join ingest_offsets o on o.customer_id = h.customer_id and o.follower = @name
        where h.closed_at is null and h.customer_id <> @installation
          and (o.customer_id is null or o.generation < h.generation or o.next_index < h.size or o.rules_hash <> @hash)
        """,
        new { name = follower.Name, installation = CustomerId.Installation.Value, hash = follower.RulesHash });

    public static Task Ensure(DbWork work, ILogFollower follower, CustomerId customer, Instant now) => work.Execute(
        """
        insert into ingest_offsets (customer_id, follower, generation, next_index, rules_hash, moved_at)
        select @customer, @name, min(generation), 0, @hash, @now from ledger_heads where customer_id = @customer having count(*) > 0
        on conflict do nothing
        """,
        new { customer = customer.Value, name = follower.Name, hash = follower.RulesHash, now = now.ToDateTimeOffset() });

    /// <summary>The offset, held until the end of the transaction; <see langword="null"/> when another server holds it.</summary>
    public static Task<FollowerOffset?> Take(DbWork work, ILogFollower follower, CustomerId customer) => work.Maybe<FollowerOffset>(
        "select generation, next_index, rules_hash from ingest_offsets where customer_id = @customer and follower = @name for update skip locked",
        new { customer = customer.Value, name = follower.Name });

    /// <summary>Waits for a step under way and holds the offset.</summary>
    public static Task Await(DbWork work, ILogFollower follower, CustomerId customer) => work.List<int>(
        "select 1 from ingest_offsets where customer_id = @customer and follower = @name for update", new { customer = customer.Value, name = follower.Name });

    public static async Task<FollowerOffset> Begin(DbWork work, CustomerId customer) => new()
    {
        Generation = await work.Single<short>("select min(generation) from ledger_heads where customer_id = @customer", new { customer = customer.Value }),
    };

    public static Task Rewind(DbWork work, ILogFollower follower, CustomerId customer, Instant now) => work.Execute(
        """
        update ingest_offsets o set next_index = 0, moved_at = @now,
               generation = coalesce((select min(generation) from ledger_heads where customer_id = o.customer_id), 1)
        where customer_id = @customer and follower = @name
        """,
        new { customer = customer.Value, name = follower.Name, now = now.ToDateTimeOffset() });

    public static Task Move(DbWork work, ILogFollower follower, CustomerId customer, FollowerOffset to, Instant now) => work.Execute(
        """
        update ingest_offsets set generation = @Generation, next_index = @NextIndex, rules_hash = @hash, moved_at = @now
        where customer_id = @customer and follower = @name
        """,
        new { customer = customer.Value, name = follower.Name, to.Generation, to.NextIndex, hash = follower.RulesHash, now = now.ToDateTimeOffset() });

    public static Task<FollowerPlace> PlaceOf(DbWork work, string follower, CustomerId customer) => work.Single<FollowerPlace>(
        """
        select coalesce(o.next_index, 0) as next_index, h.size, h.generation as open_generation, coalesce(o.generation, 0) as generation
        from ledger_heads h
        left join ingest_offsets o on o.customer_id = h.customer_id and o.follower = @follower
        where h.customer_id = @customer and h.closed_at is null
        """,
        new { customer = customer.Value, follower });

    public static Task<IReadOnlyList<FollowedHead>> HeadsFrom(DbWork work, CustomerId customer, short generation) => work.List<FollowedHead>(
        "select generation, size, closed_at from ledger_heads where customer_id = @customer and generation >= @generation order by generation",
        new { customer = customer.Value, generation });
}
