using System.Net;
using Cairn.Server.Access.SingleSignOn;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.SingleSignOn;

/// <summary>What a provider's documents and an operator's settings do; each test has an installation of its own.</summary>
public sealed class ProviderTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task Keys_are_kept_and_a_new_one_is_noticed_at_once(string algorithm)
    {
        await using var provider = await OidcProvider.Start(algorithm);
        await using var server = await new SingleSignOnWorld(postgres).NewServer(provider, ("CAIRN_OIDC_CREATE_PEOPLE", "1"));
        await provider.Tell(new { redirectUris = SingleSignOnWorld.CallbacksOf(server), account = new { sub = "ada", email = "ada@example.com", email_verified = true } });
        (await SignIn(server)).ShouldBe("/");
        (await SignIn(server)).ShouldBe("/");
        var asked = await provider.Tell(new { rotate = true });
        (asked.GetProperty("discovery").GetInt32(), asked.GetProperty("keys").GetInt32()).ShouldBe((1, 1));

        (await SignIn(server)).ShouldBe("/");
        (await provider.Tell(new { fault = "unknown key" })).GetProperty("keys").GetInt32().ShouldBe(1);
        (await SignIn(server)).ShouldBe("/sign-in?problem=single-sign-on-refused");
        (await provider.Tell(new { fault = (string?)null })).GetProperty("keys").GetInt32().ShouldBe(0, "Made-up keys cost the provider nothing.");
        (await SignIn(server)).ShouldBe("/");
    }

    [Fact]
    public async Task A_public_client_is_protected_by_its_proof_key_alone()
    {
        await using var provider = await OidcProvider.Start();
        await using var server = await new SingleSignOnWorld(postgres).NewServer(provider, ("CAIRN_OIDC_CREATE_PEOPLE", "1"), ("CAIRN_OIDC_CLIENT_ID", "public"), ("CAIRN_OIDC_CLIENT_SECRET", ""));
        await provider.Tell(new { redirectUris = SingleSignOnWorld.CallbacksOf(server), account = new { sub = "ada", email = "ada@example.com", email_verified = true } });
        (await SignIn(server)).ShouldBe("/");
    }

    [Fact]
    public async Task A_provider_that_is_away_or_another_is_unavailable()
    {
        var provider = await OidcProvider.Start();
        await using var other = await new SingleSignOnWorld(postgres).NewServer(provider, ("CAIRN_OIDC_ISSUER", provider.Issuer + "/"));
        using (var browser = new TestBrowser(other))
        {
            await (await browser.Post("/v1/single-sign-on", new { })).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "single-sign-on-unavailable");
        }

        await using var server = await new SingleSignOnWorld(postgres).NewServer(provider);
        await provider.DisposeAsync();
        using var visitor = new TestBrowser(server);
        await (await visitor.Post("/v1/single-sign-on", new { })).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "single-sign-on-unavailable");
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_single_sign_on()
    {
        await using var server = new ServerFixture(postgres);
        await server.InitializeAsync();
        using var browser = new TestBrowser(server);
        await (await browser.Post("/v1/single-sign-on", new { })).ShouldBeProblem(HttpStatusCode.NotFound, "single-sign-on-off");
        (await browser.Get("/v1/single-sign-on/callback?state=a&code=b")).Headers.GetValues("Location").Single().ShouldBe("/sign-in?problem=single-sign-on-off");
        (await (await browser.Get("/v1/sign-in-ways")).Json()).GetProperty("singleSignOn").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [InlineData("CAIRN_OIDC_ISSUER", "id.example", "must be an https address")]
    [InlineData("CAIRN_OIDC_ISSUER", "http://id.example", "must be an https address")]
    [InlineData("CAIRN_OIDC_ISSUER", "http://127.0.0.1:9", "CAIRN_OIDC_ALLOW_LOOPBACK=1")]
    [InlineData("CAIRN_OIDC_ISSUER", "https://id.example?x=1", "without query")]
    [InlineData("CAIRN_OIDC_ISSUER", "https://user:pass@id.example", "must be an https address")]
    [InlineData("CAIRN_OIDC_CLIENT_ID", null, "CAIRN_OIDC_CLIENT_ID is missing")]
    [InlineData("CAIRN_OIDC_ROLES", "staff=Boss", "'staff=Boss'")]
    [InlineData("CAIRN_OIDC_NEW_ROLE", "Boss", "CAIRN_OIDC_NEW_ROLE is 'Boss'")]
    [InlineData("CAIRN_OIDC_SCOPES", "email", "must hold 'openid'")]
    [InlineData("CAIRN_OIDC_CLIENT_SECRET_FILE", "/nowhere/at/all", "which is not there")]
    public void A_setting_that_cannot_be_meant_stops_the_start_with_the_reason(string name, string? value, string reason)
    {
        var settings = new Dictionary<string, string?> { ["CAIRN_OIDC_ISSUER"] = "https://id.example", ["CAIRN_OIDC_CLIENT_ID"] = "cairn", [name] = value };
        Should.Throw<InstallationException>(() => ProviderOptions.FromEnvironment(settings.GetValueOrDefault)).Message.ShouldContain(reason);
    }

    [Fact]
    public void The_secret_may_come_from_a_file_and_is_in_no_text_of_the_settings()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "hush hush\n");
        var settings = new Dictionary<string, string?> { ["CAIRN_OIDC_ISSUER"] = "https://id.example", ["CAIRN_OIDC_CLIENT_ID"] = "cairn", ["CAIRN_OIDC_CLIENT_SECRET_FILE"] = file };
        var options = ProviderOptions.FromEnvironment(settings.GetValueOrDefault)!;
        File.Delete(file);
        options.ClientSecret.ShouldBe("hush hush");
        options.ToString().ShouldNotContain("hush");
    }

    private static async Task<string> SignIn(ServerFixture server)
    {
        using var browser = new TestBrowser(server);
        var begun = await browser.Post("/v1/single-sign-on", new { });
        begun.StatusCode.ShouldBe(HttpStatusCode.OK, await begun.Content.ReadAsStringAsync());
        var back = await OidcProvider.Visit(new Uri((await begun.Json()).Text("address")));
        return (await browser.Get(back.PathAndQuery)).Headers.GetValues("Location").Single();
    }
}
