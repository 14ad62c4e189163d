using System.Buffers;
using System.Buffers.Binary;

namespace Cairn.MerkleLog;

/// <summary>The entries of one tile of level 0 (c2sp.org/tlog-tiles): each a big-endian uint16 length and the bytes.</summary>
public static class EntriesTile
{
    private const int LengthSize = sizeof(ushort);

    /// <summary>Writes the entries one after the other.</summary>
    /// <exception cref="ArgumentException">An entry is longer than 65,535 bytes.</exception>
    public static void Write(IBufferWriter<byte> to, IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        foreach (var entry in entries)
        {
            if (entry.Length > ushort.MaxValue)
            {
                throw new ArgumentException($"A log entry has at most 65,535 bytes, not {entry.Length}.", nameof(entries));
            }

            BinaryPrimitives.WriteUInt16BigEndian(to.GetSpan(LengthSize), (ushort)entry.Length);
            to.Advance(LengthSize);
            to.Write(entry.Span);
        }
    }

    /// <summary>The entries as slices of the tile.</summary>
    /// <exception cref="FormatException">The tile ends in the middle of an entry.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Parse(ReadOnlyMemory<byte> tile)
    {
        var entries = new List<ReadOnlyMemory<byte>>(TileAddress.FullWidth);
        while (!tile.IsEmpty)
        {
            var length = tile.Length >= LengthSize ? BinaryPrimitives.ReadUInt16BigEndian(tile.Span) : int.MaxValue - LengthSize;
            if (tile.Length < LengthSize + length)
            {
                throw new FormatException($"The entries tile ends in the middle of entry {entries.Count}.");
            }

            entries.Add(tile.Slice(LengthSize, length));
            tile = tile[(LengthSize + length)..];
        }

        return entries;
    }
}
