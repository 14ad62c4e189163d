using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Schemas;

/// <summary>Refuses bounds that nothing can fulfil and rules that never apply to the stated type: both are slips of the pen.</summary>
internal static class SchemaBounds
{
    public static void Check(SchemaNode node, string pointer, List<Fault> faults)
    {
        Order(node.MinLength, node.MaxLength, "minLength", "maxLength", pointer, faults);
        Order(node.MinItems, node.MaxItems, "minItems", "maxItems", pointer, faults);
        if (node.Minimum is { } least && node.Maximum is { } most && least.CompareTo(most) > 0)
        {
            faults.Add(new Fault(pointer + "/minimum", "bounds-empty", "'minimum' is above 'maximum', so no number fits. Exchange them."));
        }

        if (node.Types == SchemaTypes.None)
        {
            return;
        }

        Fits(node, node.Properties.Count > 0 || node.Required.Count > 0 || node.AdditionalProperties is not null, (SchemaTypes.Object, "properties", "object"), pointer, faults);
        Fits(node, node.Items is not null || node.MinItems is not null || node.MaxItems is not null, (SchemaTypes.Array, "items", "array"), pointer, faults);
        Fits(node, node.Pattern is not null || node.MinLength is not null || node.MaxLength is not null || node.Format is not null, (SchemaTypes.String, "text rules", "string"), pointer, faults);
        Fits(node, IsBounded(node), (SchemaTypes.Number | SchemaTypes.Integer, "number bounds", "number"), pointer, faults);
    }

    private static bool IsBounded(SchemaNode node) =>
        node.Minimum is not null || node.Maximum is not null || node.ExclusiveMinimum is not null || node.ExclusiveMaximum is not null;

    private static void Order(int? least, int? most, string leastName, string mostName, string pointer, List<Fault> faults)
    {
        if (least > most)
        {
            faults.Add(new Fault($"{pointer}/{leastName}", "bounds-empty", $"'{leastName}' is above '{mostName}', so nothing fits. Exchange them."));
        }
    }

    private static void Fits(SchemaNode node, bool isStated, (SchemaTypes Types, string What, string Name) rules, string pointer, List<Fault> faults)
    {
        if (isStated && (node.Types & rules.Types) == SchemaTypes.None)
        {
            faults.Add(new Fault(pointer + "/type", "rule-never-applies", $"The schema has {rules.What}, but its type allows no {rules.Name}, so they would never be checked. Correct one of them."));
        }
    }
}
