using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Plans;

/// <summary>Reads an object within a request, member by member, with every fault noted at its place.</summary>
internal sealed class JsonPart
{
    private readonly JsonElement element;
    private readonly string pointer;
    private readonly InputFaults faults;
    private readonly HashSet<string> asked = [];

    private JsonPart(JsonElement element, string pointer, InputFaults faults) => (this.element, this.pointer, this.faults) = (element, pointer, faults);

    /// <summary>The object; <see langword="null"/> after a fault when it is none.</summary>
    public static JsonPart? Of(JsonElement element, string pointer, InputFaults faults)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            return new JsonPart(element, pointer, faults);
        }

        faults.Add(pointer, InputFaults.MemberType, $"'{pointer[1..]}' takes an object in braces.");
        return null;
    }

    /// <summary>The objects of a list; empty when it is absent or at fault.</summary>
    public static IReadOnlyList<JsonPart> List(JsonElement? list, string pointer, InputFaults faults)
    {
        if (list is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray().Select((item, at) => Of(item, $"{pointer}/{at}", faults)).OfType<JsonPart>()];
        }

        faults.Add(pointer, InputFaults.MemberType, $"'{pointer[1..]}' takes a list of objects.");
        return [];
    }

    public string Pointer => pointer;

    public string? Text(string name)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return value.GetString();
        }

        Wrong(name, "a text in quotes");
        return null;
    }

    public int? Whole(string name, int least, int most)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Number)
        {
            Wrong(name, $"a whole number from {least} to {most}");
            return null;
        }

        if (value.TryGetInt32(out var number) && number >= least && number <= most)
        {
            return number;
        }

        faults.Add($"{pointer}/{name}", "number-out-of-range", $"'{name}' takes a whole number from {least} to {most}.");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Get(name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        Wrong(name, "true or false");
        return null;
    }

    public LocalDate? Date(string name) => DateOf(Text(name), $"{pointer}/{name}", faults);

    public JsonPart? Part(string name) => Get(name) is { } value ? Of(value, $"{pointer}/{name}", faults) : null;

    /// <summary>Notes every member that was not asked for.</summary>
    public void Finish()
    {
        foreach (var member in element.EnumerateObject().Where(member => !asked.Contains(member.Name)))
        {
            faults.Add($"{pointer}/{member.Name}", InputFaults.MemberUnknown, $"There is no member '{InputFaults.Shorten(member.Name)}' here; known are: {string.Join(", ", asked)}.");
        }
    }

    /// <summary>A date as 2026-03-02; <see langword="null"/> when absent or at fault.</summary>
    public static LocalDate? DateOf(string? text, string pointer, InputFaults faults)
    {
        if (text is null)
        {
            return null;
        }

        if (LocalDatePattern.Iso.Parse(text).TryGetValue(default, out var date) && date.Year is >= 1900 and <= 2150)
        {
            return date;
        }

        faults.Add(pointer, "date-unusable", $"'{InputFaults.Shorten(text)}' is no date; write it as 2026-03-02.");
        return null;
    }

    /// <summary>Hours; <see langword="null"/> when absent, null or at fault.</summary>
    public static decimal? Hours(JsonElement? element, string pointer, InputFaults faults)
    {
        if (element is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var hours))
        {
            return hours;
        }

        faults.Add(pointer, InputFaults.MemberType, $"'{pointer[1..]}' takes a number of hours, for instance 1.5.");
        return null;
    }

    /// <summary>What an item follows: its item is found by id or by key.</summary>
    public PlanDependency? Dependency(PlanNames names)
    {
        var item = names.Find(Text("item"), pointer + "/item", faults);
        var kind = faults.OneOf($"{pointer}/kind", Text("kind"), PlanWords.DependencyKinds, "dependency-kind-unknown") ?? PlanWords.DependencyKinds[0];
        var lag = Whole("lagDays", -PlanLimits.LongestLag, PlanLimits.LongestLag) ?? 0;
        Finish();
        return item is { } known ? new PlanDependency(known, PlanWords.DependencyKindOf(kind), lag) : null;
    }

    private void Wrong(string name, string expected) => faults.Add($"{pointer}/{name}", InputFaults.MemberType, $"'{name}' takes {expected}.");

    private JsonElement? Get(string name)
    {
        asked.Add(name);
        return element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }
}

/// <summary>Finds the items of a plan by their ids and by their keys in the playbook; the two cannot be confused, since only ids have an underscore.</summary>
internal sealed class PlanNames(Plan plan)
{
    private readonly Dictionary<string, PlanItemId> byKey = plan.Items.ToDictionary(item => item.Key, item => item.Id);

    /// <summary>The item; <see langword="null"/> after a fault.</summary>
    public PlanItemId? Find(string? name, string pointer, InputFaults faults)
    {
        if (name is null)
        {
            faults.Add(pointer, InputFaults.MemberMissing, "'item' is required: the id of an item (itm_…), or its key in the playbook.");
            return null;
        }

        if (byKey.TryGetValue(name, out var known) || (TypedId.TryParse(name, out known) && byKey.ContainsValue(known)))
        {
            return known;
        }

        faults.Add(pointer, "plan-item-unknown", "The plan has no such item.");
        return null;
    }
}
