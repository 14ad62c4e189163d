using System.Net.Http.Headers;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Access.Portal;
using Cairn.Server.Tests.Support;
using Npgsql;

namespace Cairn.Server.Tests.Api;

/// <summary>Somebody who calls, and what the matrix expects of them.</summary>
/// <param name="Name">The column's head.</param>
/// <param name="Show">Puts on the request what they show of themselves.</param>
internal sealed record Identity(string Name, Func<HttpRequestMessage, Task> Show)
{
    /// <summary>The scopes of a key that holds; empty for everybody else.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public StaffRole? Role { get; init; }

    /// <summary>Whether what they show does not hold.</summary>
    public bool IsNobody { get; init; }

    /// <summary>Whether they are the other customer, who must see nothing of A.</summary>
    public bool IsOther { get; init; }

    /// <summary>Whether the request leaves out whose data it means. Only a customer's own key may.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Whether another site made the browser send the request.</summary>
    public bool IsCrossSite { get; init; }

    public bool IsOperator { get; init; }

    /// <summary>What one of a customer's own people, signed in to the portal, stands for; <see langword="null"/> for everybody else.</summary>
    public IReadOnlyList<string>? PortalRoles { get; init; }

    /// <summary>Whether the document says that they may, with what they hold.</summary>
    public bool MayBy(Operation operation) => operation.IsPublic || operation.Node["security"]!.AsArray().Any(way =>
    {
        var (scheme, words) = way!.AsObject().Single();
        return scheme switch
        {
            "apiKey" => words!.AsArray().Any(word => Scopes.Contains((string)word!)),
            "portalSession" => PortalRoles is not null && (words!.AsArray().Count == 0 || words.AsArray().Any(word => PortalRoles.Contains((string)word!))),
            _ => Role is { } role && role >= Enum.Parse<StaffRole>((string)words![0]!),
        };
    });

    public static async Task<IReadOnlyList<Identity>> All(MatrixWorld world)
    {
        var revoked = await world.KeyOfA(Domain.Foundation.Scopes.All);
        var expired = await world.KeyOfA(Domain.Foundation.Scopes.All);
        await End("revoked_at", revoked);
        await End("expires_at", expired);
        var parts = world.B.Key.Split('_');
        var forged = string.Join('_', parts[0], world.A.Key.Split('_')[1], parts[2], parts[3]);
        var identities = new List<Identity>
        {
            new("anonymous", _ => Task.CompletedTask) { IsNobody = true },
            Key("garbage key", "cairn_garbage") with { IsNobody = true },
            Key("revoked key", revoked.Text) with { IsNobody = true },
            Key("expired key", expired.Text) with { IsNobody = true },
            Key("forged key", forged) with { IsNobody = true, IsOther = true },
        };
        foreach (var scope in Domain.Foundation.Scopes.All)
        {
            identities.Add(Key("A " + scope, (await world.KeyOfA([scope])).Text) with { Scopes = [scope] });
        }

        identities.Add(Key("A all", world.A.Key) with { Scopes = Domain.Foundation.Scopes.All });
        identities.Add(Key("B names A", world.B.Key) with { Scopes = Domain.Foundation.Scopes.All, IsOther = true });
        identities.Add(Key("B silent", world.B.Key) with { Scopes = Domain.Foundation.Scopes.All, IsOther = true, IsSilent = true });
        identities.Add(Key("operator", world.Server.OperatorKey) with { Scopes = Domain.Foundation.Scopes.All, IsOperator = true });
        foreach (var role in Enum.GetValues<StaffRole>())
        {
            identities.Add(await Staff(world, role));
        }

        var admin = identities[^1];
        identities.Add(admin with
        {
            Name = "cross-site",
            IsCrossSite = true,
            Show = async request =>
            {
                await admin.Show(request);
                request.Headers.Remove("Sec-Fetch-Site");
                request.Headers.Add("Sec-Fetch-Site", "cross-site");
            },
        });
        identities.Add(await PortalPerson(world, "A portal", world.A));
        identities.Add(await PortalPerson(world, "B portal", world.B) with { IsOther = true });
        return identities;

        async Task End(string column, CreatedApiKey key)
        {
            await using var source = NpgsqlDataSource.Create(world.Server.OwnerConnectionString);
            TypedId.TryParse<ApiKeyId>(key.Id, out var id).ShouldBeTrue();
            await using var command = source.CreateCommand($"update access_api_keys set {column} = created_at where key_id = $1");
            command.Parameters.AddWithValue(id.Value);
            // The owner of a table is held by its wall like everybody else, since row-level security is forced.
            (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        }
    }

    private static Identity Key(string name, string text) => new(name, request =>
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", text);
        return Task.CompletedTask;
    });

    /// <summary>One of a customer's people; with a session of its own for every request, like the staff.</summary>
    private static async Task<Identity> PortalPerson(MatrixWorld world, string name, TestCustomer customer)
    {
        string[] roles = ["member"];
        var (person, _) = await world.Server.Admit(customer, "portal@example.com", roles);
        return new Identity(name, async request =>
        {
            request.Headers.Add("Cookie", await world.Server.PortalSession(customer, person));
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        })
        { PortalRoles = roles };
    }

    /// <summary>With a session of its own for every request, because signing out ends one.</summary>
    private static async Task<Identity> Staff(MatrixWorld world, StaffRole role)
    {
        var person = await world.Person(role);
        return new Identity(role.ToString().ToLowerInvariant(), async request =>
        {
            request.Headers.Add("Cookie", $"cairn-session={await world.Session(person)}");
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
        })
        { Role = role };
    }
}
