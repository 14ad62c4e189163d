using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Cairn.MerkleLog;

/// <summary>Small questions about JSON texts that hostile input may answer wrongly but never with an exception.</summary>
internal static class JsonText
{
    public static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>What ends a run of bytes inside a JSON string that stand for themselves: quote, backslash, control characters.</summary>
    public static readonly SearchValues<byte> StringStops = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(code => (byte)code), (byte)'"', (byte)'\\']);

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = Jcs.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The text of a quoted JSON string that is known to be valid.</summary>
    public static string Unquote(ReadOnlySpan<byte> quoted)
    {
        if (!quoted.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(quoted[1..^1]);
        }

        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        return reader.GetString() ?? "";
    }

    /// <summary>Whether the bytes are one JSON value in valid UTF-8, nested no deeper than <see cref="Jcs.MaxDepth"/>.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        if (!System.Text.Unicode.Utf8.IsValid(text))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Jcs.MaxDepth });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>
    /// Whether two texts are the same JSON value: members in any order, numbers by exact decimal value (a
    /// double would call 9007199254740993 and …992 equal), no repeated member names.
    /// </summary>
    public static bool AreSame(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.SequenceEqual(other))
        {
            return true;
        }

        try
        {
            using var left = JsonDocument.Parse(one.ToArray(), Strict);
            using var right = JsonDocument.Parse(other.ToArray(), Strict);
            return JsonElement.DeepEquals(left.RootElement, right.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
