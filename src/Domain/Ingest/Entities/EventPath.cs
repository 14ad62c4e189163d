using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Entities;

/// <summary>
/// Names one value of an event: <c>subject</c>, <c>event_id</c>, <c>source</c>, <c>type</c>, <c>time</c>, or a place in the
/// payload such as <c>data.unitPrice.amount</c> or <c>data.lines.0.sku</c>. A member whose own name holds a dot cannot be named.
/// </summary>
public sealed record EventPath
{
    private static readonly string[] Attributes = ["subject", "event_id", "source", "type", "time"];

    private EventPath(string text, IReadOnlyList<string> steps)
    {
        Text = text;
        Steps = steps;
    }

    /// <summary>The path as it was written.</summary>
    public string Text { get; }

    /// <summary>The member names and array places below <c>data</c>; empty for an attribute.</summary>
    public IReadOnlyList<string> Steps { get; }

    /// <summary>Reads a path; false with the reason when the text is none.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out EventPath? path, out string why)
    {
        path = null;
        why = "";
        if (Attributes.Contains(text) || text == "data")
        {
            path = new EventPath(text, []);
            return true;
        }

        var parts = text.Split('.');
        if (parts[0] != "data")
        {
            why = $"a path begins with 'data.' or is one of {string.Join(", ", Attributes)}";
            return false;
        }

        if (parts.Length - 1 > EntityLimits.PathSteps || parts.Any(part => part.Length == 0))
        {
            why = "a path is 'data.' and names with a single dot between them";
            return false;
        }

        path = new EventPath(text, parts[1..]);
        return true;
    }

    /// <summary>The value at this path, or <see cref="PathValue.Absent"/>.</summary>
    public PathValue Of(EventView view) => Text switch
    {
        "subject" => PathValue.OfText(view.Subject),
        "event_id" => PathValue.OfText(view.EventId),
        "source" => PathValue.OfText(view.Source),
        "type" => PathValue.OfText(view.Type),
        "time" => PathValue.OfText(Rfc3339.Format(view.At.Time)),
        _ => view.Data is { } data ? Walk(data) : PathValue.Absent,
    };

    private PathValue Walk(JsonElement at)
    {
        foreach (var step in Steps)
        {
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(step, out var member))
            {
                at = member;
            }
            else if (at.ValueKind == JsonValueKind.Array
                && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var place)
                && place < at.GetArrayLength())
            {
                at = at[place];
            }
            else
            {
                return PathValue.Absent;
            }
        }

        return new PathValue(at, null);
    }
}

/// <summary>What stands at a path: a JSON value, an attribute's text, or nothing.</summary>
public readonly record struct PathValue(JsonElement? Element, string? Attribute)
{
    /// <summary>Nothing stands there.</summary>
    public static PathValue Absent => default;

    /// <summary>Whether nothing stands there; a JSON null is something.</summary>
    public bool IsAbsent => Element is null && Attribute is null;

    /// <summary>Whether nothing stands there, or a null.</summary>
    public bool IsBlank => Attribute is null && Element is null or { ValueKind: JsonValueKind.Null };

    /// <summary>The text of an attribute, or nothing when the event has none.</summary>
    public static PathValue OfText(string? text) => new(null, text);

    /// <summary>A text, number, true or false as text; <see langword="null"/> for anything else.</summary>
    public string? Plain() => Attribute ?? Element switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } scalar => scalar.GetRawText(),
        _ => null,
    };

    /// <summary>The value as JSON.</summary>
    public string Json() => Element is { } element ? element.GetRawText() : JsonSerializer.Serialize(Attribute);

    /// <summary>The value as an exact number: a JSON number, or a text that is a plain decimal, as amounts of money are written.</summary>
    public bool TryNumber(out ExactDecimal number)
    {
        number = default;
        return Plain() is { } text && Element is not { ValueKind: JsonValueKind.True or JsonValueKind.False } && JsonNumber.TryRead(text, out number);
    }
}
