using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cairn.Domain.Playbooks;

namespace Cairn.Server.Playbooks;

/// <summary>
/// Writes the table of shapes as JSON Schema 2020-12, so that editors complete playbooks and explain each member. What a
/// schema cannot say (names that mean something, days within phases, circles) is the lint's.
/// </summary>
internal sealed partial class PlaybookSchema
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    private readonly SortedDictionary<string, JsonObject> definitions = new(StringComparer.Ordinal);

    private PlaybookSchema()
    {
    }

    /// <summary>The schema as the text of <c>schema/playbook.schema.json</c>.</summary>
    public static string Write()
    {
        var writer = new PlaybookSchema();
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Cairn playbook",
        };
        writer.Fill(root, PlaybookShapes.Root);
        root["description"] = PlaybookShapes.Root.Says + " Explained in docs/guides/playbooks.md; 'cairn playbook lint' finds more than this schema can.";
        var defs = new JsonObject();
        foreach (var (name, definition) in writer.definitions)
        {
            defs[name] = definition;
        }

        root["$defs"] = defs;
        return root.ToJsonString(Pretty) + "\n";
    }

    private JsonObject Of(Shape shape)
    {
        var schema = new JsonObject { ["description"] = shape.Says };
        switch (shape)
        {
            case TextShape text:
                schema["type"] = "string";
                schema["minLength"] = 1;
                schema["maxLength"] = text.Most;
                if (text.Pattern is { } pattern)
                {
                    // The names of groups are the reader's; a pattern of JSON Schema has none.
                    schema["pattern"] = GroupNamePattern().Replace(pattern.ToString(), "(");
                }

                break;
            case WordShape word:
                schema["enum"] = new JsonArray([.. word.Words.Select(one => (JsonNode)one)]);
                break;
            case NumberShape number:
                schema["type"] = number.IsWhole ? "integer" : "number";
                schema["minimum"] = number.Least;
                schema["maximum"] = number.Most;
                break;
            case FlagShape:
                schema["type"] = "boolean";
                break;
            case ListShape list:
                schema["type"] = "array";
                schema["minItems"] = list.Least;
                schema["maxItems"] = list.Most;
                schema["items"] = Of(list.Of);
                break;
            case EitherShape either:
                schema["anyOf"] = new JsonArray([.. either.Of.Select(Of)]);
                break;
            case MapShape map:
                schema["$ref"] = "#/$defs/" + map.Name;
                if (!definitions.ContainsKey(map.Name))
                {
                    definitions[map.Name] = [];
                    Fill(definitions[map.Name], map);
                }

                break;
            default:
                throw new InvalidOperationException($"No schema is known for a {shape.GetType().Name}.");
        }

        return schema;
    }

    private void Fill(JsonObject schema, MapShape map)
    {
        schema["description"] = map.Says;
        schema["type"] = "object";
        schema["additionalProperties"] = false;
        if (map.Members.Where(member => member.IsRequired).ToList() is { Count: > 0 } required)
        {
            schema["required"] = new JsonArray([.. required.Select(member => (JsonNode)member.Name)]);
        }

        var properties = new JsonObject();
        foreach (var member in map.Members)
        {
            properties[member.Name] = Of(member.Shape);
        }

        schema["properties"] = properties;
    }

    [GeneratedRegex(@"\(\?<[a-z]+>")]
    private static partial Regex GroupNamePattern();
}
