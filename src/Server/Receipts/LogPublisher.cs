using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Receipts;

/// <summary>
/// Builds the tree over what was appended and signs a checkpoint over it. All of it follows from the entries, in one
/// transaction under the publication's row: a crash at any point leaves the last checkpoint and the next call goes on
/// from there, and no two servers can sign different trees.
/// </summary>
internal sealed class LogPublisher(Database database, SigningKeys keys, Clock clock)
{
    /// <summary>The most entries that one transaction adds to the tree.</summary>
    public const int MaxStep = 1 << 16;

    /// <summary>A checkpoint is kept for good once a minute; the ones between are replaced by their successors.</summary>
    private static readonly Duration ArchiveEvery = Duration.FromMinutes(1);

    /// <summary>Publishes everything appended so far. Returns the checkpoint in force, its note signed.</summary>
    public async Task<ReceiptsStore.Publication> Publish(CustomerId customer, CancellationToken cancel)
    {
        while (true)
        {
            var (publication, isComplete) = await database.ForCustomer(customer, work => Step(work, customer), cancel);
            if (isComplete)
            {
                return publication;
            }
        }
    }

    private async Task<(ReceiptsStore.Publication Publication, bool IsComplete)> Step(DbWork work, CustomerId customer)
    {
        var before = await ReceiptsStore.OpenLog(work, customer);
        var last = await ReceiptsStore.LockPublication(work, customer, before.Generation);
        // Read again under the lock: another server may have published, and the log may have grown.
        var log = await ReceiptsStore.OpenLog(work, customer);
        if (last.Size == log.Size)
        {
            return (last, true);
        }

        var from = Math.Max(last.Size, 0);
        var to = Math.Min(log.Size, from + MaxStep);
        var frontier = from == 0 ? new Frontier() : Frontier.FromBytes(from, last.Frontier);
        var tiles = await TileBuilder.Resume(work, customer, log.Generation, from);
        foreach (var leaf in await ReceiptsStore.Leaves(work, customer, log.Generation, from, to))
        {
            var hash = LeafEntry.Hash(leaf.Kind, Hash256.From(leaf.TextHash));
            frontier.Append(hash);
            tiles.Add(hash);
        }

        if (frontier.Size != to)
        {
            throw new InvalidOperationException($"The log of {customer} has a gap between {from} and {to}: {frontier.Size} entries found. Run './cairn ledger verify'.");
        }

        await ReceiptsStore.AddTiles(work, customer, log.Generation, tiles.Complete);
        var now = clock.NowMilliseconds;
        var body = new Checkpoint(log.Origin, to, frontier.Root()).Body;
        var note = await keys.Sign(work, body, log.Origin);
        var archive = now - Instant.FromDateTimeOffset(last.ArchivedAt) >= ArchiveEvery;
        var publication = new ReceiptsStore.Publication(
            to, frontier.ToBytes(), note, now.ToDateTimeOffset(), archive ? now.ToDateTimeOffset() : last.ArchivedAt);
        await ReceiptsStore.SavePublication(work, customer, log.Generation, publication, archive);
        return (publication, to == log.Size);
    }
}
