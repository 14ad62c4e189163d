using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>What a walk through a log found.</summary>
/// <param name="Origin">The log.</param>
/// <param name="Entries">Entries checked, from the first.</param>
/// <param name="Published">The size of the signed checkpoint that the root was compared with.</param>
/// <param name="Erased">Entries whose payload was erased, so that only their commitment stands.</param>
/// <param name="Faults">What does not hold; the first hundred.</param>
internal sealed record LogVerification(string Origin, long Entries, long Published, long Erased, IReadOnlyList<string> Faults)
{
    public bool Holds => Faults.Count == 0;
}

/// <summary>
/// Recomputes a log from its first entry: every text hash, every commitment, every agreement between a signed text and
/// the columns that queries read, the order of times, every complete tile, the root, and the signature over it. The same
/// code runs as a command, after a fault and in the background.
/// </summary>
internal sealed class VerifyLog(Database database, LogPublisher publisher, SigningKeys keys, Clock clock)
{
    private const int Chunk = 2_000;
    private const int MaxFaults = 100;

    public async Task<LogVerification> Verify(CustomerId customer, Action<long, long>? progress, CancellationToken cancel)
    {
        var started = clock.Now;
        var publication = await publisher.Publish(customer, cancel);
        var log = await database.ForCustomer(customer, work => ReceiptsStore.OpenLog(work, customer), cancel);
        var walk = new LogWalk(customer, log);
        for (var from = 0L; from < publication.Size && walk.Faults.Count < MaxFaults; from += Chunk)
        {
            var to = Math.Min(from + Chunk, publication.Size);
            var rows = await database.ForCustomer(customer, work => ReceiptsViews.Range(work, customer, log.Generation, from, to), cancel);
            foreach (var row in rows)
            {
                walk.Take(row);
            }

            progress?.Invoke(to, publication.Size);
        }

        await database.ForCustomer(customer, async work =>
        {
            await CheckTiles(work, customer, log, walk);
            walk.Finish(publication, await keys.VerifierKey(work, log.Origin));
            return true;
        }, cancel);
        var result = new LogVerification(log.Origin, walk.Entries, publication.Size, walk.Erased, [.. walk.Faults.Take(MaxFaults)]);
        await database.ForCustomer(customer, async work =>
        {
            await ReceiptsStore.AddVerification(
                work, customer, log.Generation, walk.Entries, started, clock.Now, System.Text.Json.JsonSerializer.Serialize(result.Faults));
            return true;
        }, cancel);
        return result;
    }

    private static async Task CheckTiles(DbWork work, CustomerId customer, ReceiptsStore.Log log, LogWalk walk)
    {
        foreach (var tile in walk.CompleteTiles)
        {
            var stored = await ReceiptsStore.Tile(work, customer, log.Generation, tile.Level, tile.Index);
            if (stored is null || !stored.AsSpan().SequenceEqual(tile.Hashes))
            {
                walk.Faults.Add($"Tile {tile.Level}/{tile.Index} {(stored is null ? "is missing" : "differs from its entries")}.");
            }
        }
    }
}

/// <summary>The state of one walk along a log.</summary>
internal sealed class LogWalk(CustomerId customer, ReceiptsStore.Log log)
{
    private readonly Frontier frontier = new();
    private readonly TileBuilder tiles = new();
    private DateTimeOffset last = DateTimeOffset.MinValue;

    public List<string> Faults { get; } = [];

    public long Entries { get; private set; }

    public long Erased { get; private set; }

    public IReadOnlyList<CompleteTile> CompleteTiles => tiles.Complete;

    public void Take(LedgerRow row)
    {
        if (row.LogIndex != Entries)
        {
            Faults.Add($"Entry {Entries} is missing: the next one found is {row.LogIndex}.");
        }

        if (row.RecordedAt < last)
        {
            Faults.Add($"Entry {row.LogIndex} was recorded before the entry in front of it.");
        }

        last = row.RecordedAt;
        CheckText(row);
        var leaf = LeafEntry.Hash(row.Kind, Hash256.From(row.TextHash));
        frontier.Append(leaf);
        tiles.Add(leaf);
        Entries++;
    }

    public void Finish(ReceiptsStore.Publication publication, VerifierKey key)
    {
        if (Entries != publication.Size)
        {
            Faults.Add($"The checkpoint covers {publication.Size} entries, but {Entries} are there.");
            return;
        }

        var note = SignedNote.Parse(publication.Note);
        if (!note.Verify(key))
        {
            Faults.Add("The signature of the checkpoint does not hold under the log's key.");
            return;
        }

        var checkpoint = Checkpoint.Parse(note.Text);
        if (checkpoint.Origin != log.Origin || checkpoint.Size != Entries || !checkpoint.Root.Equals(frontier.Root()))
        {
            Faults.Add($"The signed root of {checkpoint.Size} entries is not the root of the entries that are stored.");
        }
    }

    private void CheckText(LedgerRow row)
    {
        if (row.SignedText is null)
        {
            Erased++;
            return;
        }

        if (!Hash256.OfData(row.SignedText).ToArray().AsSpan().SequenceEqual(row.TextHash))
        {
            Faults.Add($"Entry {row.LogIndex}: the signed text does not have the hash that the leaf commits to.");
            return;
        }

        var commitment = row is { DataRaw: { } data, Salt: { } salt } ? SignedText.Commitment(salt, data).ToHex() : null;
        Erased += commitment is null ? 1 : 0;
        using var text = System.Text.Json.JsonDocument.Parse(row.SignedText);
        var root = text.RootElement;
        Expect(row, root, "event_id", row.EventId);
        Expect(row, root, "source", row.Source);
        Expect(row, root, "transaction_type", row.TransactionType);
        Expect(row, root, "customer_id", customer.ToString());
        if (commitment is not null)
        {
            Expect(row, root, "data_commitment", commitment);
        }
    }

    private void Expect(LedgerRow row, System.Text.Json.JsonElement text, string member, string value)
    {
        if (text.GetProperty(member).GetString() != value)
        {
            Faults.Add($"Entry {row.LogIndex}: '{member}' in the signed text is not what the table says.");
        }
    }
}
