using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Receipts;

/// <summary>What is published of the logs: signing keys, checkpoints, complete tiles, and the results of re-verification.</summary>
internal static class ReceiptsStore
{
    /// <summary>The last checkpoint signed for a log, and the peaks of its tree.</summary>
    internal sealed record Publication(long Size, byte[] Frontier, string Note, DateTimeOffset SignedAt, DateTimeOffset ArchivedAt);

    /// <summary>A log as its readers see it.</summary>
    internal sealed record Log(short Generation, string Origin, long Size);

    /// <summary>A leaf that is not yet in a published tree.</summary>
    internal sealed record Leaf(string Kind, byte[] TextHash);

    public static Task<Log> OpenLog(DbWork work, CustomerId customer) => work.Single<Log>(
        "select generation, origin, size from ledger_heads where customer_id = @customer and closed_at is null",
        new { customer = customer.Value });

    /// <summary>Every open log that has grown since its last checkpoint, or has none.</summary>
    public static Task<IReadOnlyList<Guid>> Unpublished(DbWork work) => work.List<Guid>(
        """
        select h.customer_id from ledger_heads h
        left join receipts_publications p on p.customer_id = h.customer_id and p.generation = h.generation
        where h.closed_at is null and p.size is distinct from h.size
        """);

    public static Task<IReadOnlyList<Guid>> AllLogs(DbWork work) => work.List<Guid>("select customer_id from ledger_heads where closed_at is null order by customer_id");

    /// <summary>Makes sure the row exists, then takes it, so that no two servers publish the same log at once.</summary>
    public static async Task<Publication> LockPublication(DbWork work, CustomerId customer, short generation)
    {
        var key = new { customer = customer.Value, generation, none = Array.Empty<byte>() };
        await work.Execute(
            """
            insert into receipts_publications (customer_id, generation, size, frontier, note, signed_at, archived_at)
            values (@customer, @generation, -1, @none, '', '-infinity', '-infinity') on conflict do nothing
            """,
            key);
        return await work.Single<Publication>(
            """
            select size, frontier, note,
                   case when size < 0 then to_timestamp(0) else signed_at end as signed_at,
                   case when size < 0 then to_timestamp(0) else archived_at end as archived_at
            from receipts_publications where customer_id = @customer and generation = @generation for update
            """,
            key);
    }

    public static Task<Publication?> Published(DbWork work, CustomerId customer, short generation) => work.Maybe<Publication>(
        "select size, frontier, note, signed_at, archived_at from receipts_publications where customer_id = @customer and generation = @generation and size >= 0",
        new { customer = customer.Value, generation });

    public static async Task SavePublication(DbWork work, CustomerId customer, short generation, Publication publication, bool archive)
    {
        var row = new
        {
            customer = customer.Value,
            generation,
            publication.Size,
            publication.Frontier,
            publication.Note,
            publication.SignedAt,
            publication.ArchivedAt,
        };
        await work.Execute(
            """
            update receipts_publications set size = @Size, frontier = @Frontier, note = @Note, signed_at = @SignedAt, archived_at = @ArchivedAt
            where customer_id = @customer and generation = @generation
            """,
            row);
        if (archive)
        {
            await work.Execute(
                """
                insert into receipts_checkpoints (customer_id, generation, size, note, signed_at)
                values (@customer, @generation, @Size, @Note, @SignedAt) on conflict do nothing
                """,
                row);
        }
    }

    public static Task<IReadOnlyList<string>> ArchivedNotes(DbWork work, CustomerId customer, short generation) => work.List<string>(
        "select note from receipts_checkpoints where customer_id = @customer and generation = @generation order by size",
        new { customer = customer.Value, generation });

    public static Task<IReadOnlyList<Leaf>> Leaves(DbWork work, CustomerId customer, short generation, long from, long to) => work.List<Leaf>(
        """
        select kind, text_hash from ledger_entries
        where customer_id = @customer and generation = @generation and log_index >= @from and log_index < @to order by log_index
        """,
        new { customer = customer.Value, generation, from, to });

    public static Task<IReadOnlyList<byte[]>> TileRoots(DbWork work, CustomerId customer, short generation, int level, long from, long to) => work.List<byte[]>(
        """
        select root from receipts_tiles
        where customer_id = @customer and generation = @generation and level = @level and tile_index >= @from and tile_index < @to order by tile_index
        """,
        new { customer = customer.Value, generation, level = (short)level, from, to });

    public static Task<byte[]?> Tile(DbWork work, CustomerId customer, short generation, int level, long index) => work.Maybe<byte[]>(
        "select hashes from receipts_tiles where customer_id = @customer and generation = @generation and level = @level and tile_index = @index",
        new { customer = customer.Value, generation, level = (short)level, index });

    public static Task AddTiles(DbWork work, CustomerId customer, short generation, IReadOnlyList<CompleteTile> tiles) => tiles.Count == 0
        ? Task.CompletedTask
        : work.Execute(
            """
            insert into receipts_tiles (customer_id, generation, level, tile_index, root, hashes)
            select @customer, @generation, t.level, t.tile_index, t.root, t.hashes
            from unnest(@levels, @indexes, @roots, @hashes) t(level, tile_index, root, hashes)
            """,
            new
            {
                customer = customer.Value,
                generation,
                levels = tiles.Select(tile => (short)tile.Level).ToArray(),
                indexes = tiles.Select(tile => tile.Index).ToArray(),
                roots = tiles.Select(tile => tile.Root.ToArray()).ToArray(),
                hashes = tiles.Select(tile => tile.Hashes).ToArray(),
            });

    /// <summary>Nulls what a receipt can be guessed from. False when that was done before.</summary>
    public static async Task<bool> Erase(DbWork work, CustomerId customer, short generation, long index, Instant now) => await work.Execute(
        """
        update ledger_entries set data = null, data_raw = null, salt = null, erased_at = @now
        where customer_id = @customer and generation = @generation and log_index = @index and erased_at is null
        """,
        new { customer = customer.Value, generation, index, now = now.ToDateTimeOffset() }) == 1;

    public static Task<(byte[] PublicKey, byte[] SealedSeed)> SigningKey(DbWork work) =>
        work.Single<(byte[], byte[])>("select public_key, sealed_seed from receipts_signing_keys order by key_number desc limit 1");

    public static Task AddSigningKey(DbWork work, byte[] publicKey, byte[] sealedSeed, Instant now) => work.Execute(
        "insert into receipts_signing_keys (key_number, public_key, sealed_seed, created_at) values (1, @publicKey, @sealedSeed, @now) on conflict do nothing",
        new { publicKey, sealedSeed, now = now.ToDateTimeOffset() });

    public static Task AddVerification(DbWork work, CustomerId customer, short generation, long verifiedTo, Instant started, Instant finished, string faults) => work.Execute(
        """
        insert into receipts_verifications (customer_id, generation, verified_to, started_at, finished_at, faults)
        values (@customer, @generation, @verifiedTo, @started, @finished, @faults::jsonb) on conflict do nothing
        """,
        new { customer = customer.Value, generation, verifiedTo, started = started.ToDateTimeOffset(), finished = finished.ToDateTimeOffset(), faults });
}

/// <summary>A tile of 256 hashes and the root over them.</summary>
internal sealed record CompleteTile(int Level, long Index, Hash256 Root, byte[] Hashes);
