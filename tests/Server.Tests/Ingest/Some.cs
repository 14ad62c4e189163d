using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Ingest;

/// <summary>Short ways to hand in events and to read JSON answers.</summary>
internal static class Some
{
    /// <summary>A CloudEvent as text.</summary>
    public static string Event(string type, string id, string time, string data, string source = "/test") =>
        $"{{\"specversion\":\"1.0\",\"id\":{JsonSerializer.Serialize(id)},\"source\":\"{source}\",\"type\":\"{type}\",\"time\":\"{time}\",\"data\":{data}}}";

    /// <summary>Hands events in as one stream and expects all to be taken.</summary>
    public static async Task<JsonElement> Stream(HttpClient client, IEnumerable<string> events)
    {
        using var answer = await PostEventsTests.Post(client, string.Join('\n', events), "application/x-ndjson");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await PostEventsTests.Json(answer);
    }

    /// <summary>The answer to a GET as JSON, with its status checked.</summary>
    public static async Task<JsonElement> Get(HttpClient client, string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The answer to a PUT of JSON text, with its status checked.</summary>
    public static async Task<JsonElement> Put(HttpClient client, string path, string body, HttpStatusCode status)
    {
        using var answer = await client.PutAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Waits until everything recorded so far is folded into entities.</summary>
    public static Task Folded(HttpClient client) => Eventually.Holds(async () =>
        (await Get(client, "/v1/entity-types")).GetProperty("eventsWaiting").GetInt64() == 0);

    /// <summary>The fields of an entity.</summary>
    public static async Task<JsonElement> Fields(HttpClient client, string type, string id, string query = "") =>
        (await Get(client, $"/v1/entities/{type}/{Uri.EscapeDataString(id)}{query}")).GetProperty("fields");
}
