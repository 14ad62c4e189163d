using System.Globalization;
using System.Text;

namespace Cairn.MerkleLog;

/// <summary>
/// Names one tile of a log (c2sp.org/tlog-tiles): level 0 to 63, index from 0, and how many of its up to 256
/// hashes it holds. 256 is a full tile, less is a partial one.
/// </summary>
public readonly record struct TileAddress(int Level, long Index, int Width)
{
    /// <summary>The number of hashes in a full tile.</summary>
    public const int FullWidth = 256;

    private const int HighestLevel = 63;
    private const int LongestPath = 64;
    private const string EntriesPrefix = "entries/";

    /// <summary>The path below <c>tile/</c>, such as <c>0/x001/x234/067</c> or <c>1/000.p/17</c>.</summary>
    public string Path => string.Create(CultureInfo.InvariantCulture, $"{Level}/{Tail}");

    /// <summary>The path below <c>tile/</c> of the entries that this tile of level 0 hashes.</summary>
    public string EntriesPath =>
        Level == 0 ? EntriesPrefix + Tail : throw new InvalidOperationException("Only tiles of level 0 have entries.");

    private string Tail
    {
        get
        {
            var text = new StringBuilder((Index % 1000).ToString("D3", CultureInfo.InvariantCulture));
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
            {
                text.Insert(0, string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/"));
            }

            return Width == FullWidth ? text.ToString() : text.Append(CultureInfo.InvariantCulture, $".p/{Width}").ToString();
        }
    }

    /// <summary>Reads exactly what <see cref="Path"/> writes; any other spelling of the same tile is refused.</summary>
    public static bool TryParse(string path, out TileAddress address)
    {
        address = default;
        var slash = path.IndexOf('/');
        return slash is 1 or 2
            && int.TryParse(path.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var level)
            && level <= HighestLevel
            && TryParseTail(path.AsSpan(slash + 1), level, out address)
            && address.Path == path;
    }

    /// <summary>Reads exactly what <see cref="EntriesPath"/> writes; the address has level 0.</summary>
    public static bool TryParseEntries(string path, out TileAddress address)
    {
        address = default;
        return path.StartsWith(EntriesPrefix, StringComparison.Ordinal)
            && TryParseTail(path.AsSpan(EntriesPrefix.Length), 0, out address)
            && address.EntriesPath == path;
    }

    // Lenient on purpose: the callers compare with the one right spelling, which settles padding and prefixes.
    private static bool TryParseTail(ReadOnlySpan<char> tail, int level, out TileAddress address)
    {
        address = default;
        var width = FullWidth;
        var partial = tail.IndexOf(".p/");
        if (partial >= 0)
        {
            if (!int.TryParse(tail[(partial + 3)..], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= FullWidth)
            {
                return false;
            }

            tail = tail[..partial];
        }

        var digits = tail.ToString().Replace("x", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);
        if (tail.Length > LongestPath || !long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        address = new TileAddress(level, index, width);
        return true;
    }
}
