using System.Buffers;
using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>
/// Writes a customer's log as a directory that <c>cairn-verify log</c> and other tlog-tiles tools read without this
/// server: checkpoint, earlier checkpoints, tiles, entries, and all receipts.
/// </summary>
internal sealed class ExportLog(Database database, LogPublisher publisher, SigningKeys keys, LedgerSecrets secrets, LedgerAppender ledger)
{
    private const int Chunk = 2_000;

    public async Task<long> Export(CustomerId customer, Actor actor, DirectoryInfo to, Action<long, long>? progress, CancellationToken cancel)
    {
        // The export is logged before it is made, so that the exported log shows its own export.
        await database.ForCustomer(customer, work => ledger.Record(work, customer, new RecordChange("log.exported", actor, "log", customer.ToString()) { Kind = LedgerKind.Read }), cancel);
        var published = await publisher.Publish(customer, cancel);
        var log = await database.ForCustomer(customer, work => ReceiptsStore.OpenLog(work, customer), cancel);
        to.Create();
        await WriteText(to, "checkpoint", published.Note);
        await database.ForCustomer(customer, async work =>
        {
            await WriteText(to, "vkey", await keys.VerifierKey(work, log.Origin) + "\n");
            foreach (var note in await ReceiptsStore.ArchivedNotes(work, customer, log.Generation))
            {
                await WriteText(to, $"checkpoints/{Checkpoint.Parse(SignedNote.Parse(note).Text).Size}", note);
            }

            return true;
        }, cancel);
        foreach (var tile in Tiles.Covering(published.Size))
        {
            var paths = tile.Level == 0 ? [tile.Path, tile.EntriesPath] : new[] { tile.Path };
            foreach (var path in paths)
            {
                var body = await database.ForCustomer(customer, work => LogEndpoints.Body(work, customer, path, published.Size), cancel);
                await Write(to, "tile/" + path, body ?? throw new InvalidOperationException($"Tile {path} is missing. Run './cairn ledger verify'."));
            }
        }

        await WriteReceipts(customer, log, published.Size, to, progress, cancel);
        return published.Size;
    }

    private async Task WriteReceipts(
        CustomerId customer, ReceiptsStore.Log log, long size, DirectoryInfo to, Action<long, long>? progress, CancellationToken cancel)
    {
        await using var file = File.Create(Path.Combine(to.FullName, "receipts.ndjson"));
        var buffer = new ArrayBufferWriter<byte>();
        for (var from = 0L; from < size; from += Chunk)
        {
            var end = Math.Min(from + Chunk, size);
            await database.ForCustomer(customer, async work =>
            {
                foreach (var row in await ReceiptsViews.Range(work, customer, log.Generation, from, end))
                {
                    row.ToReceipt(await secrets.Get(work, customer, row.SecretVersion)).WriteTo(buffer);
                    buffer.Write("\n"u8);
                }

                return true;
            }, cancel);
            await file.WriteAsync(buffer.WrittenMemory, cancel);
            buffer.ResetWrittenCount();
            progress?.Invoke(end, size);
        }
    }

    private static Task WriteText(DirectoryInfo to, string path, string text) => Write(to, path, System.Text.Encoding.UTF8.GetBytes(text));

    private static async Task Write(DirectoryInfo to, string path, ReadOnlyMemory<byte> bytes)
    {
        var file = new FileInfo(Path.Combine(to.FullName, path));
        file.Directory!.Create();
        await File.WriteAllBytesAsync(file.FullName, bytes.ToArray());
    }
}
