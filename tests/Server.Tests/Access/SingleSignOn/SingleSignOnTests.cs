using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.SingleSignOn;

public sealed class SingleSignOnTests(SingleSignOnWorld world) : IClassFixture<SingleSignOnWorld>, IDisposable
{
    private readonly TestBrowser browser = new(world.Linking);
    private readonly TestBrowser newcomer = new(world.Creating);

    public void Dispose()
    {
        browser.Dispose();
        newcomer.Dispose();
    }

    [Fact]
    public async Task Who_linked_an_identity_comes_in_with_it()
    {
        var (person, _) = await Linked();
        await browser.Delete("/v1/sessions/current");
        (await (await browser.Get("/v1/sign-in-ways")).Json()).Text("singleSignOn").ShouldBe("Example ID");

        (await SignIn(browser, "/customers?view=live")).ShouldBe("/customers?view=live");
        (await (await browser.Get("/v1/sessions/current")).Json()).GetProperty("person").Text("email").ShouldBe(person.Email);
        browser.Cookies.Keys.ShouldBe(["cairn-session"]);
        var identity = (await (await browser.Get("/v1/account/security")).Json()).GetProperty("identities").EnumerateArray().ShouldHaveSingleItem();
        identity.Text("issuer").ShouldBe(world.Provider.Issuer);
        identity.GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.String);
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("no nonce")]
    [InlineData("audience")]
    [InlineData("second audience")]
    [InlineData("authorized party")]
    [InlineData("issuer")]
    [InlineData("expired")]
    [InlineData("from the future")]
    [InlineData("no subject")]
    [InlineData("another subject")]
    [InlineData("unknown key")]
    [InlineData("unknown key with a known name")]
    [InlineData("broken signature")]
    [InlineData("no signature")]
    [InlineData("shared secret")]
    public async Task A_token_with_a_fault_opens_nothing(string fault)
    {
        await Linked();
        await browser.Delete("/v1/sessions/current");
        await world.Provider.Tell(new { fault });
        (await SignIn(browser)).ShouldBe("/sign-in?problem=single-sign-on-refused");
        browser.Cookies.ShouldBeEmpty();
        await world.Provider.Tell(new { fault = (string?)null });
        (await SignIn(browser)).ShouldBe("/");
    }

    [Theory]
    [InlineData("nonce")]
    [InlineData("code_challenge")]
    [InlineData("client_id")]
    public async Task A_request_that_was_changed_on_the_way_leads_nowhere(string parameter)
    {
        await Linked();
        await browser.Delete("/v1/sessions/current");
        var address = await Begin(browser);
        var other = parameter == "client_id" ? "another" : "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        var back = await OidcProvider.Visit(new Uri(Regex.Replace(address.AbsoluteUri, $"(?<=[?&]{parameter}=)[^&]*", other)));
        (await Return(browser, back)).ShouldBe("/sign-in?problem=single-sign-on-refused");
        browser.Cookies.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_way_back_works_once_and_in_the_browser_that_set_out()
    {
        await Linked();
        await browser.Delete("/v1/sessions/current");
        using var other = new TestBrowser(world.Linking);
        var back = await OidcProvider.Visit(await Begin(browser));
        var ticket = browser.Cookies["cairn-sso"];

        (await Return(other, back)).ShouldBe("/sign-in?problem=single-sign-on-expired");
        await Begin(other);
        (await Return(other, back)).ShouldBe("/sign-in?problem=single-sign-on-expired");
        (await Return(browser, back)).ShouldBe("/");
        browser.Cookies["cairn-sso"] = ticket;
        (await Return(browser, back)).ShouldBe("/sign-in?problem=single-sign-on-expired");
    }

    [Fact]
    public async Task A_code_that_was_used_is_refused_by_the_provider()
    {
        await Linked();
        var used = await OidcProvider.Visit(await Begin(browser));
        (await Return(browser, used)).ShouldBe("/");
        var fresh = await OidcProvider.Visit(await Begin(browser));
        var replayed = new Uri(Regex.Replace(fresh.AbsoluteUri, "(?<=[?&]code=)[^&]*", Regex.Match(used.Query, "[?&]code=([^&]*)").Groups[1].Value));
        (await Return(browser, replayed)).ShouldBe("/sign-in?problem=single-sign-on-refused");
    }

    [Theory]
    [InlineData("error=access_denied&code=x")]
    [InlineData("code=")]
    [InlineData("code=made-up")]
    [InlineData("code=x&iss=https%3A%2F%2Fevil.example")]
    public async Task A_refusal_of_the_provider_is_told(string query)
    {
        var address = await Begin(browser);
        var state = Regex.Match(address.Query, "[?&]state=([^&]*)").Groups[1].Value;
        (await Return(browser, new Uri(world.Linking.Address, $"/v1/single-sign-on/callback?{query}&state={state}"))).ShouldBe("/sign-in?problem=single-sign-on-refused");
    }

    [Fact]
    public async Task An_identity_that_nobody_linked_opens_nothing_whatever_its_address()
    {
        var person = await TestBrowser.NewPerson(world.Linking);
        await Account(new { sub = Subject(), email = "nobody@example.com", email_verified = true });
        (await SignIn(browser)).ShouldBe("/sign-in?problem=single-sign-on-unknown");
        await Account(new { sub = Subject(), email = person.Email.ToUpperInvariant(), email_verified = true });
        (await SignIn(browser)).ShouldBe("/sign-in?problem=single-sign-on-mail-taken");
        await Account(new { sub = Subject(), email = person.Email, email_verified = false });
        (await SignIn(browser)).ShouldBe("/sign-in?problem=single-sign-on-unknown");
        browser.Cookies.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_identity_belongs_to_one_account()
    {
        var (_, identity) = await Linked();
        using var other = new TestBrowser(world.Linking);
        var second = await TestBrowser.NewPerson(world.Linking);
        await other.SignIn(second.Email);
        (await Link(other)).ShouldBe("/account?problem=identity-taken");
        (await Link(browser)).ShouldBe("/account", "Linking what is linked changes nothing.");
        await (await other.Delete($"/v1/account/identities/{identity}")).ShouldBeProblem(HttpStatusCode.NotFound, "identity-not-found");
        (await browser.Delete($"/v1/account/identities/{identity}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await browser.Delete("/v1/sessions/current");
        (await SignIn(browser)).ShouldStartWith("/sign-in?problem=single-sign-on-");
    }

    [Fact]
    public async Task Linking_is_for_the_session_that_asked()
    {
        var person = await TestBrowser.NewPerson(world.Linking);
        await browser.SignIn(person.Email);
        await Account(new { sub = Subject() });
        var back = await OidcProvider.Visit(await Begin(browser, "/v1/account/identities"));
        await browser.SignIn((await TestBrowser.NewPerson(world.Linking)).Email);
        (await Return(browser, back)).ShouldBe("/account?problem=session-ended");
    }

    [Fact]
    public async Task The_only_way_in_stays()
    {
        var (person, identity) = await Linked();
        await world.Linking.Database.ForOperator(work => work.Execute("update access_people set password_hash = null where person_id = @id", new { id = person.Id.Value }));
        await (await browser.Delete($"/v1/account/identities/{identity}")).ShouldBeProblem(HttpStatusCode.Conflict, "last-way-in");
    }

    [Fact]
    public async Task The_provider_proves_anew_who_sits_there()
    {
        var (person, _) = await Linked();
        await world.Linking.Database.ForOperator(work => work.Execute(
            "update access_sessions set created_at = now() - interval '11 minutes' where person_id = @id", new { id = person.Id.Value }));
        await (await browser.Post("/v1/account/identities", new { })).ShouldBeProblem(HttpStatusCode.Forbidden, "proof-required");
        var address = await Begin(browser, "/v1/sessions/current/single-sign-on-proof");
        address.Query.ShouldContain("prompt=login");
        (await Return(browser, await OidcProvider.Visit(address))).ShouldBe("/account");
        (await browser.Post("/v1/account/totp")).StatusCode.ShouldBe(HttpStatusCode.Created);

        var subject = Subject();
        await Account(new { sub = subject });
        (await Return(browser, await OidcProvider.Visit(await Begin(browser, "/v1/sessions/current/single-sign-on-proof")))).ShouldBe("/account?problem=proof-refused");
    }

    [Fact]
    public async Task Who_is_deactivated_stays_out()
    {
        var (person, _) = await Linked();
        await world.Linking.Database.ForOperator(work => work.Execute("update access_people set deactivated_at = now() where person_id = @id", new { id = person.Id.Value }));
        (await SignIn(browser)).ShouldBe("/sign-in?problem=single-sign-on-unknown");
    }

    [Fact]
    public async Task Where_it_is_let_a_verified_address_makes_an_account_and_groups_give_its_role()
    {
        var (subject, email) = (Subject(), $"{Subject()}@example.com");
        await Account(new { sub = subject, name = "Grace", email, email_verified = true, groups = new[] { "cairn-users", "others" } });
        (await SignIn(newcomer)).ShouldBe("/");
        var person = (await (await newcomer.Get("/v1/sessions/current")).Json()).GetProperty("person");
        (person.Text("name"), person.Text("email"), person.Text("role")).ShouldBe(("Grace", email, "User"));

        await Account(new { sub = subject, email = "changed@example.com", email_verified = true, groups = new[] { "cairn-users", "cairn-admins" } });
        (await SignIn(newcomer)).ShouldBe("/");
        person = (await (await newcomer.Get("/v1/sessions/current")).Json()).GetProperty("person");
        (person.Text("email"), person.Text("role")).ShouldBe((email, "Admin"), "The subject is who they are; the groups decide over the role.");

        await world.Creating.Database.ForOperator(work => work.Execute("update access_people set deactivated_at = now() where email <> @email", new { email }));
        await Account(new { sub = subject, email, email_verified = true, groups = new[] { "cairn-users" } });
        (await SignIn(newcomer)).ShouldBe("/");
        (await (await newcomer.Get("/v1/sessions/current")).Json()).GetProperty("person").Text("role").ShouldBe("Admin", "The last administrator stays one.");
        await (await newcomer.SignIn(email)).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
    }

    [Fact]
    public async Task No_account_is_made_for_an_address_that_is_taken_or_not_verified_or_without_a_group()
    {
        string[] groups = ["cairn-users"];
        await Account(new { sub = Subject(), email = "x@example.com", email_verified = false, groups });
        (await SignIn(newcomer)).ShouldBe("/sign-in?problem=single-sign-on-mail-unverified");
        await Account(new { sub = Subject(), groups });
        (await SignIn(newcomer)).ShouldBe("/sign-in?problem=single-sign-on-mail-unverified");
        await Account(new { sub = Subject(), email = "y@example.com", email_verified = true, groups = new[] { "others" } });
        (await SignIn(newcomer)).ShouldBe("/sign-in?problem=single-sign-on-no-role");
        var person = await TestBrowser.NewPerson(world.Creating);
        await Account(new { sub = Subject(), email = person.Email, email_verified = true, groups });
        (await SignIn(newcomer)).ShouldBe("/sign-in?problem=single-sign-on-mail-taken");
        newcomer.Cookies.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("customers")]
    [InlineData("/a\nb")]
    public async Task Nobody_is_sent_elsewhere_afterwards(string to) =>
        await (await browser.Post("/v1/single-sign-on", new { to })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "path-unusable");

    [Fact]
    public async Task The_settings_show_the_provider_and_never_its_secret()
    {
        var answer = await world.Creating.Client(world.Creating.OperatorKey).GetAsync("/v1/settings/sign-in");
        var text = await answer.Content.ReadAsStringAsync();
        var provider = (await answer.Json()).GetProperty("singleSignOn");
        provider.Text("issuer").ShouldBe(world.Provider.Issuer);
        provider.GetProperty("hasSecret").GetBoolean().ShouldBeTrue();
        provider.GetProperty("groupRoles").Text("cairn-admins").ShouldBe("Admin");
        text.ShouldNotContain("a secret of ours");
    }

    private static string Subject() => Guid.CreateVersion7().ToString("N");

    private Task Account(object account) => world.Provider.Tell(new { account });

    /// <summary>Somebody who signed in with a password and linked who they are at the provider.</summary>
    private async Task<(Person Person, string Identity)> Linked()
    {
        var person = await TestBrowser.NewPerson(world.Linking);
        (await browser.SignIn(person.Email)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Account(new { sub = Subject(), email = "somewhere@else.example", email_verified = true });
        (await Link(browser)).ShouldBe("/account");
        var identity = (await (await browser.Get("/v1/account/security")).Json()).GetProperty("identities").EnumerateArray().ShouldHaveSingleItem().Text("id");
        return (person, identity);
    }

    private static async Task<string> Link(TestBrowser visitor) => await Return(visitor, await OidcProvider.Visit(await Begin(visitor, "/v1/account/identities")));

    private static async Task<string> SignIn(TestBrowser visitor, string? to = null) =>
        await Return(visitor, await OidcProvider.Visit(await Begin(visitor, "/v1/single-sign-on", to)));

    private static async Task<Uri> Begin(TestBrowser visitor, string path = "/v1/single-sign-on", string? to = null)
    {
        var answer = await visitor.Post(path, new { to });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return new Uri((await answer.Json()).Text("address"));
    }

    /// <summary>Where the browser is sent when it comes back.</summary>
    private static async Task<string> Return(TestBrowser visitor, Uri back)
    {
        var answer = await visitor.Get(back.PathAndQuery);
        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues("Location").Single();
    }
}
