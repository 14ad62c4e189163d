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

    /// <summary>The customers whose logs a follower has not taken in to the end, or has by other rules.</summary>
    public Task<IReadOnlyList<Guid>> Behind(ILogFollower follower, CancellationToken cancel) => database.ForOperator(work => FollowersStore.Behind(work, follower), cancel);

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
        await FollowersStore.Ensure(work, follower, customer, clock.Now);
        var offset = await FollowersStore.Take(work, follower, customer);
        if (offset is null)
        {
            return false;
        }

        if (offset.RulesHash != follower.RulesHash)
        {
            await follower.Clear(work, customer);
            offset = await FollowersStore.Begin(work, customer);
        }

        var stretch = await Next(work, customer, offset);
        if (stretch is not null)
        {
            await follower.Take(work, stretch);
        }

        await FollowersStore.Move(
            work, follower, customer, new FollowerOffset { Generation = stretch?.Generation ?? offset.Generation, NextIndex = stretch?.To ?? offset.NextIndex }, clock.Now);
        return stretch is not null;
    }, cancel);

    /// <summary>Lets a follower begin anew for a customer, in the transaction that changes its rules. Waits for a step under way.</summary>
    public static async Task Restart(DbWork work, ILogFollower follower, CustomerId customer, Clock clock)
    {
        await FollowersStore.Await(work, follower, customer);
        await follower.Clear(work, customer);
        await FollowersStore.Rewind(work, follower, customer, clock.Now);
    }

    /// <summary>How many entries of the open log a follower has not taken in yet; also what came before it has come there.</summary>
    public static Task<FollowerPlace> PlaceOf(DbWork work, string follower, CustomerId customer) => FollowersStore.PlaceOf(work, follower, customer);

    private static async Task<LogStretch?> Next(DbWork work, CustomerId customer, FollowerOffset offset)
    {
        // A log that a restore closed is taken in to its end before the next one begins.
        var heads = await FollowersStore.HeadsFrom(work, customer, offset.Generation);
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
