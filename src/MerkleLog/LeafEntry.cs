using System.Text;

namespace Cairn.MerkleLog;

/// <summary>
/// What the log stores for one receipt: <c>{"kind":"…","sha256":"…","v":1}</c> in canonical form, where
/// sha256 is the hex SHA-256 of the signed text. It holds no clear identifier, so that a receipt can be
/// erased while every proof stays valid.
/// </summary>
public static class LeafEntry
{
    private const int StackLimit = 512;
    private const int HexLength = 2 * Hash256.Size;

    private static ReadOnlySpan<byte> Head => "{\"kind\":"u8;

    private static ReadOnlySpan<byte> Middle => ",\"sha256\":\""u8;

    private static ReadOnlySpan<byte> Tail => "\",\"v\":1}"u8;

    /// <summary>The bytes of the entry.</summary>
    /// <exception cref="FormatException">The kind contains a lone surrogate.</exception>
    public static byte[] Write(string kind, in Hash256 textHash)
    {
        var bytes = new byte[MaxLength(kind)];
        return bytes[..Fill(bytes, kind, in textHash)];
    }

    /// <summary>The RFC 6962 leaf hash of the entry. Allocates nothing for kinds of up to about 60 characters.</summary>
    /// <exception cref="FormatException">The kind contains a lone surrogate.</exception>
    public static Hash256 Hash(string kind, in Hash256 textHash)
    {
        var length = MaxLength(kind);
        var bytes = length <= StackLimit ? stackalloc byte[StackLimit] : new byte[length];
        return MerkleTree.LeafHash(bytes[..Fill(bytes, kind, in textHash)]);
    }

    /// <summary>Reads exactly what <see cref="Write"/> writes; any other spelling or an extra member is refused.</summary>
    public static bool TryParse(ReadOnlySpan<byte> entry, out string kind, out Hash256 textHash)
    {
        (kind, textHash) = ("", default);
        var fixedTail = Middle.Length + HexLength + Tail.Length;
        if (entry.Length < Head.Length + 2 + fixedTail || !entry.StartsWith(Head) || !entry.EndsWith(Tail) || !Jcs.IsCanonical(entry))
        {
            return false;
        }

        var name = entry[Head.Length..^fixedTail];
        var hex = entry[^(HexLength + Tail.Length)..^Tail.Length];
        if (name is not [(byte)'"', .., (byte)'"'] || hex.ContainsAnyExcept(JsonText.LowerHex) || !entry[(Head.Length + name.Length)..].StartsWith(Middle))
        {
            return false;
        }

        kind = JsonText.Unquote(name);
        textHash = Hash256.FromHex(Encoding.ASCII.GetString(hex));
        return entry.SequenceEqual(Write(kind, in textHash));
    }

    private static int MaxLength(string kind) => Head.Length + Jcs.MaxEncodedLength(kind.Length) + Middle.Length + HexLength + Tail.Length;

    private static int Fill(Span<byte> to, string kind, in Hash256 textHash)
    {
        Head.CopyTo(to);
        var at = Head.Length;
        at += Jcs.EncodeString(kind, to[at..]);
        Middle.CopyTo(to[at..]);
        at += Middle.Length;
        Convert.TryToHexStringLower(Hash256.Bytes(in textHash), to.Slice(at, HexLength), out _);
        at += HexLength;
        Tail.CopyTo(to[at..]);
        return at + Tail.Length;
    }
}
