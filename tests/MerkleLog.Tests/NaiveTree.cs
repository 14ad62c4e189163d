namespace Cairn.MerkleLog.Tests;

/// <summary>
/// RFC 6962 §2.1 word for word: what the quick code is compared with. Roots of ranges are remembered, because
/// the tests ask for every size over the same leaves.
/// </summary>
internal sealed class NaiveTree(Hash256[] leaves)
{
    private readonly Dictionary<(int Start, int Count), Hash256> _roots = [];

    public Hash256[] Leaves => leaves;

    public static NaiveTree Of(int count) => new(Some.Leaves(count));

    public Hash256 Root(int size) => Root(0, size);

    public Hash256[] Path(int index, int size) => [.. Path(index, 0, size)];

    public Hash256[] Consistency(int first, int size) => first == 0 ? [] : [.. SubProof(first, 0, size, isWhole: true)];

    private Hash256 Root(int start, int count)
    {
        if (count < 2)
        {
            return count == 0 ? Hash256.OfData([]) : leaves[start];
        }

        if (!_roots.TryGetValue((start, count), out var root))
        {
            var split = Split(count);
            root = Hash256.OfData([1, .. Root(start, split).ToArray(), .. Root(start + split, count - split).ToArray()]);
            _roots[(start, count)] = root;
        }

        return root;
    }

    private List<Hash256> Path(int index, int start, int count)
    {
        if (count == 1)
        {
            return [];
        }

        var split = Split(count);
        return index < split
            ? [.. Path(index, start, split), Root(start + split, count - split)]
            : [.. Path(index - split, start + split, count - split), Root(start, split)];
    }

    private List<Hash256> SubProof(int first, int start, int count, bool isWhole)
    {
        if (first == count)
        {
            return isWhole ? [] : [Root(start, count)];
        }

        var split = Split(count);
        return first <= split
            ? [.. SubProof(first, start, split, isWhole), Root(start + split, count - split)]
            : [.. SubProof(first - split, start + split, count - split, isWhole: false), Root(start, split)];
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
}
