using System.Text.Json.Nodes;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Api;

/// <summary>The API reference: complete, honest, and the same as the one that was approved.</summary>
public sealed class OpenApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Problem = "#/components/schemas/ProblemDocument";

    [Fact]
    public async Task The_document_is_the_approved_one() => OpenApi.Stable(await Document()).ShouldBeGolden("openapi.v1.json");

    [Fact]
    public async Task The_document_says_what_it_is()
    {
        var document = await Document();
        ((string?)document["openapi"])!.ShouldStartWith("3.1");
        ((string?)document["info"]!["title"]).ShouldBe("Cairn");
        document["components"]!["securitySchemes"]!.AsObject().Select(scheme => scheme.Key).Order().ShouldBe(["apiKey", "portalSession", "session"]);
        document.ContainsKey("servers").ShouldBeFalse("Where a copy of the server happens to listen is nobody's contract.");
    }

    [Fact]
    public async Task Every_route_is_in_the_document_and_nothing_else_is()
    {
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null && !IsStatic(endpoint))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} {PathOf(endpoint)}"));
        var documented = OpenApi.Operations(await Document()).Select(operation => operation.Name).ToList();
        documented.Order().ShouldBe(routes.Distinct().Order());
        documented.Count.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Every_operation_can_be_understood_by_a_reader_who_knows_nothing_else()
    {
        var faults = new List<string>();
        var operations = OpenApi.Operations(await Document()).ToList();
        foreach (var operation in operations)
        {
            void Check(bool holds, string what)
            {
                if (!holds)
                {
                    faults.Add($"{operation.Name}: {what}");
                }
            }

            Check(operation.Id.Length > 0, "no operationId; add .WithName(\"VerbNoun\")");
            Check(operation.Id.Length > 0 && char.IsUpper(operation.Id[0]), "the operationId is VerbNoun in Pascal case");
            Check(((string?)operation.Node["summary"])?.Length > 0, "no summary; add .WithSummary");
            Check(operation.Node["tags"] is JsonArray { Count: 1 }, "not one tag; add .WithTags");
            Check(operation.Node["security"] is JsonArray, "says nothing of security");
            foreach (var parameter in operation.Parameters)
            {
                Check(((string?)parameter["description"])?.Length > 0, $"the parameter {parameter["name"]} is not explained; add .TakesPath or .TakesQuery");
                Check(parameter["schema"] is JsonObject, $"the parameter {parameter["name"]} has no schema");
                Check((string?)parameter["in"] != "query" || IsSnakeCase((string)parameter["name"]!), $"the query parameter {parameter["name"]} is not in snake case");
            }

            foreach (var name in operation.Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')))
            {
                Check(operation.Takes(name), $"the path parameter {name} is not stated");
            }

            Check(operation.Node["requestBody"] is not { } body || ((string?)body["description"])?.Length > 0, "the request body is not explained");
        }

        operations.GroupBy(operation => operation.Id).Where(group => group.Count() > 1).Select(group => group.Key).ShouldBeEmpty("An operationId names one operation.");
        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_refusal_is_stated_as_a_problem_document()
    {
        var faults = new List<string>();
        foreach (var operation in OpenApi.Operations(await Document()))
        {
            var statuses = operation.Responses.Select(response => response.Key).ToList();
            if (!statuses.Any(status => status.StartsWith('2') || status.StartsWith('3')))
            {
                faults.Add($"{operation.Name} never succeeds; add .Produces");
            }

            if (!operation.IsPublic && !new[] { "401", "403", "503" }.All(statuses.Contains))
            {
                faults.Add($"{operation.Name} states no 401, 403 and 503, which follow from its policy");
            }

            if (!operation.IsPublic && operation.Path.Contains('{') && !statuses.Contains("404") && !statuses.Contains("201"))
            {
                faults.Add($"{operation.Name} names a thing and never says that it is not there; add .Refuses(404)");
            }

            faults.AddRange(
                from response in operation.Responses
                where int.Parse(response.Key) >= 400
                let content = response.Value!["content"] as JsonObject
                where content is not { Count: 1 } || (string?)content[ProblemResults.ContentType]?["schema"]?["$ref"] != Problem
                select $"{operation.Name} {response.Key} is no {ProblemResults.ContentType} with {Problem}; use .Refuses({response.Key})");
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Security_in_the_document_is_that_of_the_policy()
    {
        var policies = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>() is not null && !IsStatic(endpoint))
            .ToDictionary(endpoint => $"{endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]} {PathOf(endpoint)}", endpoint => endpoint.Metadata.GetMetadata<Policy>()!);
        foreach (var operation in OpenApi.Operations(await Document()))
        {
            var policy = policies[operation.Name];
            var stated = (operation.Node["security"] as JsonArray ?? []).Select(way => way!.AsObject().Single()).ToDictionary(way => way.Key, way => way.Value!.AsArray().Select(word => (string)word!).ToList());
            stated.GetValueOrDefault("apiKey", []).ShouldBe(policy.AnyScope, operation.Name);
            stated.GetValueOrDefault("session", []).ShouldBe(policy.LeastRole is { } least ? [least.ToString()] : [], operation.Name);
        }
    }

    private static bool IsSnakeCase(string name) => name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_');

    /// <summary>Pages, assets and the document itself are no operations.</summary>
    private static bool IsStatic(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.RawText!.StartsWith("/openapi/", StringComparison.Ordinal) || endpoint.Metadata.Any(item => item.GetType().Name == "StaticAssetDescriptor");

    private static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("{**", "{", StringComparison.Ordinal);

    private async Task<JsonObject> Document()
    {
        using var client = server.Client();
        return await OpenApi.Document(client);
    }
}
