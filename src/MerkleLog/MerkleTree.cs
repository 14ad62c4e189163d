using System.Numerics;
using System.Security.Cryptography;

namespace Cairn.MerkleLog;

/// <summary>
/// The hashes of RFC 6962 §2.1: a leaf is SHA-256(00 ‖ entry), a node SHA-256(01 ‖ left ‖ right), and a tree
/// splits at the largest power of two below its size.
/// </summary>
public static class MerkleTree
{
    private const byte LeafPrefix = 0;
    private const byte NodePrefix = 1;
    private const int StackLimit = 512;

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static Hash256 EmptyRoot { get; } = Hash256.OfData([]);

    /// <summary>The hash of an entry as a leaf.</summary>
    public static Hash256 LeafHash(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        var prefixed = length <= StackLimit ? stackalloc byte[length] : new byte[length];
        prefixed[0] = LeafPrefix;
        entry.CopyTo(prefixed[1..]);
        return Hash256.OfData(prefixed);
    }

    /// <summary>The hash of a node over its two children.</summary>
    public static Hash256 NodeHash(in Hash256 left, in Hash256 right)
    {
        Span<byte> prefixed = stackalloc byte[1 + (2 * Hash256.Size)];
        prefixed[0] = NodePrefix;
        left.CopyTo(prefixed[1..]);
        right.CopyTo(prefixed[(1 + Hash256.Size)..]);
        return Hash256.OfData(prefixed);
    }

    /// <summary>The root over leaf hashes (or over the roots of equal, complete subtrees), in order.</summary>
    public static Hash256 Root(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.IsEmpty ? EmptyRoot : leaves[0];
        }

        var split = 1 << BitOperations.Log2((uint)leaves.Length - 1);
        return NodeHash(Root(leaves[..split]), Root(leaves[split..]));
    }
}
