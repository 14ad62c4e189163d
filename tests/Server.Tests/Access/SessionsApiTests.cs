using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Access;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Access;

/// <summary>One server per test: each begins with nobody who could sign in.</summary>
public sealed class SessionsApiTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly ServerFixture server = new(postgres);

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_setup_link_makes_one_administrator_and_signs_them_in()
    {
        var token = (await Ensure(null, null)).ShouldNotBeNull();
        var other = (await Ensure(null, null)).ShouldNotBeNull();

        var first = await SetUp(token);
        first.StatusCode.ShouldBe(HttpStatusCode.Created, await first.Content.ReadAsStringAsync());
        (await first.Json()).GetProperty("person").Text("role").ShouldBe("Admin");
        (await Signed(CookieOf(first)).GetAsync("/v1/sessions/current")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await (await SetUp(token)).ShouldBeProblem(HttpStatusCode.Conflict, "setup-link-used");
        await (await SetUp(other, "eve@example.com")).ShouldBeProblem(HttpStatusCode.Conflict, "setup-done");
        (await Ensure(null, null)).ShouldBeNull();
    }

    [Fact]
    public async Task Of_many_who_open_the_link_at_once_exactly_one_wins()
    {
        var token = (await Ensure(null, null)).ShouldNotBeNull();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => SetUp(token, $"ada{number}@example.com")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(3);
        (await server.Database.ForOperator(work => work.Single<long>("select count(*) from access_people"))).ShouldBe(1);
    }

    [Fact]
    public async Task A_link_that_never_was_or_whose_day_is_over_makes_nobody()
    {
        await (await SetUp(new string('0', 52))).ShouldBeProblem(HttpStatusCode.NotFound, "setup-link-unknown");

        var token = (await Ensure(null, null)).ShouldNotBeNull();
        await server.Database.ForOperator(work => work.Execute("update access_setup_links set expires_at = now()"));
        await (await SetUp(token)).ShouldBeProblem(HttpStatusCode.Conflict, "setup-link-expired");
    }

    [Fact]
    public async Task A_faulty_setup_hears_of_all_faults_and_does_not_spend_the_link()
    {
        var token = (await Ensure(null, null)).ShouldNotBeNull();
        var answer = await server.Client().PostAsJsonAsync("/v1/setup", new { token, email = "ada", password = "short", x = 1 });
        (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults()
            .ShouldBe(["/x member-unknown", "/name member-missing", "/email email-unusable", "/password password-length"]);

        (await SetUp(token)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task The_environment_names_the_first_administrator_once_and_never_overwrites()
    {
        (await Ensure("ada@example.com", Password)).ShouldBeNull();
        (await Ensure("ada@example.com", "another password")).ShouldBeNull();
        (await Ensure("eve@example.com", "another password")).ShouldBeNull();

        (await SignIn("Ada@Example.com", Password)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await SignIn("ada@example.com", "another password")).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
        await (await SignIn("eve@example.com", "another password")).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
    }

    [Theory]
    [InlineData("ada@example.com", null, "CAIRN_ADMIN_PASSWORD is missing")]
    [InlineData(null, Password, "CAIRN_ADMIN_EMAIL is missing")]
    [InlineData("ada@example.com", "short-pass", "A password takes 12 to 256 characters")]
    [InlineData("ada", Password, "This is no mail address")]
    public async Task An_administrator_that_cannot_be_made_stops_the_start_with_the_reason(string? email, string? password, string reason)
    {
        var stopped = await Should.ThrowAsync<InstallationException>(() => Ensure(email, password));
        stopped.Message.ShouldContain(reason);
        stopped.Message.ShouldNotContain("short-pass");
    }

    [Fact]
    public async Task A_session_says_who_is_signed_in_until_it_is_ended()
    {
        var cookie = await SignedInAdmin();
        using var client = Signed(cookie);

        var person = (await (await client.GetAsync("/v1/sessions/current")).Json()).GetProperty("person");
        person.Text("email").ShouldBe("ada@example.com");
        person.Text("role").ShouldBe("Admin");
        person.Text("id").ShouldStartWith("per_");

        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        (await client.DeleteAsync("/v1/sessions/current")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await client.GetAsync("/v1/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await Ensure("ada@example.com", Password);
        var answer = await SignIn("ada@example.com", Password);
        var header = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();

        header.ShouldStartWith("cairn-session=session_" + new string('0', 26) + "_");
        header.ShouldContain("httponly");
        header.ShouldContain("samesite=lax");
        header.ShouldContain("path=/");
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        CookieOf(await SignIn("ada@example.com", Password)).ShouldNotBe(CookieOf(answer));
    }

    [Fact]
    public async Task A_session_works_on_every_customer_that_it_names()
    {
        var customer = await server.NewCustomer();
        using var client = Signed(await SignedInAdmin());
        (await client.GetAsync($"/v1/customers/{customer.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.GetAsync($"/v1/events?customer={customer.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await client.GetAsync("/v1/events")).ShouldBeProblem(HttpStatusCode.BadRequest, "customer-required");
    }

    [Theory]
    [InlineData("last_seen_at = now() - interval '2 hours 1 second'")]
    [InlineData("created_at = now() - interval '12 hours 1 second'")]
    public async Task A_session_runs_out_and_does_not_come_back(string change)
    {
        using var client = Signed(await SignedInAdmin());
        await server.Database.ForOperator(work => work.Execute("update access_sessions set " + change));
        await (await client.GetAsync("/v1/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");

        await server.Database.ForOperator(work => work.Execute("update access_sessions set last_seen_at = now(), created_at = now()"));
        await (await client.GetAsync("/v1/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
    }

    [Fact]
    public async Task Who_is_deactivated_is_out_at_once_and_cannot_come_back()
    {
        using var client = Signed(await SignedInAdmin());
        await server.Database.ForOperator(work => work.Execute("update access_people set deactivated_at = now()"));
        await (await client.GetAsync("/v1/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
        await (await SignIn("ada@example.com", Password)).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
    }

    [Theory]
    [InlineData("session_x")]
    [InlineData("session_00000000000000000000000000_01m7z3vjepfhyrcmb0cb0d3zhn_0000000000000000000000000000000000000000000000000000")]
    public async Task A_made_up_session_is_no_session(string cookie) =>
        await (await Signed("cairn-session=" + cookie).GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");

    [Fact]
    public async Task A_known_and_an_unknown_address_are_refused_alike()
    {
        await Ensure("ada@example.com", Password);
        var known = await (await SignIn("ada@example.com", "wrong password")).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
        var unknown = await (await SignIn("eve@example.com", "wrong password")).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
        unknown.GetRawText().ShouldBe(known.GetRawText());
    }

    [Fact]
    public async Task After_five_failures_even_the_right_password_waits()
    {
        await Ensure("ada@example.com", Password);
        foreach (var email in new[] { "ada@example.com", "eve@example.com" })
        {
            for (var attempt = 0; attempt < 5; attempt++)
            {
                await (await SignIn(email, "wrong password")).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-refused");
            }

            var answer = await SignIn(email, Password);
            await answer.ShouldBeProblem(HttpStatusCode.TooManyRequests, "sign-in-wait");
            answer.Headers.RetryAfter.ShouldNotBeNull().Delta!.Value.TotalSeconds.ShouldBeInRange(1, 30);
        }
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("Sec-Fetch-Site", "same-site", false)]
    [InlineData("Sec-Fetch-Site", "same-origin", true)]
    [InlineData("Sec-Fetch-Site", "none", true)]
    [InlineData("Origin", "https://evil.example", false)]
    [InlineData("Origin", "null", false)]
    [InlineData("X-Nothing", "said", false)]
    public async Task A_session_writes_only_for_pages_of_ours(string header, string value, bool isLetIn)
    {
        using var client = Signed(await SignedInAdmin());
        client.DefaultRequestHeaders.Add(header, value);
        var answer = await client.PostAsJsonAsync("/v1/customers", new { name = "Acme" });
        if (isLetIn)
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
        else
        {
            await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "cross-site-request");
            (await client.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task An_origin_equal_to_the_host_proves_a_page_of_ours()
    {
        using var client = Signed(await SignedInAdmin());
        client.DefaultRequestHeaders.Add("Origin", server.Address.GetLeftPart(UriPartial.Authority));
        (await client.PostAsJsonAsync("/v1/customers", new { name = "Acme" })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Another_site_cannot_sign_a_browser_in_either()
    {
        await Ensure("ada@example.com", Password);
        using var client = server.Client();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        await (await client.PostAsJsonAsync("/v1/sessions", new { email = "ada@example.com", password = Password }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "cross-site-request");
    }

    [Fact]
    public async Task A_key_has_no_session_and_needs_no_proof_of_origin()
    {
        using var client = server.Client(server.OperatorKey);
        client.DefaultRequestHeaders.Add("Origin", "https://somewhere.example");
        await (await client.GetAsync("/v1/sessions/current")).ShouldBeProblem(HttpStatusCode.Forbidden, "person-required");
        (await client.PostAsJsonAsync("/v1/customers", new { name = "Acme" })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Signing_in_takes_an_address_and_a_password()
    {
        var answer = await server.Client().PostAsJsonAsync("/v1/sessions", new { email = new[] { "ada@example.com" } });
        (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults().ShouldBe(["/email member-type", "/password member-missing"]);
    }

    private Task<string?> Ensure(string? email, string? password) =>
        server.Services.GetRequiredService<EnsureAdministrator>().Run(email, password, CancellationToken.None);

    private Task<HttpResponseMessage> SetUp(string token, string email = "ada@example.com") =>
        server.Client().PostAsJsonAsync("/v1/setup", new { token, name = "Ada", email, password = Password });

    private Task<HttpResponseMessage> SignIn(string email, string password) => server.Client().PostAsJsonAsync("/v1/sessions", new { email, password });

    private async Task<string> SignedInAdmin()
    {
        await Ensure("ada@example.com", Password);
        return CookieOf(await SignIn("ada@example.com", Password));
    }

    private static string CookieOf(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private HttpClient Signed(string cookie)
    {
        var client = server.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        return client;
    }
}
