using System.Buffers;
using System.Text.Unicode;

namespace Cairn.MerkleLog;

public static partial class Jcs
{
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\']);

    // A control character becomes six bytes; any other UTF-16 unit at most three.
    internal static int MaxEncodedLength(int chars) => checked((6 * chars) + 2);

    /// <summary>Writes the quoted, escaped string and returns its length. The target must hold <see cref="MaxEncodedLength"/> bytes.</summary>
    internal static int EncodeString(ReadOnlySpan<char> text, Span<byte> to)
    {
        var at = 0;
        to[at++] = (byte)'"';
        while (true)
        {
            var plain = text.IndexOfAny(MustEscape);
            at += EncodePlain(plain < 0 ? text : text[..plain], to[at..]);
            if (plain < 0)
            {
                break;
            }

            at += Escape(text[plain], to[at..]);
            text = text[(plain + 1)..];
        }

        to[at++] = (byte)'"';
        return at;
    }

    private static int EncodePlain(ReadOnlySpan<char> text, Span<byte> to)
    {
        var status = Utf8.FromUtf16(text, to, out _, out var written, replaceInvalidSequences: false);
        return status == OperationStatus.Done
            ? written
            : throw new FormatException("A text contains a lone surrogate, which has no UTF-8 form.");
    }

    private static int Escape(char sign, Span<byte> to)
    {
        to[0] = (byte)'\\';
        var single = sign switch
        {
            '"' or '\\' => (byte)sign,
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            _ => (byte)0,
        };
        if (single != 0)
        {
            to[1] = single;
            return 2;
        }

        "u00"u8.CopyTo(to[1..]);
        to[4] = HexDigits[sign >> 4];
        to[5] = HexDigits[sign & 15];
        return 6;
    }

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;
}
