using System.Numerics;

namespace Cairn.MerkleLog;

/// <summary>
/// Proofs and roots made from tiles. Each pair is a question (which tiles?) and a pure function over the
/// answers, so that the caller may fetch the tiles from wherever it likes, asynchronously. Partial tiles are
/// named with the width that the size of the tree gives.
/// </summary>
public static class TileProofs
{
    /// <summary>The tiles that <see cref="Inclusion"/> needs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not inside the tree.</exception>
    public static IReadOnlyList<TileAddress> ForInclusion(long index, long size) => TilesFor(InclusionRanges(index, size), size);

    /// <summary>The RFC 6962 audit path of the leaf, sibling of the leaf first.</summary>
    /// <exception cref="ArgumentException">A needed tile is absent or has another length than its address says.</exception>
    public static Hash256[] Inclusion(long index, long size, IReadOnlyDictionary<TileAddress, ReadOnlyMemory<byte>> tiles) =>
        Roots(InclusionRanges(index, size), size, tiles);

    /// <summary>The tiles (of the larger tree) that <see cref="Consistency"/> needs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The first size is negative or above the second.</exception>
    public static IReadOnlyList<TileAddress> ForConsistency(long first, long second) => TilesFor(ConsistencyRanges(first, second), second);

    /// <summary>The RFC 6962 consistency proof; empty when the first tree is empty or the sizes are equal.</summary>
    /// <exception cref="ArgumentException">A needed tile is absent or has another length than its address says.</exception>
    public static Hash256[] Consistency(long first, long second, IReadOnlyDictionary<TileAddress, ReadOnlyMemory<byte>> tiles) =>
        Roots(ConsistencyRanges(first, second), second, tiles);

    /// <summary>The tiles that <see cref="Root"/> needs.</summary>
    public static IReadOnlyList<TileAddress> ForRoot(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? [] : TilesFor([new LeafRange(0, size)], size);
    }

    /// <summary>The root of the whole tree.</summary>
    /// <exception cref="ArgumentException">A needed tile is absent or has another length than its address says.</exception>
    public static Hash256 Root(long size, IReadOnlyDictionary<TileAddress, ReadOnlyMemory<byte>> tiles)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? MerkleTree.EmptyRoot : RangeRoot(new LeafRange(0, size), size, tiles);
    }

    // PATH(m, D[n]) of RFC 6962 §2.1.1 as ranges of leaves, walked from the root down and then turned round.
    private static List<LeafRange> InclusionRanges(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var ranges = new List<LeafRange>();
        var within = new LeafRange(0, size);
        while (within.Count > 1)
        {
            var middle = within.Split();
            var goesLeft = index < middle;
            ranges.Add(goesLeft ? within with { Start = middle } : within with { End = middle });
            within = goesLeft ? within with { End = middle } : within with { Start = middle };
        }

        ranges.Reverse();
        return ranges;
    }

    // PROOF(m, D[n]) of RFC 6962 §2.1.2. While only left turns were taken, the old tree is known to the
    // verifier as a whole and its root is left out of the proof.
    private static List<LeafRange> ConsistencyRanges(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var ranges = new List<LeafRange>();
        if (first == 0)
        {
            return ranges;
        }

        var within = new LeafRange(0, second);
        while (within.End != first)
        {
            var middle = within.Split();
            var goesLeft = first <= middle;
            ranges.Add(goesLeft ? within with { Start = middle } : within with { End = middle });
            within = goesLeft ? within with { End = middle } : within with { Start = middle };
        }

        if (within.Start > 0)
        {
            ranges.Add(within);
        }

        ranges.Reverse();
        return ranges;
    }

    private static IReadOnlyList<TileAddress> TilesFor(List<LeafRange> ranges, long size) =>
        [.. ranges.SelectMany(range => range.Subtrees()).Select(subtree => subtree.Tile(size)).Distinct()];

    private static Hash256[] Roots(List<LeafRange> ranges, long size, IReadOnlyDictionary<TileAddress, ReadOnlyMemory<byte>> tiles) =>
        [.. ranges.Select(range => RangeRoot(range, size, tiles))];

    // A range is a complete subtree or, at the right edge of the tree, a few of falling size: fold from the right.
    private static Hash256 RangeRoot(LeafRange range, long size, IReadOnlyDictionary<TileAddress, ReadOnlyMemory<byte>> tiles)
    {
        Hash256? root = null;
        foreach (var subtree in range.Subtrees().AsEnumerable().Reverse())
        {
            var left = SubtreeRoot(subtree, size, tiles);
            root = root is { } right ? MerkleTree.NodeHash(in left, in right) : left;
        }

        return root ?? MerkleTree.EmptyRoot;
    }

    private static Hash256 SubtreeRoot(Subtree subtree, long size, IReadOnlyDictionary<TileAddress, ReadOnlyMemory<byte>> tiles)
    {
        var address = subtree.Tile(size);
        if (!tiles.TryGetValue(address, out var tile))
        {
            throw new ArgumentException($"The tile {address.Path} is needed and was not given.", nameof(tiles));
        }

        if (tile.Length != address.Width * Hash256.Size)
        {
            throw new ArgumentException($"The tile {address.Path} has {tile.Length} bytes instead of {address.Width * Hash256.Size}.", nameof(tiles));
        }

        var (start, count) = subtree.HashesInTile();
        return MerkleTree.Root(Tiles.Hashes(tile.Span).Slice(start, count));
    }

    /// <summary>Leaves from Start (aligned to a power of two that holds the range) up to and without End.</summary>
    private readonly record struct LeafRange(long Start, long End)
    {
        public long Count => End - Start;

        public long Split() => Start + (1L << BitOperations.Log2((ulong)Count - 1));

        public List<Subtree> Subtrees()
        {
            var subtrees = new List<Subtree>();
            for (var at = Start; at < End;)
            {
                var height = BitOperations.Log2((ulong)(End - at));
                subtrees.Add(new Subtree(height, at >> height));
                at += 1L << height;
            }

            return subtrees;
        }
    }

    /// <summary>The complete subtree over the leaves Index·2^Height up to (Index+1)·2^Height.</summary>
    private readonly record struct Subtree(int Height, long Index)
    {
        private int Rows => Height % Tiles.LevelsPerTile;

        public TileAddress Tile(long size) => Tiles.At(Height / Tiles.LevelsPerTile, (Index << Rows) / TileAddress.FullWidth, size);

        // A subtree of up to 128 hashes starts at a multiple of its own length, so it never crosses a tile.
        public (int Start, int Count) HashesInTile() => ((int)((Index << Rows) % TileAddress.FullWidth), 1 << Rows);
    }
}
