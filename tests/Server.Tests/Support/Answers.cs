using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cairn.Server.Tests.Support;

/// <summary>Short ways to ask the server and to read what it says.</summary>
internal static class Answers
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.Clone();
    }

    /// <summary>Checks that the answer is a problem document of this status and code, and returns it.</summary>
    public static async Task<JsonElement> ShouldBeProblem(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Json();
        problem.GetProperty("code").GetString().ShouldBe(code, text);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("type").GetString().ShouldBe("/docs/problems#" + code);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    /// <summary>The places and codes of a problem's faults, in order.</summary>
    public static IReadOnlyList<string> Faults(this JsonElement problem) =>
        [.. problem.GetProperty("faults").EnumerateArray().Select(fault => $"{fault.GetProperty("pointer").GetString()} {fault.GetProperty("code").GetString()}")];

    public static string Text(this JsonElement element, string member) => element.GetProperty(member).GetString()!;

    public static Task<HttpResponseMessage> PostText(this HttpClient client, string path, string body, string mediaType = "application/json") =>
        client.PostBytes(path, Encoding.UTF8.GetBytes(body), mediaType);

    public static Task<HttpResponseMessage> PostBytes(this HttpClient client, string path, byte[] body, string mediaType = "application/json")
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        return client.PostAsync(path, content);
    }

    /// <summary>A change that names the version it is based on, or none.</summary>
    public static Task<HttpResponseMessage> Patch(this HttpClient client, string path, string? version, string body) => client.Based(HttpMethod.Patch, path, version, body);

    /// <summary>The same with PUT.</summary>
    public static Task<HttpResponseMessage> Put(this HttpClient client, string path, string? version, string body) => client.Based(HttpMethod.Put, path, version, body);

    /// <summary>A removal that names the version it is based on, or none.</summary>
    public static Task<HttpResponseMessage> Delete(this HttpClient client, string path, string? version) => client.Based(HttpMethod.Delete, path, version, null);

    private static Task<HttpResponseMessage> Based(this HttpClient client, HttpMethod method, string path, string? version, string? body)
    {
        var request = new HttpRequestMessage(method, path);
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
        }

        return client.SendAsync(request);
    }
}
