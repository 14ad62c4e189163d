using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>A customer's people as the staff manage them.</summary>
public sealed class PortalPeopleTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task One_address_is_a_separate_person_at_each_customer()
    {
        var (one, other) = (await server.NewCustomer("One"), await server.NewCustomer("Other"));
        var first = await server.Admit(one, "shared@example.com");
        var second = await server.Admit(other, "shared@example.com");
        first.Person.ShouldNotBe(second.Person);

        (await Send(HttpMethod.Put, $"/v1/customers/{one.Id}/portal-people/{first.Person}/deactivation")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var gone = server.Visitor(first.Cookie);
        await (await gone.GetAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-session-ended");
        using var stays = server.Visitor(second.Cookie);
        (await (await stays.GetAsync("/v1/portal/sessions/current")).Json()).GetProperty("customer").Text("name").ShouldBe("Other");
        using var again = await Send(HttpMethod.Post, $"/v1/customers/{one.Id}/portal-people", new { name = "Jo", email = "SHARED@example.com", roles = new[] { "member" } });
        await again.ShouldBeProblem(HttpStatusCode.Conflict, "portal-person-known");
    }

    [Fact]
    public async Task Deactivation_ends_everything_and_reactivation_lets_in_by_a_new_link()
    {
        var customer = await server.NewCustomer();
        var (person, cookie) = await server.Admit(customer);
        var secret = Cairn.Server.Access.AccessSecrets.New();
        var before = await server.Link(customer, person, secret);
        var at = $"/v1/customers/{customer.Id}/portal-people/{person}";

        (await (await Send(HttpMethod.Put, at + "/deactivation")).Json()).Text("status").ShouldBe("deactivated");
        (await (await Send(HttpMethod.Put, at + "/deactivation")).Json()).Text("status").ShouldBe("deactivated", "Once more changes nothing.");
        await (await server.Enter(before)).ShouldBeProblem(HttpStatusCode.Conflict, "portal-link-used");
        await (await Send(HttpMethod.Post, at + "/invitations")).ShouldBeProblem(HttpStatusCode.Conflict, "portal-person-deactivated");
        using var visitor = server.Visitor(cookie);
        await (await visitor.GetAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-session-ended");

        (await (await Send(HttpMethod.Delete, at + "/deactivation")).Json()).Text("status").ShouldBe("active");
        await (await visitor.GetAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-session-ended");
        (await server.Enter(await server.Link(customer, person, secret))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_new_invitation_takes_the_one_before_back_and_a_revoked_one_is_gone()
    {
        var customer = await server.NewCustomer();
        var (person, first) = await server.Invite(customer);
        var at = $"/v1/customers/{customer.Id}/portal-people/{person}";

        var second = PortalVisitor.TokenOf((await (await Send(HttpMethod.Post, at + "/invitations")).Json()).Text("link"));
        await (await server.Enter(first)).ShouldBeProblem(HttpStatusCode.Conflict, "portal-link-revoked");
        (await Send(HttpMethod.Delete, at + "/invitations")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await server.Enter(second)).ShouldBeProblem(HttpStatusCode.Conflict, "portal-link-revoked");
        await (await Send(HttpMethod.Delete, at + "/invitations")).ShouldBeProblem(HttpStatusCode.Conflict, "portal-invitation-not-pending");

        var third = PortalVisitor.TokenOf((await (await Send(HttpMethod.Post, at + "/invitations")).Json()).Text("link"));
        (await server.Enter(third)).StatusCode.ShouldBe(HttpStatusCode.Created);
        // Without a mail server nobody who is out could come in again by themselves.
        var back = PortalVisitor.TokenOf((await (await Send(HttpMethod.Post, at + "/invitations")).Json()).Text("link"));
        (await server.Enter(back)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_change_is_based_on_a_version_and_keeps_the_address()
    {
        var customer = await server.NewCustomer();
        var (person, _) = await server.Invite(customer);
        var at = $"/v1/customers/{customer.Id}/portal-people/{person}";

        var changed = await (await Send(HttpMethod.Patch, at, new { roles = new[] { "finance", "executive-sponsor" } }, "\"1\"")).Json();
        changed.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["executive-sponsor", "finance"]);
        await (await Send(HttpMethod.Patch, at, new { name = "Joe" }, "\"1\"")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        await (await Send(HttpMethod.Patch, at, new { name = "Joe" }, "one")).ShouldBeProblem(HttpStatusCode.BadRequest, "version-malformed");
        await (await Send(HttpMethod.Patch, at, new { name = "Joe" })).ShouldBeProblem((HttpStatusCode)428, "version-required");
        (await (await Send(HttpMethod.Patch, at, new { email = "eve@example.com" }, "\"2\"")).ShouldBeProblem(HttpStatusCode.BadRequest, "member-unknown")).Faults().ShouldBe(["/email member-unknown"]);
        (await (await Send(HttpMethod.Patch, at, new { roles = new[] { "boss" } }, "\"2\"")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "portal-role-unknown")).Faults().ShouldBe(["/roles/0 portal-role-unknown"]);
    }

    [Fact]
    public async Task People_are_listed_page_by_page_and_never_with_a_secret()
    {
        var customer = await server.NewCustomer();
        for (var number = 0; number < 3; number++)
        {
            await server.Invite(customer, $"jo{number}@example.com");
        }

        using var client = server.Client(server.OperatorKey);
        var first = await (await client.GetAsync($"/v1/customers/{customer.Id}/portal-people?limit=2")).Json();
        var second = await (await client.GetAsync($"/v1/customers/{customer.Id}/portal-people?limit=2&cursor={first.Text("next")}")).Json();
        first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(person => person.Text("email"))
            .ShouldBe(["jo0@example.com", "jo1@example.com", "jo2@example.com"]);
        (first.GetRawText() + second.GetRawText()).ShouldNotContain("portalinvite");
    }

    [Fact]
    public async Task Every_change_stands_in_the_customers_ledger_without_a_secret()
    {
        var customer = await server.NewCustomer();
        var (person, token) = await server.Invite(customer);
        var at = $"/v1/customers/{customer.Id}/portal-people/{person}";
        var second = PortalVisitor.TokenOf((await (await Send(HttpMethod.Post, at + "/invitations")).Json()).Text("link"));
        await Send(HttpMethod.Delete, at + "/invitations");
        var third = PortalVisitor.TokenOf((await (await Send(HttpMethod.Post, at + "/invitations")).Json()).Text("link"));
        using var visitor = server.Visitor(PortalVisitor.CookieOf(await server.Enter(third)));
        await visitor.DeleteAsync("/v1/portal/sessions/current");
        await server.Enter(await server.Link(customer, person, Cairn.Server.Access.AccessSecrets.New()));
        await Send(HttpMethod.Patch, at, new { name = "Jo Itoh" }, "\"2\"");
        await Send(HttpMethod.Put, at + "/deactivation");
        await Send(HttpMethod.Delete, at + "/deactivation");

        using var client = server.Client(server.OperatorKey);
        var trail = await (await client.GetAsync($"/v1/audit-trail?customer={customer.Id}&limit=100")).Json();
        trail.GetProperty("items").EnumerateArray().Select(item => item.Text("action")).Where(action => action.StartsWith("portal-", StringComparison.Ordinal)).ShouldBe(
        [
            "portal-person.invited", "portal-invitation.sent", "portal-invitation.revoked", "portal-invitation.sent", "portal-invitation.accepted", "portal-session.ended",
            "portal-session.started", "portal-person.changed", "portal-person.deactivated", "portal-person.reactivated",
        ]);
        foreach (var secret in new[] { token, second, third })
        {
            trail.GetRawText().ShouldNotContain(secret.Split('_')[^1]);
        }
    }

    [Fact]
    public async Task A_person_of_another_customer_is_not_found()
    {
        var (one, other) = (await server.NewCustomer(), await server.NewCustomer());
        var (person, _) = await server.Invite(one);
        var at = $"/v1/customers/{other.Id}/portal-people/{person}";
        var asks = new (HttpMethod Method, string Path, object? Body)[]
        {
            (HttpMethod.Get, at, null), (HttpMethod.Patch, at, new { name = "x" }), (HttpMethod.Post, at + "/invitations", null), (HttpMethod.Delete, at + "/invitations", null),
            (HttpMethod.Put, at + "/deactivation", null), (HttpMethod.Delete, at + "/deactivation", null), (HttpMethod.Get, $"/v1/customers/{one.Id}/portal-people/jo", null),
        };
        foreach (var (method, path, body) in asks)
        {
            await (await Send(method, path, body, "\"1\"")).ShouldBeProblem(HttpStatusCode.NotFound, "portal-person-not-found");
        }
    }

    private async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        using var client = server.Client(server.OperatorKey);
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: JsonSerializerOptions.Web) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await client.SendAsync(request);
    }
}
