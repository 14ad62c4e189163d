using System.Globalization;
using Cairn.MerkleLog;

namespace Cairn.Verify;

/// <summary>
/// Builds the tree again from the entries, tile by tile, and compares every tile, every earlier root and the
/// last root with what the directory says. Holds one tile per level, whatever the size of the log.
/// </summary>
internal sealed class LogRecomputation(LogDirectory log, Findings findings)
{
    private readonly Frontier _tree = new();
    private readonly List<Row> _rows = [];
    private long _earlierHeld;
    private bool _isWhole = true;

    /// <summary>Compares everything. Stops at the first tile whose entries cannot be read, because all later hashes hang on them.</summary>
    public void Run(Checkpoint checkpoint, IReadOnlyList<Checkpoint> earlier)
    {
        using var progress = new Progress("entries", checkpoint.Size);
        var pending = new Queue<Checkpoint>(earlier);
        CompareEarlier(pending);
        while (_tree.Size < checkpoint.Size)
        {
            var address = Tiles.At(0, _tree.Size / TileAddress.FullWidth, checkpoint.Size);
            if (log.Entries(address) is not { } entries)
            {
                Differs($"The entries tile/{address.EntriesPath} are missing, torn or of a wrong number; nothing after entry {_tree.Size.ToString("N0", CultureInfo.InvariantCulture)} could be checked.");
                return;
            }

            foreach (var entry in entries)
            {
                Append(entry.Span);
                CompareEarlier(pending);
            }

            progress.Show(_tree.Size, _tree.Size);
        }

        CompleteRows();
        if (_tree.Root() != checkpoint.Root)
        {
            Differs("The entries do not give the root of the checkpoint.");
        }

        if (_isWhole)
        {
            findings.Prove(string.Create(CultureInfo.InvariantCulture, $"The {checkpoint.Size:N0} entries give exactly the tiles and the root of the checkpoint, and the key signed it."));
        }

        if (_earlierHeld > 0)
        {
            findings.Prove(string.Create(CultureInfo.InvariantCulture, $"The log only grew: {_earlierHeld:N0} of {earlier.Count:N0} earlier checkpoints are beginnings of it."));
        }
    }

    private void Append(ReadOnlySpan<byte> entry)
    {
        if (!LeafEntry.TryParse(entry, out _, out _))
        {
            Differs(string.Create(CultureInfo.InvariantCulture, $"Entry {_tree.Size:N0} is not an entry of this product."));
        }

        var leaf = MerkleTree.LeafHash(entry);
        _tree.Append(in leaf);
        AddTo(0, in leaf);
    }

    // A full tile is compared at once and its root handed to the next level.
    private void AddTo(int level, in Hash256 hash)
    {
        if (level == _rows.Count)
        {
            _rows.Add(new Row());
        }

        var row = _rows[level];
        row.Add(in hash);
        if (row.Width == TileAddress.FullWidth)
        {
            Compare(level, row);
            var root = Tiles.TileRoot(row.Bytes);
            row.Next();
            AddTo(level + 1, in root);
        }
    }

    private void CompleteRows()
    {
        for (var level = 0; level < _rows.Count; level++)
        {
            if (_rows[level].Width > 0)
            {
                Compare(level, _rows[level]);
            }
        }
    }

    private void Compare(int level, Row row)
    {
        var address = new TileAddress(level, row.Index, row.Width);
        var tile = log.Tile(address);
        if (tile is null)
        {
            Differs($"The tile tile/{address.Path} is missing or has a wrong length.");
        }
        else if (!row.Bytes.SequenceEqual(tile))
        {
            Differs($"The tile tile/{address.Path} differs from what the entries give.");
        }
    }

    private void CompareEarlier(Queue<Checkpoint> pending)
    {
        while (pending.TryPeek(out var next) && next.Size == _tree.Size)
        {
            pending.Dequeue();
            if (next.Root == _tree.Root())
            {
                _earlierHeld++;
            }
            else
            {
                Differs(string.Create(CultureInfo.InvariantCulture, $"The checkpoint of {next.Size:N0} entries has another root than this log had at that size: its history was rewritten."));
            }
        }
    }

    private void Differs(string sentence)
    {
        findings.Fault(sentence);
        _isWhole = false;
    }

    /// <summary>The tile of one level that is being filled.</summary>
    private sealed class Row
    {
        private readonly byte[] _bytes = new byte[TileAddress.FullWidth * Hash256.Size];

        public long Index { get; private set; }

        public int Width { get; private set; }

        public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, Width * Hash256.Size);

        public void Add(in Hash256 hash) => hash.CopyTo(_bytes.AsSpan(Width++ * Hash256.Size));

        public void Next()
        {
            Index++;
            Width = 0;
        }
    }
}
