using System.Numerics;

namespace Cairn.MerkleLog;

/// <summary>Checks of RFC 9162 §2.1.3.2 and §2.1.4.2. Every argument may be hostile; nothing is thrown.</summary>
public static class Proofs
{
    /// <summary>Whether the path shows that the leaf is at this index of the tree of this size and root.</summary>
    public static bool VerifyInclusion(long index, long size, in Hash256 leaf, ReadOnlySpan<Hash256> path, in Hash256 root)
    {
        if (index < 0 || index >= size)
        {
            return false;
        }

        var (at, last, node) = (index, size - 1, leaf);
        foreach (ref readonly var sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                node = MerkleTree.NodeHash(in sibling, in node);
                SkipLeftEdges(ref at, ref last);
            }
            else
            {
                node = MerkleTree.NodeHash(in node, in sibling);
            }

            at >>= 1;
            last >>= 1;
        }

        return last == 0 && node == root;
    }

    /// <summary>
    /// Whether the path shows that the second tree only appended to the first. Equal sizes need equal roots
    /// and no path; a first tree without leaves needs the empty root and no path.
    /// </summary>
    public static bool VerifyConsistency(long first, long second, in Hash256 firstRoot, in Hash256 secondRoot, ReadOnlySpan<Hash256> path)
    {
        if (first < 0 || first > second)
        {
            return false;
        }

        if (first == second || first == 0)
        {
            return path.IsEmpty && (first == second ? firstRoot == secondRoot : firstRoot == MerkleTree.EmptyRoot);
        }

        // Where the first size is a power of two its root is itself the first node, and the proof leaves it out.
        var startsAtRoot = BitOperations.IsPow2(first);
        if (path.IsEmpty)
        {
            return false;
        }

        var (at, last) = (first - 1, second - 1);
        var trailing = BitOperations.TrailingZeroCount(~at);
        at >>= trailing;
        last >>= trailing;
        var old = startsAtRoot ? firstRoot : path[0];
        return Climb(at, last, old, startsAtRoot ? path : path[1..], in firstRoot, in secondRoot);
    }

    private static bool Climb(long at, long last, Hash256 start, ReadOnlySpan<Hash256> path, in Hash256 firstRoot, in Hash256 secondRoot)
    {
        var (oldNode, newNode) = (start, start);
        foreach (ref readonly var sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((at & 1) == 1 || at == last)
            {
                oldNode = MerkleTree.NodeHash(in sibling, in oldNode);
                newNode = MerkleTree.NodeHash(in sibling, in newNode);
                SkipLeftEdges(ref at, ref last);
            }
            else
            {
                newNode = MerkleTree.NodeHash(in newNode, in sibling);
            }

            at >>= 1;
            last >>= 1;
        }

        return last == 0 && oldNode == firstRoot && newNode == secondRoot;
    }

    // At the right edge of the tree a node may be carried up several levels without a sibling.
    private static void SkipLeftEdges(ref long at, ref long last)
    {
        while ((at & 1) == 0 && at != 0)
        {
            at >>= 1;
            last >>= 1;
        }
    }
}
