using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cairn.Domain.Ingest.Import;

/// <summary>
/// Finds rows that are equal in every column to an earlier row of the import, in whatever file. A row is remembered by the
/// first 128 bits of the SHA-256 of its cells, so that a long history fits in memory and nobody can craft two rows that are
/// taken for one. The second and every later occurrence is a repeat, the first is not: so many rows would go if each row were kept once.
/// </summary>
public sealed class RepeatFinder
{
    private readonly Dictionary<UInt128, (int File, long Row, long Line)> seen = [];
    private readonly List<string> files = [];
    private byte[] buffer = new byte[4096];

    /// <summary>The earlier equal row, or null when this is the first.</summary>
    public RowPlace? Find(RowPlace place, string[] cells)
    {
        if (files.Count == 0 || files[^1] != place.File)
        {
            files.Add(place.File);
        }

        var hash = Hash(cells);
        if (seen.TryGetValue(hash, out var first))
        {
            return new RowPlace(files[first.File], first.Row, first.Line);
        }

        seen.Add(hash, (files.Count - 1, place.Row, place.Line));
        return null;
    }

    private UInt128 Hash(string[] cells)
    {
        var length = 0;
        foreach (var cell in cells)
        {
            var most = length + sizeof(int) + Encoding.UTF8.GetMaxByteCount(cell.Length);
            if (most > buffer.Length)
            {
                Array.Resize(ref buffer, most * 2);
            }

            // The length before each cell keeps "ab","c" apart from "a","bc".
            var written = Encoding.UTF8.GetBytes(cell, buffer.AsSpan(length + sizeof(int)));
            BinaryPrimitives.WriteInt32LittleEndian(buffer.AsSpan(length), written);
            length += sizeof(int) + written;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }
}
