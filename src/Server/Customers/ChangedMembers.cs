using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Server.Customers;

/// <summary>The members of a record that a change changed, as they were and as they became; what stayed is not recorded again.</summary>
internal sealed record ChangedMembers(JsonObject Was, JsonObject Became)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public bool Any => Became.Count > 0;

    public static ChangedMembers Between<T>(T before, T after)
    {
        var old = JsonSerializer.SerializeToNode(before, Json)!.AsObject();
        var now = JsonSerializer.SerializeToNode(after, Json)!.AsObject();
        var (was, became) = (new JsonObject(), new JsonObject());
        foreach (var (name, value) in now)
        {
            if (!JsonNode.DeepEquals(old[name], value))
            {
                was[name] = old[name]?.DeepClone();
                became[name] = value?.DeepClone();
            }
        }

        return new ChangedMembers(was, became);
    }
}
