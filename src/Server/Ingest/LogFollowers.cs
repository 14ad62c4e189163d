using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>
/// Something that is derived from a customer's log, event after event, and can be derived again from nothing. It is called
/// within the transaction that also moves its offset, so that every event counts exactly once, whatever crashes when.
/// </summary>
internal interface ILogFollower
{
    /// <summary>Names its offsets.</summary>
    string Name { get; }

    /// <summary>Names the rules it derives by; when it differs from what the rows were derived by, they are derived anew.</summary>
    string RulesHash { get; }

    /// <summary>Removes all it derived for a customer.</summary>
    Task Clear(DbWork work, CustomerId customer);

    /// <summary>Takes in the entries of one log from one index to another (not included).</summary>
    Task Take(DbWork work, LogStretch stretch);
}

/// <summary>A stretch of one of a customer's logs.</summary>
internal sealed record LogStretch(CustomerId Customer, short Generation, long From, long To);

/// <summary>Moves followers along the logs.</summary>
internal sealed class LogFollowers(Database database, Clock clock)
{
    /// <summary>The most entries that one transaction takes in.</summary>
    public const int MaxStep = 2_000;

    private sealed class OffsetRow
    {
        public short Generation { get; init; }

        public long NextIndex { get; init; }

        public string RulesHash { get; init; } = "";
    }

    private sealed class HeadRow
    {
        public short Generation { get; init; }

        public long Size { get; init; }

        public DateTimeOffset? ClosedAt { get; init; }
    }

    /// <summary>The customers whose logs a follower has not taken in to the end, or has by other rules.</summary>
    public Task<IReadOnlyList<Guid>> Behind(ILogFollower follower, CancellationToken cancel) => database.ForOperator(work => work.List<Guid>(
        """
        select h.customer_id
        from ledger_heads h
        left join ingest_offsets o on o.customer_id = h.customer_id and o.follower = @name
        where h.closed_at is null and h.customer_id <> @installation
          and (o.customer_id is null or o.generation < h.generation or o.next_index < h.size or o.rules_hash <> @hash)
        """,
        new { name = follower.Name, installation = CustomerId.Installation.Value, hash = follower.RulesHash }), cancel);

    /// <summary>Takes in everything that is in the customer's log by now.</summary>
    public async Task CatchUp(ILogFollower follower, CustomerId customer, CancellationToken cancel)
    {
        while (await Step(follower, customer, cancel))
        {
        }
    }

    /// <summary>
    /// Takes in one stretch; false when there is none, or another server is at it. A crash before the commit leaves the
    /// offset and the rows as they were.
    /// </summary>
    public Task<bool> Step(ILogFollower follower, CustomerId customer, CancellationToken cancel) => database.ForCustomer(customer, async work =>
    {
        await Ensure(work, follower, customer);
        var offset = await work.Maybe<OffsetRow>(
            "select generation, next_index, rules_hash from ingest_offsets where customer_id = @customer and follower = @name for update skip locked",
            new { customer = customer.Value, name = follower.Name });
        if (offset is null)
        {
            return false;
        }

        if (offset.RulesHash != follower.RulesHash)
        {
            await follower.Clear(work, customer);
            offset = await Begin(work, customer);
        }

        var stretch = await Next(work, customer, offset);
        if (stretch is not null)
        {
            await follower.Take(work, stretch);
        }

        await Move(work, follower, customer, stretch?.Generation ?? offset.Generation, stretch?.To ?? offset.NextIndex);
        return stretch is not null;
    }, cancel);

    /// <summary>Lets a follower begin anew for a customer, in the transaction that changes its rules. Waits for a step under way.</summary>
    public static async Task Restart(DbWork work, ILogFollower follower, CustomerId customer, Clock clock)
    {
        await work.List<int>(
            "select 1 from ingest_offsets where customer_id = @customer and follower = @name for update", new { customer = customer.Value, name = follower.Name });
        await follower.Clear(work, customer);
        await work.Execute(
            """
            update ingest_offsets o set next_index = 0, moved_at = @now,
                   generation = coalesce((select min(generation) from ledger_heads where customer_id = o.customer_id), 1)
            where customer_id = @customer and follower = @name
            """,
            new { customer = customer.Value, name = follower.Name, now = clock.Now.ToDateTimeOffset() });
    }

    /// <summary>How many entries of the open log a follower has not taken in yet; also what came before it has come there.</summary>
    public static async Task<FollowerPlace> PlaceOf(DbWork work, string follower, CustomerId customer) => await work.Single<FollowerPlace>(
        """
        select coalesce(o.next_index, 0) as next_index, h.size, h.generation as open_generation, coalesce(o.generation, 0) as generation
        from ledger_heads h
        left join ingest_offsets o on o.customer_id = h.customer_id and o.follower = @follower
        where h.customer_id = @customer and h.closed_at is null
        """,
        new { customer = customer.Value, follower });

    private static async Task<OffsetRow> Begin(DbWork work, CustomerId customer) => new()
    {
        Generation = await work.Single<short>("select min(generation) from ledger_heads where customer_id = @customer", new { customer = customer.Value }),
    };

    private async Task Ensure(DbWork work, ILogFollower follower, CustomerId customer) => await work.Execute(
        """
        insert into ingest_offsets (customer_id, follower, generation, next_index, rules_hash, moved_at)
        select @customer, @name, min(generation), 0, @hash, @now from ledger_heads where customer_id = @customer having count(*) > 0
        on conflict do nothing
        """,
        new { customer = customer.Value, name = follower.Name, hash = follower.RulesHash, now = clock.Now.ToDateTimeOffset() });

    private static async Task<LogStretch?> Next(DbWork work, CustomerId customer, OffsetRow offset)
    {
        // A log that a restore closed is taken in to its end before the next one begins.
        var heads = await work.List<HeadRow>(
            "select generation, size, closed_at from ledger_heads where customer_id = @customer and generation >= @generation order by generation",
            new { customer = customer.Value, generation = offset.Generation });
        var from = offset.NextIndex;
        foreach (var head in heads)
        {
            if (from < head.Size)
            {
                return new LogStretch(customer, head.Generation, from, Math.Min(head.Size, from + MaxStep));
            }

            from = 0;
        }

        return null;
    }

    private async Task Move(DbWork work, ILogFollower follower, CustomerId customer, short generation, long next) => await work.Execute(
        """
        update ingest_offsets set generation = @generation, next_index = @next, rules_hash = @hash, moved_at = @now
        where customer_id = @customer and follower = @name
        """,
        new { customer = customer.Value, name = follower.Name, generation, next, hash = follower.RulesHash, now = clock.Now.ToDateTimeOffset() });
}

/// <summary>How far a follower has come in a customer's open log.</summary>
internal sealed class FollowerPlace
{
    public long NextIndex { get; init; }

    public long Size { get; init; }

    public short Generation { get; init; }

    public short OpenGeneration { get; init; }

    /// <summary>Entries that are recorded and not yet taken in.</summary>
    public long Waiting => Generation == OpenGeneration ? Size - NextIndex : Size;
}
