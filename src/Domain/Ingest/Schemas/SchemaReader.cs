using System.Text.Json;
using System.Text.RegularExpressions;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Schemas;

/// <summary>
/// Reads and lints a schema. A keyword that this program does not check is a fault: a rule that is silently not applied is
/// worse than none. All faults at once, with JSON pointers into the schema.
/// </summary>
public sealed class SchemaReader
{
    private const string Dialect = "https://json-schema.org/draft/2020-12/schema";

    private static readonly HashSet<string> Annotations =
        ["$schema", "$id", "$comment", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"];

    private static readonly Dictionary<string, SchemaTypes> TypeNames = new()
    {
        ["null"] = SchemaTypes.Null,
        ["boolean"] = SchemaTypes.Boolean,
        ["object"] = SchemaTypes.Object,
        ["array"] = SchemaTypes.Array,
        ["number"] = SchemaTypes.Number,
        ["string"] = SchemaTypes.String,
        ["integer"] = SchemaTypes.Integer,
    };

    private static readonly Dictionary<string, SchemaFormat> FormatNames = new()
    {
        ["date-time"] = SchemaFormat.DateTime,
        ["date"] = SchemaFormat.Date,
        ["email"] = SchemaFormat.Email,
        ["uri"] = SchemaFormat.Uri,
    };

    private readonly List<Fault> faults = [];
    private readonly Dictionary<string, SchemaNode> definitions = new(StringComparer.Ordinal);
    private readonly List<(SchemaNode Node, string Pointer)> nodes = [];

    private SchemaReader()
    {
    }

    /// <summary>Reads a schema; the refusal lists every fault.</summary>
    public static Outcome<EventSchema> Read(JsonElement schema)
    {
        var reader = new SchemaReader();
        var root = reader.Node(schema, "", 0);
        reader.definitions["#"] = root;
        reader.Resolve();
        if (reader.faults.Count == 0)
        {
            reader.RefuseEndlessReferences();
        }

        return reader.faults.Count == 0
            ? new EventSchema(root)
            : new Problem(ProblemKind.Unacceptable, "schema-invalid", $"The schema has {reader.faults.Count} fault(s); nothing was changed. Each is listed with its place and its fix.")
            {
                Faults = [.. reader.faults.Take(SchemaLimits.FaultsListed)],
            };
    }

    private void Fault(string pointer, string code, string detail) => faults.Add(new Fault(pointer, code, detail));

    private SchemaNode Node(JsonElement schema, string pointer, int depth)
    {
        var node = new SchemaNode();
        nodes.Add((node, pointer));
        if (depth > SchemaLimits.Depth || nodes.Count > SchemaLimits.Nodes)
        {
            if (nodes.Count <= SchemaLimits.Nodes + 1)
            {
                Fault(pointer, "schema-too-large", $"A schema may hold {SchemaLimits.Nodes} schemas, {SchemaLimits.Depth} deep. Simplify it.");
            }

            return node;
        }

        switch (schema.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                node.Always = schema.ValueKind == JsonValueKind.True;
                break;
            case JsonValueKind.Object:
                foreach (var keyword in schema.EnumerateObject())
                {
                    Keyword(node, keyword.Name, keyword.Value, pointer + "/" + SchemaCheck.Escape(keyword.Name), depth);
                }

                SchemaBounds.Check(node, pointer, faults);
                break;
            default:
                Fault(pointer, "schema-type", "A schema is an object, true or false.");
                break;
        }

        return node;
    }

    private void Keyword(SchemaNode node, string name, JsonElement value, string at, int depth)
    {
        switch (name)
        {
            case "type": node.Types = Types(value, at); break;
            case "properties": Named(value, at, depth, node.Properties); break;
            case "$defs": Definitions(value, at, depth); break;
            case "required": Names(value, at, node.Required); break;
            case "additionalProperties": node.AdditionalProperties = Node(value, at, depth + 1); break;
            case "items": node.Items = Node(value, at, depth + 1); break;
            case "enum": node.Enum = Values(value, at); break;
            case "const": node.Const = value.Clone(); break;
            case "minimum": node.Minimum = Number(value, at); break;
            case "maximum": node.Maximum = Number(value, at); break;
            case "exclusiveMinimum": node.ExclusiveMinimum = Number(value, at); break;
            case "exclusiveMaximum": node.ExclusiveMaximum = Number(value, at); break;
            case "minLength": node.MinLength = Count(value, at); break;
            case "maxLength": node.MaxLength = Count(value, at); break;
            case "minItems": node.MinItems = Count(value, at); break;
            case "maxItems": node.MaxItems = Count(value, at); break;
            case "pattern": node.Pattern = PatternOf(value, at); break;
            case "format": node.Format = FormatOf(value, at); break;
            case "$ref": node.Reference = ReferenceOf(value, at); break;
            case "allOf": Listed(value, at, depth, node.AllOf); break;
            case "anyOf": Listed(value, at, depth, node.AnyOf); break;
            case "oneOf": Listed(value, at, depth, node.OneOf); break;
            case "$schema" when value.ValueKind != JsonValueKind.String || value.GetString()!.TrimEnd('#') != Dialect:
                Fault(at, "schema-dialect", $"Only JSON Schema 2020-12 is understood: write \"{Dialect}\", or leave '$schema' out.");
                break;
            case var _ when Annotations.Contains(name):
                break;
            default:
                Fault(at, "keyword-unknown", $"'{InputFaults.Shorten(name)}' is not checked here, so it is refused rather than ignored. Supported: type, properties, required, additionalProperties, enum, const, minimum, maximum, exclusiveMinimum, exclusiveMaximum, minLength, maxLength, pattern, format, items, minItems, maxItems, allOf, anyOf, oneOf, $defs, $ref.");
                break;
        }
    }

    private SchemaTypes Types(JsonElement value, string at)
    {
        var types = SchemaTypes.None;
        var names = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new List<JsonElement> { value };
        foreach (var name in names)
        {
            if (name.ValueKind == JsonValueKind.String && TypeNames.TryGetValue(name.GetString()!, out var type))
            {
                types |= type;
            }
            else
            {
                Fault(at, "keyword-value", $"'type' is one of {string.Join(", ", TypeNames.Keys)}, or a list of them.");
            }
        }

        return types;
    }

    private void Named(JsonElement value, string at, int depth, Dictionary<string, SchemaNode> to)
    {
        if (!Is(value, JsonValueKind.Object, at, "an object of schemas by name"))
        {
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            to[member.Name] = Node(member.Value, at + "/" + SchemaCheck.Escape(member.Name), depth + 1);
        }
    }

    private void Definitions(JsonElement value, string at, int depth)
    {
        var named = new Dictionary<string, SchemaNode>(StringComparer.Ordinal);
        Named(value, at, depth, named);
        foreach (var (name, node) in named)
        {
            definitions["#" + at + "/" + SchemaCheck.Escape(name)] = node;
        }
    }

    private void Listed(JsonElement value, string at, int depth, List<SchemaNode> to)
    {
        if (!Is(value, JsonValueKind.Array, at, "a list of schemas") || value.GetArrayLength() == 0)
        {
            if (value.ValueKind == JsonValueKind.Array)
            {
                Fault(at, "keyword-value", "The list needs at least one schema.");
            }

            return;
        }

        var place = 0;
        foreach (var item in value.EnumerateArray())
        {
            to.Add(Node(item, $"{at}/{place++}", depth + 1));
        }
    }

    private void Names(JsonElement value, string at, List<string> to)
    {
        if (!Is(value, JsonValueKind.Array, at, "a list of member names"))
        {
            return;
        }

        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && !to.Contains(item.GetString()!))
            {
                to.Add(item.GetString()!);
            }
            else
            {
                Fault(at, "keyword-value", "Each entry of 'required' is a member's name, and stands there once.");
            }
        }
    }

    private List<JsonElement>? Values(JsonElement value, string at)
    {
        if (!Is(value, JsonValueKind.Array, at, "a list of values"))
        {
            return null;
        }

        if (value.GetArrayLength() is 0 or > SchemaLimits.EnumValues)
        {
            Fault(at, "keyword-value", $"'enum' lists 1 to {SchemaLimits.EnumValues} values.");
        }

        return [.. value.EnumerateArray().Select(item => item.Clone())];
    }

    private ExactDecimal? Number(JsonElement value, string at)
    {
        if (value.ValueKind == JsonValueKind.Number && JsonNumber.TryRead(value.GetRawText(), out var number))
        {
            return number;
        }

        Fault(at, "keyword-value", $"A number of at most {ImportLimits.NumberDigits} digits is expected.");
        return null;
    }

    private int? Count(JsonElement value, string at)
    {
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= 0)
        {
            return count;
        }

        Fault(at, "keyword-value", "A whole number from 0 is expected.");
        return null;
    }

    private Regex? PatternOf(JsonElement value, string at)
    {
        if (!Is(value, JsonValueKind.String, at, "a pattern as text"))
        {
            return null;
        }

        var text = value.GetString()!;
        if (text.Length > SchemaLimits.PatternLength)
        {
            Fault(at, "pattern-too-long", $"A pattern has at most {SchemaLimits.PatternLength} characters.");
            return null;
        }

        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            Fault(at, "pattern-backtracks", "Look-arounds, back-references and atomic groups are not supported, because a payload could stall them. Write the pattern without.");
        }
        catch (ArgumentException refused)
        {
            Fault(at, "pattern-invalid", $"The pattern cannot be read: {refused.Message}");
        }

        return null;
    }

    private SchemaFormat? FormatOf(JsonElement value, string at)
    {
        if (value.ValueKind == JsonValueKind.String && FormatNames.TryGetValue(value.GetString()!, out var format))
        {
            return format;
        }

        Fault(at, "format-unknown", $"The formats that are checked are {string.Join(", ", FormatNames.Keys)}. For others use a pattern.");
        return null;
    }

    private string? ReferenceOf(JsonElement value, string at) => Is(value, JsonValueKind.String, at, "a reference as text") ? value.GetString() : null;

    private bool Is(JsonElement value, JsonValueKind kind, string at, string expected)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        Fault(at, "keyword-value", $"Here stands {expected}.");
        return false;
    }

    private void Resolve()
    {
        foreach (var (node, pointer) in nodes)
        {
            if (node.Reference is not { } reference)
            {
                continue;
            }

            if (definitions.TryGetValue(reference, out var target))
            {
                node.Target = target;
            }
            else
            {
                Fault(pointer + "/$ref", "reference-unknown", $"'{InputFaults.Shorten(reference)}' leads nowhere. References are '#' or '#/$defs/NAME', within this schema. There are: {string.Join(", ", definitions.Keys.Take(20))}.");
            }
        }
    }

    /// <summary>A reference that comes back to itself without stepping into the value would never end.</summary>
    private void RefuseEndlessReferences()
    {
        var done = new HashSet<SchemaNode>();
        var path = new HashSet<SchemaNode>();
        foreach (var (node, pointer) in nodes)
        {
            if (Returns(node, done, path))
            {
                Fault(pointer, "reference-endless", "This schema refers to itself without stepping into the value. Put the reference under 'properties' or 'items'.");
                return;
            }
        }
    }

    private static bool Returns(SchemaNode node, HashSet<SchemaNode> done, HashSet<SchemaNode> path)
    {
        if (done.Contains(node))
        {
            return false;
        }

        if (!path.Add(node))
        {
            return true;
        }

        var returns = node.InPlace().Any(next => Returns(next, done, path));
        path.Remove(node);
        done.Add(node);
        return returns;
    }
}
