namespace Cairn.MerkleLog.Tests;

/// <summary>RFC 6962 §2.1 word for word, slow and plain: what the quick code is compared with.</summary>
internal static class NaiveTree
{
    public static Hash256 Root(ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.IsEmpty ? Hash256.OfData([]) : leaves[0];
        }

        var split = Split(leaves.Length);
        return Node(Root(leaves[..split]), Root(leaves[split..]));
    }

    public static List<Hash256> Path(int index, ReadOnlySpan<Hash256> leaves)
    {
        if (leaves.Length == 1)
        {
            return [];
        }

        var split = Split(leaves.Length);
        return index < split
            ? [.. Path(index, leaves[..split]), Root(leaves[split..])]
            : [.. Path(index - split, leaves[split..]), Root(leaves[..split])];
    }

    public static List<Hash256> Consistency(int first, ReadOnlySpan<Hash256> leaves) => first == 0 ? [] : SubProof(first, leaves, isWhole: true);

    private static List<Hash256> SubProof(int first, ReadOnlySpan<Hash256> leaves, bool isWhole)
    {
        if (first == leaves.Length)
        {
            return isWhole ? [] : [Root(leaves)];
        }

        var split = Split(leaves.Length);
        return first <= split
            ? [.. SubProof(first, leaves[..split], isWhole), Root(leaves[split..])]
            : [.. SubProof(first - split, leaves[split..], isWhole: false), Root(leaves[..split])];
    }

    private static int Split(int count)
    {
        var split = 1;
        while (split * 2 < count)
        {
            split *= 2;
        }

        return split;
    }

    private static Hash256 Node(Hash256 left, Hash256 right) => Hash256.OfData([1, .. left.ToArray(), .. right.ToArray()]);
}
