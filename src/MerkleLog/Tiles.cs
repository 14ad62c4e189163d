using System.Runtime.InteropServices;

namespace Cairn.MerkleLog;

/// <summary>The tiles of a log as c2sp.org/tlog-tiles lays them out: 256 hashes each, eight tree levels a tile level.</summary>
public static class Tiles
{
    internal const int LevelsPerTile = 8;

    /// <summary>
    /// Every tile that a checkpoint of this size needs, full ones before the partial one, level by level.
    /// A tree without leaves needs none.
    /// </summary>
    public static IEnumerable<TileAddress> Covering(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        for (int level = 0; size > 0; level++, size >>= LevelsPerTile)
        {
            for (long index = 0; index < size / TileAddress.FullWidth; index++)
            {
                yield return new TileAddress(level, index, TileAddress.FullWidth);
            }

            var rest = (int)(size % TileAddress.FullWidth);
            if (rest > 0)
            {
                yield return new TileAddress(level, size / TileAddress.FullWidth, rest);
            }
        }
    }

    /// <summary>The tile at this level and index as a tree of <paramref name="size"/> leaves has it: full, or of the width that the size gives.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such tile.</exception>
    public static TileAddress At(int level, long index, long size)
    {
        var hashes = level < LevelsPerTile ? size >> (LevelsPerTile * level) : 0;
        var width = Math.Min(TileAddress.FullWidth, hashes - (index * TileAddress.FullWidth));
        return width > 0
            ? new TileAddress(level, index, (int)width)
            : throw new ArgumentOutOfRangeException(nameof(index), $"A tree of {size} leaves has no tile {index} at level {level}.");
    }

    /// <summary>The root over the 1 to 256 hashes of a tile: of a full tile, the hash that the next level stores for it.</summary>
    /// <exception cref="FormatException">Not 1 to 256 hashes of 32 bytes.</exception>
    public static Hash256 TileRoot(ReadOnlySpan<byte> tileHashes) => MerkleTree.Root(Hashes(tileHashes));

    internal static ReadOnlySpan<Hash256> Hashes(ReadOnlySpan<byte> tile) =>
        tile.Length % Hash256.Size == 0 && tile.Length is > 0 and <= TileAddress.FullWidth * Hash256.Size
            ? MemoryMarshal.Cast<byte, Hash256>(tile)
            : throw new FormatException($"A tile holds 1 to 256 hashes of 32 bytes, not {tile.Length} bytes.");
}
