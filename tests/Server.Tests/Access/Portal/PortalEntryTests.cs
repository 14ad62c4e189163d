using System.Net;
using System.Net.Http.Json;
using Cairn.Domain.Access.Portal;
using Cairn.Server.Access;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>How a customer's people come in and how they are kept out.</summary>
public sealed class PortalEntryTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task An_invitation_brings_one_person_in_once()
    {
        var customer = await server.NewCustomer("Nordwind Ltd");
        var (person, token) = await server.Invite(customer, "Jo@Example.com", "data-owner", "it");

        using var entered = await server.Enter(token);
        entered.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var visitor = server.Visitor(PortalVisitor.CookieOf(entered));
        var session = await (await visitor.GetAsync("/v1/portal/sessions/current")).Json();
        session.GetProperty("person").Text("id").ShouldBe(person);
        session.GetProperty("person").Text("email").ShouldBe("jo@example.com");
        session.GetProperty("customer").Text("name").ShouldBe("Nordwind Ltd");
        session.GetProperty("seenBy").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);

        await (await server.Enter(token)).ShouldBeProblem(HttpStatusCode.Conflict, "portal-link-used");
        using var staff = server.Client(server.OperatorKey);
        var shown = await (await staff.GetAsync($"/v1/customers/{customer.Id}/portal-people/{person}")).Json();
        shown.Text("status").ShouldBe("active");
        shown.GetProperty("invitation").Text("state").ShouldBe("accepted");
    }

    [Fact]
    public async Task Opening_a_link_without_saying_so_uses_nothing_up()
    {
        var customer = await server.NewCustomer("Nordwind Ltd");
        var (_, token) = await server.Invite(customer);

        for (var scanner = 0; scanner < 3; scanner++)
        {
            using var opened = await server.Enter(token, isConfirmed: false);
            var problem = await opened.ShouldBeProblem(HttpStatusCode.Conflict, "portal-confirmation-required");
            (problem.Text("customer"), problem.Text("person"), problem.GetProperty("invitation").GetBoolean()).ShouldBe(("Nordwind Ltd", "Jo Ito", true));
            opened.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }

        (await server.Enter(token)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_link_needs_no_click_in_the_browser_that_asked_for_it_and_one_elsewhere()
    {
        var customer = await server.NewCustomer();
        var (person, _) = await server.Admit(customer);
        var secret = AccessSecrets.New();
        var token = await server.Link(customer, person, secret);

        await (await server.Enter(token, isConfirmed: false)).ShouldBeProblem(HttpStatusCode.Conflict, "portal-confirmation-required");
        await (await server.Enter(token, isConfirmed: false, $"cairn-portal-asked={AccessSecrets.New()}")).ShouldBeProblem(HttpStatusCode.Conflict, "portal-confirmation-required");
        using var entered = await server.Enter(token, isConfirmed: false, $"cairn-portal-asked={secret}");
        entered.StatusCode.ShouldBe(HttpStatusCode.Created);
        var cookie = entered.Headers.GetValues("Set-Cookie").First(line => line.StartsWith("cairn-portal=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        cookie.ShouldContain("path=/;", Case.Insensitive, "path=/ is what __Host- asks for over TLS");

        await (await server.Enter(token)).ShouldBeProblem(HttpStatusCode.Conflict, "portal-link-used");
    }

    [Fact]
    public async Task Of_many_who_use_a_link_at_once_exactly_one_comes_in()
    {
        var customer = await server.NewCustomer();
        var (_, token) = await server.Invite(customer);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => server.Enter(token)));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(5);
    }

    [Fact]
    public async Task A_token_of_one_customer_is_nothing_at_another()
    {
        var (one, other) = (await server.NewCustomer(), await server.NewCustomer());
        var (person, invitation) = await server.Invite(one);
        var (_, cookie) = await server.Admit(one, "ann@example.com");
        await server.Enter(invitation);
        var link = await server.Link(one, person, AccessSecrets.New());
        var (_, pending) = await server.Invite(one, "pat@example.com");

        foreach (var token in new[] { pending, link })
        {
            await (await server.Enter(PortalVisitor.Moved(token, other))).ShouldBeProblem(HttpStatusCode.NotFound, "portal-link-unknown");
            // Nor is one kind good for another, nor with another secret.
            await (await server.Enter(token.Replace("portalinvite", "portallink", StringComparison.Ordinal) + "x")).ShouldBeProblem(HttpStatusCode.NotFound, "portal-link-unknown");
            await (await server.Enter(token[..^1] + (token[^1] == '0' ? '1' : '0'))).ShouldBeProblem(HttpStatusCode.NotFound, "portal-link-unknown");
        }

        await (await server.Enter(pending.Replace("portalinvite", "portallink", StringComparison.Ordinal))).ShouldBeProblem(HttpStatusCode.NotFound, "portal-link-unknown");
        await (await server.Enter(link.Replace("portallink", "portalinvite", StringComparison.Ordinal))).ShouldBeProblem(HttpStatusCode.NotFound, "portal-link-unknown");
        using var moved = server.Visitor("cairn-portal=" + PortalVisitor.Moved(cookie["cairn-portal=".Length..], other));
        await (await moved.GetAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-session-ended");
        using var mistaken = server.Visitor("cairn-portal=" + pending);
        await (await mistaken.GetAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-session-ended");
        using var asStaff = server.Visitor(cookie.Replace("cairn-portal=", "cairn-session=", StringComparison.Ordinal));
        await (await asStaff.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "session-ended");
        (await server.Enter(pending)).StatusCode.ShouldBe(HttpStatusCode.Created, "Trying it elsewhere has used nothing up.");
    }

    [Theory]
    [InlineData("access_portal_invitations", "created_at = created_at - interval '7 days'", "portal-link-expired")]
    [InlineData("access_portal_invitations", "revoked_at = now()", "portal-link-revoked")]
    [InlineData("access_portal_invitations", "accepted_at = now()", "portal-link-used")]
    public async Task An_invitation_that_does_not_hold_says_why(string table, string change, string code)
    {
        var customer = await server.NewCustomer();
        var (person, token) = await server.Invite(customer);
        await Change(table, change, person);

        await (await server.Enter(token)).ShouldBeProblem(HttpStatusCode.Conflict, code);
        await (await server.Enter(token, isConfirmed: false)).ShouldBeProblem(HttpStatusCode.Conflict, code);
    }

    [Fact]
    public async Task A_link_is_over_after_a_quarter_of_an_hour()
    {
        var customer = await server.NewCustomer();
        var (person, _) = await server.Admit(customer);
        var secret = AccessSecrets.New();
        var token = await server.Link(customer, person, secret);
        await Change("access_portal_links", "created_at = created_at - interval '15 minutes'", person);

        await (await server.Enter(token, cookie: $"cairn-portal-asked={secret}")).ShouldBeProblem(HttpStatusCode.Conflict, "portal-link-expired");
    }

    [Theory]
    [InlineData("last_seen_at = last_seen_at - interval '24 hours'")]
    [InlineData("created_at = created_at - interval '7 days'")]
    public async Task A_session_times_out_for_good(string change)
    {
        var customer = await server.NewCustomer();
        var (person, cookie) = await server.Admit(customer);
        await Change("access_portal_sessions", change, person);
        using var visitor = server.Visitor(cookie);
        await (await visitor.GetAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-session-ended");

        await Change("access_portal_sessions", "last_seen_at = now(), created_at = now()", person);
        await (await visitor.GetAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-session-ended");
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        var customer = await server.NewCustomer();
        var (_, cookie) = await server.Admit(customer);
        using var visitor = server.Visitor(cookie);

        (await visitor.DeleteAsync("/v1/portal/sessions/current")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await visitor.GetAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-session-ended");
    }

    [Fact]
    public async Task The_answer_to_an_ask_is_the_same_for_every_address()
    {
        var customer = await server.NewCustomer();
        await server.Admit(customer, "known@example.com");
        await server.Invite(customer, "invited@example.com");
        var answers = new List<string>();
        foreach (var email in new[] { "known@example.com", "invited@example.com", "unknown@example.com", "no address" })
        {
            using var client = server.Client();
            using var answer = await client.PostAsJsonAsync("/v1/portal/sign-in-links", new { email });
            answers.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()} {Shape(answer)}");
        }

        answers.Distinct().ShouldHaveSingleItem();
        answers[0].ShouldStartWith("202");

        static string Shape(HttpResponseMessage answer) => string.Join(' ', answer.Headers.Where(header => header.Key != "Date")
            .Select(header => header.Key + "=" + System.Text.RegularExpressions.Regex.Replace(string.Join(';', header.Value), "[0-9a-hjkmnp-tv-z]{52}|expires=[^;]*", "X")));
    }

    [Fact]
    public async Task An_ask_makes_at_most_three_links_in_a_quarter_of_an_hour()
    {
        var customer = await server.NewCustomer();
        var (person, _) = await server.Admit(customer, "often@example.com");
        using var client = server.Client();
        for (var ask = 0; ask < 5; ask++)
        {
            (await client.PostAsJsonAsync("/v1/portal/sign-in-links", new { email = "Often@example.com " })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }

        // Another address after it: asks are answered one after the other, so that the five are through when this one is.
        var (last, _) = await server.Admit(customer, "last@example.com");
        (await client.PostAsJsonAsync("/v1/portal/sign-in-links", new { email = "last@example.com" })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await Eventually.Holds(async () => await Links(last) == 1);
        (await Links(person)).ShouldBe(PortalLink.MostAlive);

        Task<long> Links(string id) => server.Database.ForOperator(work =>
            work.Single<long>("select count(*) from access_portal_links where portal_person_id = @id", new { id = Uuid(id) }));
    }

    private async Task Change(string table, string change, string person) =>
        (await server.Database.ForOperator(work => work.Execute($"update {table} set {change} where portal_person_id = @id", new { id = Uuid(person) }))).ShouldBe(1);

    private static Guid Uuid(string person)
    {
        Domain.Foundation.TypedId.TryParse<Domain.Foundation.PortalPersonId>(person, out var id).ShouldBeTrue();
        return id.Value;
    }
}
