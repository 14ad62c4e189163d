using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cairn.Domain.Ingest.Entities;
using Cairn.Domain.Ingest.Import;
using NodaTime;

namespace Cairn.Server.Ingest.Entities;

/// <summary>Fold state, changes and values as the JSON that the database keeps.</summary>
internal static class FoldJson
{
    private static readonly JsonWriterOptions Style = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static string Values(IEnumerable<KeyValuePair<string, string>> values) => Write(json =>
    {
        foreach (var (name, value) in values)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value, skipInputValidation: true);
        }
    });

    public static string State(EntityState state) => Write(json =>
    {
        foreach (var (name, field) in state.Fields)
        {
            json.WriteStartObject(name);
            if (field.SetAt is { } setAt)
            {
                // A text holding JSON, because a set null must differ from "never set".
                json.WriteString("set", field.SetTo);
                json.WriteString("setAt", Position(setAt));
            }

            if (field.AddedAt is { } addedAt)
            {
                json.WriteString("sum", field.Sum.ToString());
                json.WriteString("addedAt", Position(addedAt));
            }

            json.WriteEndObject();
        }
    });

    public static IEnumerable<(string, FieldState)> ReadState(string text)
    {
        using var json = JsonDocument.Parse(text);
        foreach (var member in json.RootElement.EnumerateObject().ToList())
        {
            var set = TextOf(member.Value, "set");
            var setAt = TextOf(member.Value, "setAt");
            var sum = TextOf(member.Value, "sum");
            var addedAt = TextOf(member.Value, "addedAt");
            yield return (member.Name, new FieldState(
                set, setAt is null ? null : ReadPosition(setAt), sum is null ? default : ReadNumber(sum), addedAt is null ? null : ReadPosition(addedAt)));
        }
    }

    public static string Changes(IReadOnlyList<FieldChange> changes) => Write(json =>
    {
        json.WriteStartArray("changes");
        foreach (var change in changes)
        {
            json.WriteStartObject();
            json.WriteString("field", change.Field);
            if (change.Added is { } amount)
            {
                json.WriteString("add", amount.ToString());
            }
            else
            {
                json.WriteString("set", change.SetTo);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static IReadOnlyList<FieldChange> ReadChanges(string text)
    {
        using var json = JsonDocument.Parse(text);
        return
        [
            .. json.RootElement.GetProperty("changes").EnumerateArray().Select(change => new FieldChange(
                change.GetProperty("field").GetString()!,
                TextOf(change, "set"),
                TextOf(change, "add") is { } amount ? ReadNumber(amount) : null)),
        ];
    }

    public static string Position(EventPosition at) =>
        string.Create(CultureInfo.InvariantCulture, $"{at.Time.ToUnixTimeTicks()}:{at.Generation}:{at.LogIndex}:{at.Ordinal}");

    public static EventPosition ReadPosition(string text)
    {
        var parts = text.Split(':');
        return new EventPosition(
            Instant.FromUnixTimeTicks(long.Parse(parts[0], CultureInfo.InvariantCulture)),
            short.Parse(parts[1], CultureInfo.InvariantCulture),
            long.Parse(parts[2], CultureInfo.InvariantCulture),
            short.Parse(parts[3], CultureInfo.InvariantCulture));
    }

    private static ExactDecimal ReadNumber(string text)
    {
        // Sums may have grown past the digits that an input may have.
        var negative = text.StartsWith('-');
        var digits = negative ? text[1..] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var unscaled = System.Numerics.BigInteger.Parse(point < 0 ? digits : digits.Remove(point, 1), NumberStyles.None, CultureInfo.InvariantCulture);
        return new ExactDecimal(negative ? -unscaled : unscaled, point < 0 ? 0 : digits.Length - point - 1);
    }

    private static string? TextOf(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Style))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
