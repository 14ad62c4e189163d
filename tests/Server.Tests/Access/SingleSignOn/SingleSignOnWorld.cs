using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.SingleSignOn;

/// <summary>A provider, and two installations that trust it: one that lets in who linked an identity, one that makes accounts by group.</summary>
public sealed class SingleSignOnWorld(PostgresFixture postgres) : IAsyncLifetime
{
    public const string Secret = "a secret of ours & more: +%2B";

    internal OidcProvider Provider { get; private set; } = null!;

    internal ServerFixture Linking { get; private set; } = null!;

    internal ServerFixture Creating { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Provider = await OidcProvider.Start();
        Linking = await NewServer(Provider);
        Creating = await NewServer(Provider, ("CAIRN_OIDC_CREATE_PEOPLE", "1"), ("CAIRN_OIDC_ROLES", "cairn-admins=Admin; cairn-users=User"), ("CAIRN_OIDC_SCOPES", "openid email profile groups"));
        await AllowBack(Linking, Creating);
    }

    /// <summary>A further installation that trusts a provider.</summary>
    internal async Task<ServerFixture> NewServer(OidcProvider provider, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string>
        {
            ["CAIRN_OIDC_ISSUER"] = provider.Issuer,
            ["CAIRN_OIDC_CLIENT_ID"] = "cairn",
            ["CAIRN_OIDC_CLIENT_SECRET"] = Secret,
            ["CAIRN_OIDC_NAME"] = "Example ID",
            ["CAIRN_OIDC_ALLOW_LOOPBACK"] = "1",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var server = new ServerFixture(postgres) { With = options => options with { SingleSignOn = all } };
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Registers where the provider may send browsers back to.</summary>
    internal Task AllowBack(params ServerFixture[] servers) => Provider.Tell(new { redirectUris = CallbacksOf(servers) });

    internal static string[] CallbacksOf(params ServerFixture[] servers) => [.. servers.Select(server => new Uri(server.Address, "/v1/single-sign-on/callback").ToString())];

    public async ValueTask DisposeAsync()
    {
        await Linking.DisposeAsync();
        await Creating.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
