using System.Numerics;

namespace Cairn.MerkleLog;

/// <summary>
/// What must be remembered of a tree to append to it: the roots of its complete subtrees from the largest to
/// the smallest, one for each set bit of the size (a "compact range" from zero). At most 63 hashes for any
/// tree. Not safe for use by several threads at once.
/// </summary>
public sealed class Frontier
{
    // _peaks[level] is the root of a complete subtree of 2^level leaves where bit `level` of Size is set;
    // other slots hold leftovers that nothing reads.
    private readonly Hash256[] _peaks = new Hash256[63];

    /// <summary>The number of leaves appended so far.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a leaf hash as the last leaf.</summary>
    public void Append(in Hash256 leaf)
    {
        var node = leaf;
        var level = 0;
        for (; (Size >> level & 1) == 1; level++)
        {
            node = MerkleTree.NodeHash(in _peaks[level], in node);
        }

        _peaks[level] = node;
        Size++;
    }

    /// <summary>The RFC 6962 root of all leaves appended so far.</summary>
    public Hash256 Root()
    {
        if (Size == 0)
        {
            return MerkleTree.EmptyRoot;
        }

        var level = BitOperations.TrailingZeroCount(Size);
        var root = _peaks[level];
        for (level++; level < _peaks.Length; level++)
        {
            if ((Size >> level & 1) == 1)
            {
                root = MerkleTree.NodeHash(in _peaks[level], in root);
            }
        }

        return root;
    }

    /// <summary>The peaks, largest subtree first, 32 bytes each. Empty for an empty tree.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[BitOperations.PopCount((ulong)Size) * Hash256.Size];
        var at = 0;
        for (var level = _peaks.Length - 1; level >= 0; level--)
        {
            if ((Size >> level & 1) == 1)
            {
                _peaks[level].CopyTo(bytes.AsSpan(at));
                at += Hash256.Size;
            }
        }

        return bytes;
    }

    /// <summary>The frontier that <see cref="ToBytes"/> wrote for a tree of <paramref name="size"/> leaves.</summary>
    /// <exception cref="FormatException">The number of peaks does not fit the size.</exception>
    public static Frontier FromBytes(long size, ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (bytes.Length != BitOperations.PopCount((ulong)size) * Hash256.Size)
        {
            throw new FormatException($"A tree of {size} leaves has {BitOperations.PopCount((ulong)size)} peaks of 32 bytes, not {bytes.Length} bytes.");
        }

        var frontier = new Frontier { Size = size };
        for (var level = frontier._peaks.Length - 1; level >= 0; level--)
        {
            if ((size >> level & 1) == 1)
            {
                frontier._peaks[level] = Hash256.From(bytes[..Hash256.Size]);
                bytes = bytes[Hash256.Size..];
            }
        }

        return frontier;
    }
}
