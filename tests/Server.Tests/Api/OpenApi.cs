using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Server.Tests.Api;

/// <summary>One operation of the API as the document tells it.</summary>
internal sealed record Operation(string Id, string Method, string Path, JsonObject Node)
{
    public string Name => $"{Method} {Path}";

    public IEnumerable<JsonObject> Parameters => Node["parameters"]?.AsArray().Select(parameter => parameter!.AsObject()) ?? [];

    public bool Takes(string parameter) => Parameters.Any(known => (string?)known["name"] == parameter);

    public JsonObject Responses => Node["responses"]!.AsObject();

    public bool IsPublic => Node["security"] is not JsonArray { Count: > 0 };
}

/// <summary>Reads the document of a running server.</summary>
internal static class OpenApi
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<JsonObject> Document(HttpClient client) => JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json"))!.AsObject();

    public static IEnumerable<Operation> Operations(JsonObject document) =>
        from path in document["paths"]!.AsObject()
        from member in path.Value!.AsObject()
        where Methods.Contains(member.Key)
        select new Operation((string?)member.Value!["operationId"] ?? "", member.Key.ToUpperInvariant(), path.Key, member.Value!.AsObject());

    /// <summary>The document in an order of its own: that of the routes' registration means nothing.</summary>
    public static string Stable(JsonObject document) => Sorted(document, 0, "")!.ToJsonString(Pretty) + "\n";

    private static JsonNode? Sorted(JsonNode? node, int depth, string name) => node switch
    {
        JsonObject members => new JsonObject((IsSet(depth, name) ? members.OrderBy(member => member.Key, StringComparer.Ordinal) : members.AsEnumerable())
            .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value, depth + 1, member.Key)))),
        JsonArray elements when name == "tags" && depth == 1 => new JsonArray([.. elements.OrderBy(tag => (string?)tag!["name"], StringComparer.Ordinal).Select(tag => tag!.DeepClone())]),
        JsonArray elements => new JsonArray([.. elements.Select(element => Sorted(element, depth + 1, ""))]),
        _ => node?.DeepClone(),
    };

    /// <summary>Objects whose members are a set by name: paths, methods, statuses, components. Members of a schema keep their order.</summary>
    private static bool IsSet(int depth, string name) => name is "paths" or "responses" or "components" or "schemas" or "content" || depth == 2;
}
