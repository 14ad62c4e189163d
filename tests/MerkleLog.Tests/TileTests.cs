using System.Buffers;

namespace Cairn.MerkleLog.Tests;

public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "0/000")]
    [InlineData(0, 1234067, 256, "0/x001/x234/067")]
    [InlineData(1, 0, 17, "1/000.p/17")]
    [InlineData(0, 273, 112, "0/273.p/112")]
    [InlineData(63, 1000, 1, "63/x001/000.p/1")]
    public void An_address_has_one_path(int level, long index, int width, string path)
    {
        var address = new TileAddress(level, index, width);
        address.Path.ShouldBe(path);
        TileAddress.TryParse(path, out var read).ShouldBeTrue();
        read.ShouldBe(address);
        if (level == 0)
        {
            address.EntriesPath.ShouldBe("entries" + path[1..]);
            TileAddress.TryParseEntries(address.EntriesPath, out read).ShouldBeTrue();
            read.ShouldBe(address);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0/")]
    [InlineData("0/0")]
    [InlineData("0/0000")]
    [InlineData("00/000")]
    [InlineData("64/000")]
    [InlineData("-1/000")]
    [InlineData("0/x000/001")]
    [InlineData("0/001/234")]
    [InlineData("0/x001/x234")]
    [InlineData("0/000.p/0")]
    [InlineData("0/000.p/256")]
    [InlineData("0/000.p/01")]
    [InlineData("0/000.p/")]
    [InlineData("0/000/")]
    [InlineData("0/../000")]
    [InlineData("0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("entries/000")]
    public void Any_other_spelling_is_refused(string path) => TileAddress.TryParse(path, out _).ShouldBeFalse();

    [Fact]
    public void Seventy_thousand_leaves_need_the_tiles_of_the_specification()
    {
        var paths = Tiles.Covering(70_000).Select(tile => tile.Path).ToList();
        paths.Count(path => path.StartsWith("0/", StringComparison.Ordinal) && !path.Contains(".p", StringComparison.Ordinal)).ShouldBe(273);
        paths.ShouldContain("0/272");
        paths.Skip(273).ShouldBe(["0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1"]);
    }

    [Fact]
    public void Small_trees_need_few_tiles()
    {
        Tiles.Covering(256).Select(tile => tile.Path).ShouldBe(["0/000", "1/000.p/1"]);
        Tiles.Covering(1).Select(tile => tile.Path).ShouldBe(["0/000.p/1"]);
        Tiles.Covering(0).ShouldBeEmpty();
    }

    [Fact]
    public void Proofs_and_roots_from_tiles_equal_the_plain_ones_at_small_sizes()
    {
        var naive = NaiveTree.Of(520);
        foreach (var size in Enumerable.Range(1, 40).Concat([127, 128, 129, 255, 256, 257, 300, 511, 512, 513, 520]))
        {
            var tiles = TilesOf(naive.Leaves[..size]);
            TileProofs.Root(size, Only(tiles, TileProofs.ForRoot(size))).ShouldBe(naive.Root(size));
            for (var at = 0; at < size; at++)
            {
                TileProofs.Inclusion(at, size, Only(tiles, TileProofs.ForInclusion(at, size))).SequenceEqual(naive.Path(at, size)).ShouldBeTrue();
                TileProofs.Consistency(at, size, Only(tiles, TileProofs.ForConsistency(at, size))).SequenceEqual(naive.Consistency(at, size)).ShouldBeTrue();
            }
        }
    }

    [Theory]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(70_000)]
    [InlineData(131_333)]
    public void Proofs_from_tiles_hold_in_large_trees(int size)
    {
        var naive = NaiveTree.Of(size);
        var leaves = naive.Leaves;
        var tiles = TilesOf(leaves);
        tiles.Keys.ToHashSet().SetEquals(Tiles.Covering(size)).ShouldBeTrue();
        var root = naive.Root(size);
        TileProofs.Root(size, Only(tiles, TileProofs.ForRoot(size))).ShouldBe(root);
        var random = new Random(size);
        foreach (var at in Enumerable.Range(0, 60).Select(_ => random.Next(size)).Concat([0, 1, 255, 256, 65_533, size - 1]))
        {
            var path = TileProofs.Inclusion(at, size, Only(tiles, TileProofs.ForInclusion(at, size)));
            Proofs.VerifyInclusion(at, size, leaves[at], path, root).ShouldBeTrue();
            var proof = TileProofs.Consistency(at, size, Only(tiles, TileProofs.ForConsistency(at, size)));
            Proofs.VerifyConsistency(at, size, naive.Root(at), root, proof).ShouldBeTrue();
        }
    }

    [Fact]
    public void A_missing_or_short_tile_is_named()
    {
        var none = new Dictionary<TileAddress, ReadOnlyMemory<byte>>();
        Should.Throw<ArgumentException>(() => TileProofs.Inclusion(0, 300, none)).Message.ShouldContain("0/000 is needed");
        var torn = new Dictionary<TileAddress, ReadOnlyMemory<byte>> { [new TileAddress(0, 0, 2)] = new byte[32] };
        Should.Throw<ArgumentException>(() => TileProofs.Inclusion(0, 2, torn)).Message.ShouldContain("32 bytes instead of 64");
        Should.Throw<ArgumentOutOfRangeException>(() => TileProofs.ForInclusion(2, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => TileProofs.ForConsistency(3, 2));
    }

    [Fact]
    public void The_root_of_a_full_tile_is_the_hash_in_the_next_level()
    {
        var leaves = Some.Leaves(512);
        var tiles = TilesOf(leaves);
        Tiles.TileRoot(tiles[new TileAddress(0, 1, 256)].Span).ToArray().ShouldBe(tiles[new TileAddress(1, 0, 2)][32..].ToArray());
        Should.Throw<FormatException>(() => Tiles.TileRoot(new byte[33]));
        Should.Throw<FormatException>(() => Tiles.TileRoot([]));
    }

    [Fact]
    public void Entries_are_read_back_and_a_torn_tile_is_refused()
    {
        var entries = new ReadOnlyMemory<byte>[] { "one"u8.ToArray(), Array.Empty<byte>(), new byte[65_535] };
        var to = new ArrayBufferWriter<byte>();
        EntriesTile.Write(to, entries);
        EntriesTile.Parse(to.WrittenMemory).Select(entry => entry.ToArray()).ShouldBe(entries.Select(entry => entry.ToArray()));
        to.WrittenSpan[..5].ToArray().ShouldBe([0, 3, (byte)'o', (byte)'n', (byte)'e']);
        Should.Throw<FormatException>(() => EntriesTile.Parse(to.WrittenMemory[..^1])).Message.ShouldContain("entry 2");
        Should.Throw<FormatException>(() => EntriesTile.Parse(new byte[1]));
        Should.Throw<ArgumentException>(() => EntriesTile.Write(to, [new byte[65_536]]));
    }

    /// <summary>All tiles of a tree, each level from the one below.</summary>
    internal static Dictionary<TileAddress, ReadOnlyMemory<byte>> TilesOf(Hash256[] leaves)
    {
        var tiles = new Dictionary<TileAddress, ReadOnlyMemory<byte>>();
        var row = leaves;
        for (var level = 0; row.Length > 0; level++)
        {
            var chunks = row.Chunk(TileAddress.FullWidth).ToList();
            for (var index = 0; index < chunks.Count; index++)
            {
                tiles[new TileAddress(level, index, chunks[index].Length)] = chunks[index].SelectMany(hash => hash.ToArray()).ToArray();
            }

            row = [.. chunks.Where(chunk => chunk.Length == TileAddress.FullWidth).Select(chunk => MerkleTree.Root(chunk))];
        }

        return tiles;
    }

    private static Dictionary<TileAddress, ReadOnlyMemory<byte>> Only(Dictionary<TileAddress, ReadOnlyMemory<byte>> tiles, IReadOnlyList<TileAddress> wanted) =>
        wanted.ToDictionary(address => address, address => tiles[address]);
}
