using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>Collects hashes into tiles of 256; the root of a complete tile is the next hash one level up.</summary>
internal sealed class TileBuilder
{
    /// <summary>Hashes in a complete tile, and the base of the tile numbering.</summary>
    public const int Width = 256;

    private readonly List<byte[]> open = [];
    private readonly List<(long Index, int Count)> counts = [];

    /// <summary>The tiles that became complete, in the order in which they did.</summary>
    public List<CompleteTile> Complete { get; } = [];

    /// <summary>Takes up where a tree of <paramref name="size"/> leaves stands: the open tile of each level comes from the entries and from the roots below.</summary>
    public static async Task<TileBuilder> Resume(DbWork work, CustomerId customer, short generation, long size)
    {
        var builder = new TileBuilder();
        var first = size - (size % Width);
        builder.Open(first / Width, (await ReceiptsStore.Leaves(work, customer, generation, first, size))
            .Select(leaf => LeafEntry.Hash(leaf.Kind, Hash256.From(leaf.TextHash)).ToArray()));
        var level = 1;
        for (var count = size / Width; count > 0; count /= Width, level++)
        {
            var from = count - (count % Width);
            builder.Open(from / Width, await ReceiptsStore.TileRoots(work, customer, generation, level - 1, from, count));
        }

        return builder;
    }

    public void Add(Hash256 hash)
    {
        for (var level = 0; ; level++)
        {
            if (level == open.Count)
            {
                Open(0, []);
            }

            var (index, count) = counts[level];
            hash.CopyTo(open[level].AsSpan(count * Hash256.Size));
            if (count + 1 < Width)
            {
                counts[level] = (index, count + 1);
                return;
            }

            hash = Tiles.TileRoot(open[level]);
            Complete.Add(new CompleteTile(level, index, hash, open[level]));
            open[level] = new byte[Width * Hash256.Size];
            counts[level] = (index + 1, 0);
        }
    }

    private void Open(long index, IEnumerable<byte[]> hashes)
    {
        var tile = new byte[Width * Hash256.Size];
        var count = 0;
        foreach (var hash in hashes)
        {
            hash.CopyTo(tile, count++ * Hash256.Size);
        }

        open.Add(tile);
        counts.Add((index, count));
    }
}
