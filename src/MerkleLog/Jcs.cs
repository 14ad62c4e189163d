using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Cairn.MerkleLog;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): one byte sequence for one JSON value. Numbers are IEEE doubles
/// laid out as ECMAScript does, so integers beyond 2^53 lose digits silently: never canonicalize what a
/// customer sent, only objects that this product makes.
/// </summary>
public static partial class Jcs
{
    /// <summary>Deeper nesting is refused, so that hostile input cannot exhaust the stack.</summary>
    public const int MaxDepth = 256;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The canonical bytes of a JSON text.</summary>
    /// <exception cref="FormatException">
    /// Invalid JSON or UTF-8, a repeated member name, a lone surrogate, a number beyond the range of a double,
    /// or nesting deeper than <see cref="MaxDepth"/>.
    /// </exception>
    public static byte[] Canonicalize(ReadOnlySpan<byte> utf8Json)
    {
        if (!Utf8.IsValid(utf8Json))
        {
            throw new FormatException("The JSON text is not valid UTF-8.");
        }

        try
        {
            using var document = JsonDocument.Parse(utf8Json.ToArray(), Strict);
            var to = new ArrayBufferWriter<byte>(utf8Json.Length + 16);
            WriteValue(to, document.RootElement);
            return to.WrittenSpan.ToArray();
        }
        catch (JsonException fault)
        {
            throw new FormatException("The text is not JSON that has a canonical form: " + fault.Message, fault);
        }
        catch (InvalidOperationException fault)
        {
            // The framework reports an escaped lone surrogate this way when the string is first read.
            throw new FormatException("A JSON string contains a lone surrogate, which has no canonical form.", fault);
        }
    }

    /// <summary>Writes a JSON string with its quotes, escaped as RFC 8785 §3.2.2.2 says.</summary>
    /// <exception cref="FormatException">The text contains a lone surrogate.</exception>
    public static void WriteString(IBufferWriter<byte> to, ReadOnlySpan<char> text)
    {
        var written = EncodeString(text, to.GetSpan(MaxEncodedLength(text.Length)));
        to.Advance(written);
    }

    /// <inheritdoc cref="WriteString(IBufferWriter{byte}, ReadOnlySpan{char})"/>
    public static void WriteString(IBufferWriter<byte> to, string text) => WriteString(to, text.AsSpan());

    private static void WriteValue(IBufferWriter<byte> to, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(to, value);
                break;
            case JsonValueKind.Array:
                WriteArray(to, value);
                break;
            case JsonValueKind.String:
                WriteString(to, value.GetString().AsSpan());
                break;
            case JsonValueKind.Number:
                EsNumber.Write(to, Number(value));
                break;
            case JsonValueKind.True:
                to.Write("true"u8);
                break;
            case JsonValueKind.False:
                to.Write("false"u8);
                break;
            case JsonValueKind.Null:
                to.Write("null"u8);
                break;
            case JsonValueKind.Undefined:
            default:
                throw new InvalidOperationException("A parsed JSON document has no undefined value.");
        }
    }

    private static void WriteObject(IBufferWriter<byte> to, JsonElement value)
    {
        var members = value.EnumerateObject().Select(member => (member.Name, member.Value)).ToList();
        members.Sort(static (one, other) => string.CompareOrdinal(one.Name, other.Name));
        to.Write("{"u8);
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                to.Write(","u8);
            }

            WriteString(to, members[i].Name);
            to.Write(":"u8);
            WriteValue(to, members[i].Value);
        }

        to.Write("}"u8);
    }

    private static void WriteArray(IBufferWriter<byte> to, JsonElement value)
    {
        to.Write("["u8);
        var isFirst = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!isFirst)
            {
                to.Write(","u8);
            }

            isFirst = false;
            WriteValue(to, item);
        }

        to.Write("]"u8);
    }

    private static double Number(JsonElement value)
    {
        var number = value.GetDouble();
        return double.IsFinite(number) ? number : throw new FormatException("A number is beyond the range of an IEEE double.");
    }
}
