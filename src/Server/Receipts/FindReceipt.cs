using Cairn.Domain.Foundation;
using Cairn.Domain.Receipts;
using Cairn.MerkleLog;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>Finds a receipt by the sender's event id, and proves that it is in the log.</summary>
internal sealed class FindReceipt(Database database, LedgerSecrets secrets, LogPublisher publisher)
{
    /// <summary>The entry under an event id; several sources without a choice are a refusal that names them.</summary>
    public Task<Outcome<LedgerRow>> Row(CustomerId customer, string eventId, string? source, CancellationToken cancel) =>
        database.ForCustomer(customer, async work => One(await ReceiptsViews.ByEventId(work, customer, eventId, source), eventId), cancel);

    /// <summary>The receipt exactly as it was issued.</summary>
    public async Task<Outcome<Receipt>> Receipt(CustomerId customer, string eventId, string? source, CancellationToken cancel)
    {
        var row = await Row(customer, eventId, source, cancel);
        return row.IsOk ? await ReceiptOf(row.Value, cancel) : row.Problem;
    }

    public async Task<Receipt> ReceiptOf(LedgerRow row, CancellationToken cancel) => row.ToReceipt(
        await database.ForCustomer(row.Customer, work => secrets.Get(work, row.Customer, row.SecretVersion), cancel));

    /// <summary>
    /// A <c>.tlog-proof</c>: the inclusion path and the signed checkpoint. An entry that is too fresh for the last
    /// checkpoint gets a new one at once.
    /// </summary>
    public async Task<Outcome<TlogProof>> Proof(CustomerId customer, string eventId, string? source, CancellationToken cancel)
    {
        var row = await Row(customer, eventId, source, cancel);
        if (!row.IsOk)
        {
            return row.Problem;
        }

        var (generation, index) = (row.Value.Generation, row.Value.LogIndex);
        var published = await database.ForCustomer(customer, work => ReceiptsStore.Published(work, customer, generation), cancel);
        if (published is null || published.Size <= index)
        {
            published = await publisher.Publish(customer, cancel);
        }

        return await database.ForCustomer(customer, async work =>
        {
            var tiles = await TileReader.Fetch(work, customer, generation, TileProofs.ForInclusion(index, published.Size));
            return (Outcome<TlogProof>)new TlogProof(index, TileProofs.Inclusion(index, published.Size, tiles), published.Note);
        }, cancel);
    }

    private static Outcome<LedgerRow> One(IReadOnlyList<LedgerRow> rows, string eventId) => rows.Count switch
    {
        0 => ReceiptsProblems.NotFound(eventId),
        1 => rows[0],
        _ => ReceiptsProblems.Ambiguous(eventId, [.. rows.Select(row => row.Source)]),
    };
}

/// <summary>Reads tiles: complete ones as they are stored, partial ones cut from the entries or the roots below.</summary>
internal static class TileReader
{
    public static async Task<IReadOnlyDictionary<TileAddress, ReadOnlyMemory<byte>>> Fetch(
        DbWork work, CustomerId customer, short generation, IEnumerable<TileAddress> addresses)
    {
        var tiles = new Dictionary<TileAddress, ReadOnlyMemory<byte>>();
        foreach (var address in addresses)
        {
            tiles[address] = await Fetch(work, customer, generation, address)
                ?? throw new InvalidOperationException($"Tile {address.Path} of {customer} is missing. Run './cairn ledger verify'.");
        }

        return tiles;
    }

    /// <summary>The hashes of one tile; <see langword="null"/> when the log does not reach that far.</summary>
    public static async Task<ReadOnlyMemory<byte>?> Fetch(DbWork work, CustomerId customer, short generation, TileAddress address)
    {
        if (await ReceiptsStore.Tile(work, customer, generation, address.Level, address.Index) is { } complete)
        {
            return complete.AsMemory(0, address.Width * Hash256.Size);
        }

        var from = address.Index * TileBuilder.Width;
        var hashes = address.Level == 0
            ? (await ReceiptsStore.Leaves(work, customer, generation, from, from + address.Width)).Select(leaf => LeafEntry.Hash(leaf.Kind, Hash256.From(leaf.TextHash)).ToArray()).ToList()
            : await ReceiptsStore.TileRoots(work, customer, generation, address.Level - 1, from, from + address.Width);
        return hashes.Count == address.Width ? hashes.SelectMany(hash => hash).ToArray() : default(ReadOnlyMemory<byte>?);
    }
}
