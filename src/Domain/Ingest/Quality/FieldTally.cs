using System.Text.Json;

namespace Cairn.Domain.Ingest.Quality;

/// <summary>How often one member of a payload came, and as what. Texts, numbers and so on add up with the nulls to the number present.</summary>
public sealed class FieldCounts
{
    /// <summary>Events that have the member at all.</summary>
    public long Present { get; set; }

    /// <summary>Nulls.</summary>
    public long Nulls { get; set; }

    /// <summary>Texts that are empty or nothing but white space; they count among the texts too.</summary>
    public long Blanks { get; set; }

    /// <summary>Texts.</summary>
    public long Texts { get; set; }

    /// <summary>Numbers.</summary>
    public long Numbers { get; set; }

    /// <summary>True or false.</summary>
    public long Booleans { get; set; }

    /// <summary>Objects.</summary>
    public long Objects { get; set; }

    /// <summary>Lists.</summary>
    public long Lists { get; set; }

    /// <summary>Values of another type than the most frequent one, nulls aside: most likely a slip of the sender.</summary>
    public long OddTypes => Texts + Numbers + Booleans + Objects + Lists - Math.Max(Math.Max(Texts, Numbers), Math.Max(Booleans, Math.Max(Objects, Lists)));
}

/// <summary>Counts the members of payloads by JSON pointer. Not for several threads.</summary>
public sealed class FieldTally
{
    private readonly Dictionary<string, FieldCounts> fields = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Parent, string Name), string> pointers = [];

    /// <summary>The counts by JSON pointer.</summary>
    public IReadOnlyDictionary<string, FieldCounts> Fields => fields;

    /// <summary>Notes a member that was counted before, so that the limit of names holds over many tallies.</summary>
    public void Know(string pointer) => fields.TryAdd(pointer, new FieldCounts());

    /// <summary>Counts one payload. Gives the pointers of texts that hold the replacement character, which stands for lost letters.</summary>
    public IReadOnlyList<string> Add(JsonElement payload)
    {
        List<string>? broken = null;
        if (payload.ValueKind == JsonValueKind.Object)
        {
            Walk(payload, "", 1, ref broken);
        }

        return broken ?? (IReadOnlyList<string>)[];
    }

    private void Walk(JsonElement value, string parent, int depth, ref List<string>? broken)
    {
        foreach (var member in value.EnumerateObject())
        {
            var pointer = PointerOf(parent, member.Name);
            Count(fields[pointer], member.Value, pointer, ref broken);
            if (member.Value.ValueKind == JsonValueKind.Object && depth < QualityLimits.FieldDepth && pointer != QualityLimits.OtherFields)
            {
                Walk(member.Value, pointer, depth + 1, ref broken);
            }
        }
    }

    private static void Count(FieldCounts counts, JsonElement value, string pointer, ref List<string>? broken)
    {
        counts.Present++;
        switch (value.ValueKind)
        {
            case JsonValueKind.Null: counts.Nulls++; break;
            case JsonValueKind.Number: counts.Numbers++; break;
            case JsonValueKind.True or JsonValueKind.False: counts.Booleans++; break;
            case JsonValueKind.Object: counts.Objects++; break;
            case JsonValueKind.Array: counts.Lists++; break;
            default:
                counts.Texts++;
                var text = value.GetString()!;
                counts.Blanks += string.IsNullOrWhiteSpace(text) ? 1 : 0;
                if (text.Contains('\uFFFD'))
                {
                    (broken ??= []).Add(pointer);
                }

                break;
        }
    }

    /// <summary>The pointer of a member, spelled out once; past the limit of names, the common name of all others.</summary>
    private string PointerOf(string parent, string name)
    {
        if (pointers.TryGetValue((parent, name), out var known))
        {
            return known;
        }

        var pointer = $"{parent}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
        if (fields.Count >= QualityLimits.FieldNames && !fields.ContainsKey(pointer))
        {
            pointer = QualityLimits.OtherFields;
        }

        fields.TryAdd(pointer, new FieldCounts());
        if (pointer != QualityLimits.OtherFields)
        {
            pointers.Add((parent, name), pointer);
        }

        return pointer;
    }
}
