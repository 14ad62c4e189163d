using FsCheck;
using FsCheck.Fluent;

namespace Cairn.MerkleLog.Tests;

public sealed class TreeTests
{
    private const int SmallSizes = 300;

    [Fact]
    public void Leaves_and_nodes_are_hashed_with_the_prefixes_of_RFC_6962()
    {
        MerkleTree.EmptyRoot.ToHex().ShouldBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        MerkleTree.LeafHash([]).ToHex().ShouldBe("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        var (left, right) = (Some.Leaf(1), Some.Leaf(2));
        MerkleTree.NodeHash(left, right).ShouldBe(Hash256.OfData([1, .. left.ToArray(), .. right.ToArray()]));
    }

    [Fact]
    public void A_long_entry_is_hashed_like_a_short_one()
    {
        var entry = new byte[5000];
        MerkleTree.LeafHash(entry).ShouldBe(Hash256.OfData([0, .. entry]));
    }

    [Fact]
    public void The_frontier_has_the_root_of_every_size_and_survives_its_bytes()
    {
        var naive = NaiveTree.Of(SmallSizes);
        var leaves = naive.Leaves;
        var frontier = new Frontier();
        for (var size = 0; size <= SmallSizes; size++)
        {
            frontier.Size.ShouldBe(size);
            frontier.Root().ShouldBe(naive.Root(size));
            MerkleTree.Root(leaves.AsSpan(0, size)).ShouldBe(frontier.Root());
            frontier = Frontier.FromBytes(size, frontier.ToBytes());
            if (size < SmallSizes)
            {
                frontier.Append(leaves[size]);
            }
        }
    }

    [Fact]
    public void A_frontier_with_a_wrong_number_of_peaks_is_refused() =>
        Should.Throw<FormatException>(() => Frontier.FromBytes(3, new byte[32])).Message.ShouldContain("2 peaks");

    [Fact]
    public void Every_leaf_of_every_small_tree_is_proven_and_by_its_own_path_alone()
    {
        var naive = NaiveTree.Of(SmallSizes);
        for (var size = 1; size <= SmallSizes; size++)
        {
            var root = naive.Root(size);
            for (var index = 0; index < size; index++)
            {
                var path = naive.Path(index, size);
                var isProven = Proofs.VerifyInclusion(index, size, naive.Leaves[index], path, root);
                var isProvenElsewhere = Proofs.VerifyInclusion(index + 1, size, naive.Leaves[index], path, root);
                (isProven, isProvenElsewhere).ShouldBe((true, false));
            }
        }
    }

    [Fact]
    public void Any_flipped_bit_breaks_an_inclusion_proof() => Prop.ForAll(
        Gen.Choose(2, 400).SelectMany(size => Gen.Choose(0, size - 1).SelectMany(index => Gen.Choose(0, 1 << 20).Select(bit => (size, index, bit)))).ToArbitrary(),
        sample =>
        {
            var (size, index, bit) = sample;
            var naive = NaiveTree.Of(size);
            var leaves = naive.Leaves;
            var path = naive.Path(index, size);
            var root = MerkleTree.Root(leaves);
            var all = new[] { leaves[index], root }.Concat(path).ToArray();
            all[bit / 256 % all.Length] = Flip(all[bit / 256 % all.Length], bit % 256);
            return Proofs.VerifyInclusion(index, size, leaves[index], path, root)
                && !Proofs.VerifyInclusion(index, size, all[0], all[2..], all[1])
                && !Proofs.VerifyInclusion(index, size, leaves[index], [.. path, root], root)
                && !Proofs.VerifyInclusion(index, size, leaves[index], path[1..], root);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void All_pairs_of_small_sizes_are_consistent_and_no_altered_pair_is()
    {
        const int Largest = 130;
        var naive = NaiveTree.Of(Largest);
        for (var second = 0; second <= Largest; second++)
        {
            var secondRoot = naive.Root(second);
            for (var first = 0; first <= second; first++)
            {
                var firstRoot = naive.Root(first);
                var path = naive.Consistency(first, second);
                Proofs.VerifyConsistency(first, second, firstRoot, secondRoot, path).ShouldBeTrue($"{first} to {second}");
                Proofs.VerifyConsistency(first, second, Flip(firstRoot, 9), secondRoot, path).ShouldBeFalse();
                Proofs.VerifyConsistency(first, second, firstRoot, secondRoot, [.. path, secondRoot]).ShouldBeFalse();
                if (first > 0)
                {
                    Proofs.VerifyConsistency(first, second, firstRoot, Flip(secondRoot, 9), path).ShouldBeFalse();
                }

                if (path.Length > 0)
                {
                    path[^1] = Flip(path[^1], 200);
                    Proofs.VerifyConsistency(first, second, firstRoot, secondRoot, path).ShouldBeFalse();
                    Proofs.VerifyConsistency(first, second, firstRoot, secondRoot, path.AsSpan(1)).ShouldBeFalse();
                }
            }
        }
    }

    [Fact]
    public void Sizes_that_no_tree_has_are_refused_without_an_exception()
    {
        var root = Some.Leaf(1);
        Proofs.VerifyInclusion(-1, 5, root, [], root).ShouldBeFalse();
        Proofs.VerifyInclusion(0, 0, root, [], root).ShouldBeFalse();
        Proofs.VerifyConsistency(-1, 5, root, root, []).ShouldBeFalse();
        Proofs.VerifyConsistency(6, 5, root, root, []).ShouldBeFalse();
        Proofs.VerifyInclusion(long.MaxValue - 1, long.MaxValue, root, [root], root).ShouldBeFalse();
    }

    [Fact]
    public void Hashes_are_read_back_from_their_texts_and_nothing_else_is()
    {
        var hash = Some.Leaf(1);
        Hash256.FromHex(hash.ToHex()).ShouldBe(hash);
        Hash256.FromBase64(hash.ToBase64()).ShouldBe(hash);
        hash.ToHex().ShouldBe(Convert.ToHexStringLower(hash.ToArray()));
        (hash == Some.Leaf(2)).ShouldBeFalse();
        Should.Throw<FormatException>(() => Hash256.FromHex(hash.ToHex()[1..]));
        Should.Throw<FormatException>(() => Hash256.FromHex(new string('g', 64)));
        Should.Throw<FormatException>(() => Hash256.FromBase64(" " + hash.ToBase64()));
        Should.Throw<ArgumentException>(() => Hash256.From(new byte[31]));
    }

    private static Hash256 Flip(Hash256 hash, int bit)
    {
        var bytes = hash.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return Hash256.From(bytes);
    }
}
