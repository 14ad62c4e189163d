using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;

namespace Cairn.Server.Ingest;

/// <summary>
/// Checks that JSON can be kept, proven and queried without changing its meaning: valid UTF-8, no duplicate names (two
/// readers would see two facts), no U+0000 and no lone surrogate (PostgreSQL holds neither), numbers that fit, and a
/// bounded depth. One pass; all faults with JSON pointers.
/// </summary>
internal static class JsonPayload
{
    // PostgreSQL's numeric takes far more, but a number beyond this is a fault of the sender, not a quantity.
    private const int MaxNumberText = 400;
    private const int MaxExponent = 308;

    private static readonly JsonReaderOptions Options = new()
    {
        // One more than allowed, so that the depth is found here and not told from a malformed text by the reader's message.
        MaxDepth = IngestLimits.JsonDepth + 1,
        CommentHandling = JsonCommentHandling.Disallow,
        AllowTrailingCommas = false,
    };

    /// <summary>Whether the bytes are one JSON value that passes every check.</summary>
    public static bool IsSound(ReadOnlySpan<byte> json) => Check(json).Count == 0;

    /// <summary>Every fault of a whole JSON text; pointers start at its root. On the way, the members of an object at its root can be noted.</summary>
    public static List<Fault> Check(ReadOnlySpan<byte> json, EventMembers? members = null)
    {
        var faults = new List<Fault>(0);
        if (!Utf8.IsValid(json))
        {
            faults.Add(new Fault("", "utf8-invalid", "The body is not valid UTF-8. Send JSON encoded as UTF-8."));
            return faults;
        }

        var walk = new JsonWalk(json, faults);
        var reader = new Utf8JsonReader(json, Options);
        try
        {
            while (faults.Count < IngestLimits.FaultsListed && reader.Read())
            {
                if (walk.Depth == IngestLimits.JsonDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    faults.Add(TooDeep(reader.TokenStartIndex));
                    break;
                }

                Visit(ref reader, ref walk);
                members?.Note(ref reader);
            }
        }
        catch (JsonException e)
        {
            faults.Add(Malformed(e));
        }

        return faults;
    }

    private static void Visit(ref Utf8JsonReader reader, ref JsonWalk walk)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                walk.Enter(reader.TokenType == JsonTokenType.StartArray);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                walk.Leave();
                break;
            case JsonTokenType.PropertyName:
                CheckText(ref reader, ref walk);
                walk.Name(ref reader);
                break;
            case JsonTokenType.String:
                walk.Value();
                CheckText(ref reader, ref walk);
                break;
            case JsonTokenType.Number:
                walk.Value();
                CheckNumber(reader.ValueSpan, ref walk);
                break;
            default:
                walk.Value();
                break;
        }
    }

    private static void CheckText(ref Utf8JsonReader reader, ref JsonWalk walk)
    {
        if (!reader.ValueIsEscaped)
        {
            return;
        }

        var text = reader.ValueSpan;
        for (var at = text.IndexOf((byte)'\\'); at >= 0 && at < text.Length - 1; at++)
        {
            if (text[at] != '\\')
            {
                continue;
            }

            at++;
            if (text[at] != 'u')
            {
                continue;
            }

            var unit = HexUnit(text.Slice(at + 1, 4));
            at += 4;
            if (unit == 0)
            {
                walk.Fault("null-character", "The text holds \\u0000, which cannot be stored. Leave the character out.");
            }
            else if (char.IsHighSurrogate((char)unit) && at + 6 < text.Length && text[at + 1] == '\\' && text[at + 2] == 'u'
                && char.IsLowSurrogate((char)HexUnit(text.Slice(at + 3, 4))))
            {
                at += 6;
            }
            else if (char.IsSurrogate((char)unit))
            {
                walk.Fault("surrogate-lone", "The text holds half of a surrogate pair. Send whole characters.");
            }
        }
    }

    private static int HexUnit(ReadOnlySpan<byte> four) =>
        int.TryParse(four, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var unit) ? unit : 0xD800;

    private static void CheckNumber(ReadOnlySpan<byte> text, ref JsonWalk walk)
    {
        var mark = text.IndexOfAny((byte)'e', (byte)'E');
        var isFine = text.Length <= MaxNumberText
            && (mark < 0 || (System.Buffers.Text.Utf8Parser.TryParse(text[(mark + 1)..].TrimStart((byte)'+'), out int exponent, out _) && Math.Abs((long)exponent) <= MaxExponent));
        if (!isFine)
        {
            walk.Fault("number-range", $"The number has more than {MaxNumberText} digits or an exponent beyond {MaxExponent}. Send it as text if it is an identifier.");
        }
    }

    private static Fault TooDeep(long at) =>
        new("", "depth-exceeded", $"The JSON is nested deeper than {IngestLimits.JsonDepth} levels at byte {at + 1}. Flatten it.");

    private static Fault Malformed(JsonException e)
    {
        var where = e.LineNumber is { } line && e.BytePositionInLine is { } position ? $" at line {line + 1}, byte {position + 1}" : "";
        return new Fault("", "json-malformed", $"The body is not valid JSON{where}. {FirstSentence(e.Message)}");
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" LineNumber", StringComparison.Ordinal);
        return end > 0 ? message[..end] : message;
    }
}
