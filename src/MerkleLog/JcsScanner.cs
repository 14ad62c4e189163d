using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Cairn.MerkleLog;

public static partial class Jcs
{
    /// <summary>
    /// Whether the bytes are already the canonical form of a JSON value: the same answer as comparing with
    /// <see cref="Canonicalize"/>, without building anything for plain input. Never throws.
    /// </summary>
    public static bool IsCanonical(ReadOnlySpan<byte> utf8Json)
    {
        if (!Utf8.IsValid(utf8Json))
        {
            return false;
        }

        var scanner = new Scanner(utf8Json);
        return scanner.Value(0) && scanner.IsAtEnd;
    }

    /// <summary>Canonical JSON leaves no freedom (no white space, one spelling), so that scanning it needs no general parser.</summary>
    private ref struct Scanner(ReadOnlySpan<byte> text)
    {
        private const int LongestPlainInteger = 15;
        private const int LongestNumber = 64;

        private readonly ReadOnlySpan<byte> _text = text;
        private int _at;

        public readonly bool IsAtEnd => _at == _text.Length;

        public bool Value(int depth) => _at < _text.Length && depth <= MaxDepth && _text[_at] switch
        {
            (byte)'{' => depth < MaxDepth && Object(depth),
            (byte)'[' => depth < MaxDepth && Array(depth),
            (byte)'"' => String(out _, out _),
            (byte)'t' => Literal("true"u8),
            (byte)'f' => Literal("false"u8),
            (byte)'n' => Literal("null"u8),
            _ => Number(),
        };

        private bool Object(int depth)
        {
            _at++;
            if (Take((byte)'}'))
            {
                return true;
            }

            ReadOnlySpan<byte> previous = default;
            var isPreviousPlain = true;
            for (var isFirst = true; ; isFirst = false)
            {
                if (!String(out var name, out var isPlain)
                    || !(isFirst || ComesBefore(previous, name, isPreviousPlain && isPlain))
                    || !Take((byte)':')
                    || !Value(depth + 1))
                {
                    return false;
                }

                previous = name;
                isPreviousPlain = isPlain;
                if (Take((byte)'}'))
                {
                    return true;
                }

                if (!Take((byte)','))
                {
                    return false;
                }
            }
        }

        private bool Array(int depth)
        {
            _at++;
            if (Take((byte)']'))
            {
                return true;
            }

            while (Value(depth + 1))
            {
                if (Take((byte)']'))
                {
                    return true;
                }

                if (!Take((byte)','))
                {
                    return false;
                }
            }

            return false;
        }

        // Gives the text between the quotes, still escaped, and whether it has no escapes.
        private bool String(out ReadOnlySpan<byte> content, out bool isPlain)
        {
            content = default;
            isPlain = true;
            if (!Take((byte)'"'))
            {
                return false;
            }

            var start = _at;
            while (true)
            {
                var stop = _text[_at..].IndexOfAny(JsonText.StringStops);
                if (stop < 0)
                {
                    return false;
                }

                _at += stop;
                if (_text[_at] == '"')
                {
                    content = _text[start.._at++];
                    return true;
                }

                isPlain = false;
                if (_text[_at] != '\\' || !Escape())
                {
                    return false;
                }

                _at++;
            }
        }

        // Moves to the last byte of an escape in its one canonical spelling.
        private bool Escape()
        {
            var rest = _text[(_at + 1)..];
            if (rest.IsEmpty)
            {
                return false;
            }

            if (rest[0] != 'u')
            {
                _at++;
                return "\"\\btnfr"u8.Contains(rest[0]);
            }

            if (rest.Length < 5 || !rest[1..3].SequenceEqual("00"u8) || rest[3] is not ((byte)'0' or (byte)'1') || HexDigits.IndexOf(rest[4]) is not (>= 0 and var low))
            {
                return false;
            }

            _at += 5;
            return (rest[3] - '0') * 16 + low is not (8 or 9 or 10 or 12 or 13);
        }

        private bool Number()
        {
            var end = _at;
            while (end < _text.Length && _text[end] is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e')
            {
                end++;
            }

            var token = _text[_at..end];
            _at = end;
            if (token.Length is 0 or > LongestNumber)
            {
                return false;
            }

            var isPlain = token.Length <= LongestPlainInteger && token[0] is >= (byte)'1' and <= (byte)'9' && !token.ContainsAnyExceptInRange((byte)'0', (byte)'9');
            return isPlain || IsNumberCanonical(token);
        }

        private static bool IsNumberCanonical(ReadOnlySpan<byte> token)
        {
            if (!Utf8Parser.TryParse(token, out double number, out var used) || used != token.Length || !double.IsFinite(number))
            {
                return false;
            }

            Span<byte> expected = stackalloc byte[EsNumber.MaxLength];
            return token.SequenceEqual(expected[..EsNumber.Format(number, expected)]);
        }

        private bool Literal(ReadOnlySpan<byte> word)
        {
            var matches = _text[_at..].StartsWith(word);
            _at += word.Length;
            return matches;
        }

        private bool Take(byte sign)
        {
            var matches = _at < _text.Length && _text[_at] == sign;
            _at += matches ? 1 : 0;
            return matches;
        }

        // Names are ordered by UTF-16 units of the unescaped text. The first byte that differs decides the same
        // way, unless an escape or a character outside the basic plane (F0 and above) is involved.
        private static bool ComesBefore(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, bool arePlain)
        {
            var same = one.CommonPrefixLength(other);
            if (arePlain && (same == one.Length || same == other.Length))
            {
                return one.Length < other.Length;
            }

            return arePlain && one[same] < 0xF0 && other[same] < 0xF0
                ? one[same] < other[same]
                : string.CompareOrdinal(Unescape(one), Unescape(other)) < 0;
        }

        private static string Unescape(ReadOnlySpan<byte> content)
        {
            var text = Encoding.UTF8.GetString(content);
            if (!text.Contains('\\', StringComparison.Ordinal))
            {
                return text;
            }

            var plain = new StringBuilder(text.Length);
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] != '\\')
                {
                    plain.Append(text[i]);
                    continue;
                }

                i++;
                plain.Append(text[i] switch
                {
                    'b' => '\b',
                    't' => '\t',
                    'n' => '\n',
                    'f' => '\f',
                    'r' => '\r',
                    'u' => (char)int.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                    var itself => itself,
                });
                i += text[i] == 'u' ? 4 : 0;
            }

            return plain.ToString();
        }
    }
}
