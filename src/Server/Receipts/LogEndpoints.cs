using System.Buffers;
using Cairn.Domain.Foundation;
using Cairn.Domain.Receipts;
using Cairn.MerkleLog;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>The static part of a customer's log, laid out as c2sp.org/tlog-tiles says, so that tools written by others can read and watch it.</summary>
internal static class LogEndpoints
{
    private const string Immutable = "private, max-age=31536000, immutable";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var log = routes.MapGroup("/v1/customers/{customer}/log").WithTags("Log").RequirePolicy(Policies.ReadRecords);
        log.MapGet("/checkpoint", Checkpoint)
            .WithName("GetCheckpoint").WithSummary("The signed checkpoint of the log")
            .WithDescription("A signed note (c2sp.org/tlog-checkpoint): origin, size, root, Ed25519 signature. It covers an acknowledged event within a second.")
            .Produces<string>(contentType: "text/plain").Refuses(404);
        log.MapGet("/vkey", VKey)
            .WithName("GetVerifierKey").WithSummary("The log's verifier key")
            .WithDescription("Keep it outside this installation: with it, checkpoints and proofs are verified offline.")
            .Produces<string>(contentType: "text/plain").Refuses(404);
        log.MapGet("/tile/{**path}", Tile)
            .TakesPath("path", "The address of the tile, as the description says.")
            .WithName("GetTile").WithSummary("A tile of the log")
            .WithDescription("`{level}/{index}` or `entries/{index}`, index in groups of three digits (x001/067), `.p/{width}` for a partial tile.")
            .Produces<byte[]>(contentType: "application/octet-stream").Refuses(404);
    }

    private static Task Checkpoint(HttpContext context, LogPublisher publisher, Database database) =>
        ReceiptsEndpoints.WithCustomer(context, async customer =>
        {
            var published = await Published(database, publisher, customer, context.RequestAborted);
            context.Response.ContentType = "text/plain; charset=utf-8";
            context.Response.Headers.CacheControl = "private, max-age=1";
            await context.Response.WriteAsync(published.Note, context.RequestAborted);
            return null;
        });

    private static Task VKey(HttpContext context, SigningKeys keys, Database database) =>
        ReceiptsEndpoints.WithCustomer(context, async customer =>
        {
            await WriteText(context, await Key(database, keys, customer, context.RequestAborted));
            return null;
        });

    /// <summary>The verifier key of the customer's open log, as a line.</summary>
    internal static Task<string> Key(Database database, SigningKeys keys, CustomerId customer, CancellationToken cancel) => database.ForCustomer(
        customer, async work => await keys.VerifierKey(work, (await ReceiptsStore.OpenLog(work, customer)).Origin) + "\n", cancel);

    internal static Task WriteText(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static Task Tile(HttpContext context, string path, LogPublisher publisher, Database database) =>
        ReceiptsEndpoints.WithCustomer(context, async customer =>
        {
            var published = await Published(database, publisher, customer, context.RequestAborted);
            var body = await database.ForCustomer(customer, work => Body(work, customer, path, published.Size), context.RequestAborted);
            if (body is not { } bytes)
            {
                return ReceiptsProblems.TileNotFound(path, published.Size);
            }

            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = bytes.Length;
            context.Response.Headers.CacheControl = Immutable;
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            return null;
        });

    /// <summary>The bytes of a tile that the published tree has in full; a tile beyond it is not there yet.</summary>
    internal static async Task<ReadOnlyMemory<byte>?> Body(DbWork work, CustomerId customer, string path, long size)
    {
        var log = await ReceiptsStore.OpenLog(work, customer);
        const string entries = "entries/";
        if (path.StartsWith(entries, StringComparison.Ordinal))
        {
            return TileAddress.TryParseEntries(path, out var bundle) && Fits(bundle, size)
                ? await Entries(work, customer, log.Generation, bundle)
                : null;
        }

        return TileAddress.TryParse(path, out var tile) && Fits(tile, size)
            ? await TileReader.Fetch(work, customer, log.Generation, tile)
            : null;
    }

    /// <summary>Leaf bytes, each with its length in front.</summary>
    private static async Task<ReadOnlyMemory<byte>?> Entries(DbWork work, CustomerId customer, short generation, TileAddress bundle)
    {
        var from = bundle.Index * TileAddress.FullWidth;
        var leaves = await ReceiptsStore.Leaves(work, customer, generation, from, from + bundle.Width);
        var to = new ArrayBufferWriter<byte>();
        EntriesTile.Write(to, leaves.Select(leaf => (ReadOnlyMemory<byte>)LeafEntry.Write(leaf.Kind, Hash256.From(leaf.TextHash))));
        return to.WrittenMemory;
    }

    private static bool Fits(TileAddress tile, long size)
    {
        // At level l a hash covers 256^l leaves; shifting by more than 63 would wrap around.
        var shift = 8 * tile.Level;
        var hashes = shift > 62 ? 0 : size >> shift;
        return tile.Index <= (hashes - tile.Width) / TileAddress.FullWidth && (tile.Index * TileAddress.FullWidth) + tile.Width <= hashes;
    }

    private static async Task<ReceiptsStore.Publication> Published(Database database, LogPublisher publisher, CustomerId customer, CancellationToken cancel) =>
        await database.ForCustomer(customer, async work => await ReceiptsStore.Published(work, customer, (await ReceiptsStore.OpenLog(work, customer)).Generation), cancel)
        ?? await publisher.Publish(customer, cancel);
}
