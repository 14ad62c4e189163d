using System.Net;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.People;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Api;
using Cairn.Server.Tests.Support;
using Cairn.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Access;

/// <summary>docs/permissions.md, row by row: against the policies in the code, and against a running server.</summary>
public sealed class PermissionMatrixTests(MatrixWorld world) : IClassFixture<MatrixWorld>
{
    private static readonly IReadOnlyList<PermissionRow> Rows = Permissions.Read(File.ReadAllText(Repository.PathTo("docs", "permissions.md"))).Rows;

    /// <summary>Refusals that a role which may never hears.</summary>
    private static readonly string[] OfTheRole = ["authentication-required", "session-ended", "role-missing", "key-required", "staff-required", "portal-person-required", "reach-limited"];

    public static TheoryData<string> Names => [.. Rows.Select(row => row.Policy)];

    [Fact]
    public void Every_policy_has_one_row_and_every_row_a_policy() =>
        Rows.Select(row => row.Policy).Order().ShouldBe(All().Select(policy => policy.Name).Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_says_what_the_policy_says(string name)
    {
        var (row, policy) = (Row(name), All().Single(policy => policy.Name == name));
        foreach (var role in Enum.GetValues<StaffRole>())
        {
            row.Cells[role.ToString()].ShouldBe(policy.IsPublic || policy.LeastRole <= role ? "yes" : "no", $"{name}, {role}");
        }

        row.Cells["Portal"].ShouldBe(policy.IsPublic || policy.IsPortal ? "yes" : "no");
        var scopes = policy.IsPublic ? "anybody" : policy.AnyScope.Count == 0 ? "no" : string.Join(" or ", policy.AnyScope);
        row.Cells["Operator's key"].ShouldBe(scopes);
        row.Cells["Customer's key"].ShouldBe(policy.IsOperatorOnly ? "no" : scopes);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_server_does_what_a_row_says(string name)
    {
        var row = Row(name);
        using var client = world.Server.Client();
        var policies = world.Server.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<Policy>()?.Name == name)
            .Select(endpoint => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName).ToHashSet();
        var operations = OpenApi.Operations(await OpenApi.Document(client)).Where(operation => policies.Contains(operation.Id)).ToList();
        operations.ShouldNotBeEmpty($"The row '{name}' is about no address.");
        var samples = new Samples(world);
        foreach (var operation in operations)
        {
            foreach (var role in Enum.GetValues<StaffRole>())
            {
                using var request = await samples.Request(operation, isSilent: false);
                request.Headers.Add("Cookie", $"cairn-session={await world.Session(await world.Person(role))}");
                request.Headers.Add("Sec-Fetch-Site", "same-origin");
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var cell = $"{operation.Name} as {role}";
                if (row.Cells[role.ToString()] == "no")
                {
                    var code = row.Cells["Portal"] == "yes" ? "portal-person-required" : "role-missing";
                    (await answer.ShouldBeProblem(HttpStatusCode.Forbidden, code)).TryGetProperty("role", out var least);
                    (least.ValueKind == JsonValueKind.String ? least.GetString() : null).ShouldBe(LeastOf(row)?.ToString(), cell);
                }
                else if (answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
                {
                    // A right role may still have to prove itself anew, or sign in with something better than a sample.
                    OfTheRole.ShouldNotContain((await answer.Json()).Text("code"), cell);
                }
            }
        }
    }

    [Fact]
    public async Task The_API_tells_the_matrix_to_the_screen()
    {
        using var client = world.Server.Client();
        client.DefaultRequestHeaders.Add("Cookie", $"cairn-session={await world.Session(await world.Person(StaffRole.Viewer))}");
        var told = await (await client.GetAsync("/v1/permissions")).Json();
        told.GetProperty("columns").EnumerateArray().Select(column => column.GetString()).ShouldBe(["Viewer", "User", "Manager", "Admin", "Portal", "Customer's key", "Operator's key"]);
        told.GetProperty("groups").EnumerateArray().SelectMany(group => group.GetProperty("actions").EnumerateArray()).Select(action => action.Text("policy"))
            .ShouldBe(Rows.Select(row => row.Policy));
    }

    /// <summary>The least role of the staff that may; <see langword="null"/> where none may.</summary>
    private static StaffRole? LeastOf(PermissionRow row) =>
        Enum.GetValues<StaffRole>().Where(role => row.Cells[role.ToString()] == "yes").Select(role => (StaffRole?)role).FirstOrDefault();

    private static PermissionRow Row(string policy) => Rows.Single(row => row.Policy == policy);

    private static List<Policy> All() =>
        [.. typeof(Policies).GetProperties().Where(member => member.PropertyType == typeof(Policy)).Select(member => (Policy)member.GetValue(null)!)];
}
