using System.Net;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Api;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>Looking at the portal through the eyes of one of a customer's people.</summary>
public sealed class SeeAsPersonTests(MatrixWorld world) : IClassFixture<MatrixWorld>
{
    [Fact]
    public async Task A_manager_sees_what_the_person_sees_and_every_read_is_in_the_customers_ledger()
    {
        var customer = await world.Server.NewCustomer("Nordwind Ltd");
        var (person, _) = await world.Server.Invite(customer);
        using var staff = await Staff(StaffRole.Manager);
        var (view, token) = await Begin(staff, customer, person);

        using var looking = await Looking(staff, token);
        var session = await (await looking.GetAsync("/v1/portal/sessions/current")).Json();
        session.GetProperty("person").Text("id").ShouldBe(person);
        session.Text("seenBy").ShouldNotBeNullOrEmpty();
        (await (await looking.GetAsync("/v1/portal/home")).Json()).GetProperty("shared").GetArrayLength().ShouldBe(0);

        foreach (var (method, path) in new[] { ("DELETE", "/v1/portal/sessions/current"), ("POST", "/v1/portal/home"), ("PUT", "/v1/portal/receipts") })
        {
            using var write = new HttpRequestMessage(new HttpMethod(method), path);
            using var refused = await looking.SendAsync(write);
            ((int)refused.StatusCode).ShouldBeInRange(403, 405, $"{method} {path}");
        }

        using var leaving = await looking.DeleteAsync("/v1/portal/sessions/current");
        await leaving.ShouldBeProblem(HttpStatusCode.Forbidden, "view-read-only");
        (await staff.DeleteAsync($"/v1/customers/{customer.Id}/portal-views/{view}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await looking.GetAsync("/v1/portal/home")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-view-ended");

        using var client = world.Server.Client(world.Server.OperatorKey);
        var trail = await (await client.GetAsync($"/v1/audit-trail?customer={customer.Id}&kind=read")).Json();
        trail.GetProperty("items").EnumerateArray().Select(item => item.Text("action")).ShouldBe(["portal-view.started", "portal-view.read", "portal-view.read", "portal-view.ended"]);
        trail.GetRawText().ShouldContain("/v1/portal/home");
        trail.GetRawText().ShouldNotContain(token.Split('_')[^1]);
    }

    [Fact]
    public async Task It_takes_a_manager_or_a_place_in_the_team()
    {
        var customer = await world.Server.NewCustomer();
        var (person, _) = await world.Server.Invite(customer);
        foreach (var role in new[] { StaffRole.Viewer, StaffRole.User })
        {
            using var staff = await Staff(role);
            using var refused = await staff.PostAsync($"/v1/customers/{customer.Id}/portal-people/{person}/views", null);
            await refused.ShouldBeProblem(HttpStatusCode.Forbidden, "view-not-permitted");
        }
    }

    [Fact]
    public async Task A_view_is_good_in_the_hands_of_the_one_who_began_it_and_for_half_an_hour()
    {
        var customer = await world.Server.NewCustomer();
        var other = await world.Server.NewCustomer();
        var (person, cookie) = await world.Server.Admit(customer);
        using var staff = await Staff(StaffRole.Manager);
        using var colleague = await Staff(StaffRole.Admin);
        var (view, token) = await Begin(staff, customer, person);

        using var stolen = await Looking(colleague, token);
        await (await stolen.GetAsync("/v1/portal/home")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-view-ended");
        using var nobody = world.Server.Client();
        nobody.DefaultRequestHeaders.Add("Cairn-Portal-View", token);
        (await nobody.GetAsync("/v1/portal/home")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var visitor = world.Server.Visitor(cookie);
        visitor.DefaultRequestHeaders.Add("Cairn-Portal-View", token);
        (await visitor.GetAsync("/v1/portal/home")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "A person of the customer cannot look as anybody.");
        using var moved = await Looking(staff, PortalVisitor.Moved(token, other));
        await (await moved.GetAsync("/v1/portal/home")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-view-ended");
        (await colleague.DeleteAsync($"/v1/customers/{customer.Id}/portal-views/{view}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        using var looking = await Looking(staff, token);
        (await looking.GetAsync("/v1/portal/home")).StatusCode.ShouldBe(HttpStatusCode.OK, "Nobody ends another's view.");

        await world.Server.Database.ForOperator(work => work.Execute("update access_portal_views set started_at = now() - interval '30 minutes'"));
        await (await looking.GetAsync("/v1/portal/home")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-view-ended");
    }

    [Fact]
    public async Task Nobody_looks_through_the_eyes_of_somebody_who_is_gone()
    {
        var customer = await world.Server.NewCustomer();
        var (person, _) = await world.Server.Admit(customer);
        using var staff = await Staff(StaffRole.Manager);
        var (_, token) = await Begin(staff, customer, person);
        (await staff.PutAsync($"/v1/customers/{customer.Id}/portal-people/{person}/deactivation", null)).StatusCode.ShouldBe(HttpStatusCode.OK);

        using var looking = await Looking(staff, token);
        await (await looking.GetAsync("/v1/portal/home")).ShouldBeProblem(HttpStatusCode.Unauthorized, "portal-view-ended");
        using var again = await staff.PostAsync($"/v1/customers/{customer.Id}/portal-people/{person}/views", null);
        await again.ShouldBeProblem(HttpStatusCode.Conflict, "portal-person-deactivated");
        using var never = await staff.PostAsync($"/v1/customers/{world.B.Id}/portal-people/{person}/views", null);
        await never.ShouldBeProblem(HttpStatusCode.NotFound, "portal-person-not-found");
    }

    [Fact]
    public async Task Without_a_view_the_staff_see_no_page_of_the_portal_and_a_person_nothing_of_the_staffs()
    {
        using var staff = await Staff(StaffRole.Admin);
        await (await staff.GetAsync("/v1/portal/home")).ShouldBeProblem(HttpStatusCode.Forbidden, "portal-person-required");
        using var key = world.Server.Client(world.Server.OperatorKey);
        await (await key.GetAsync("/v1/portal/home")).ShouldBeProblem(HttpStatusCode.Forbidden, "portal-person-required");
        var (_, cookie) = await world.Server.Admit(world.B, "staffs@example.com");
        using var visitor = world.Server.Visitor(cookie);
        await (await visitor.GetAsync($"/v1/customers/{world.B.Id}")).ShouldBeProblem(HttpStatusCode.Forbidden, "staff-required");
        using var anywhere = await Looking(staff, (await Begin(staff, world.B, (await world.Server.Invite(world.B, "seen@example.com")).Person)).Token);
        (await anywhere.GetAsync($"/v1/customers/{world.B.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK, "Outside the portal the header means nothing: it is the member of the staff.");
    }

    private async Task<HttpClient> Staff(StaffRole role)
    {
        var person = await world.Person(role, $"{role}-{world.Next()}@example.com".ToLowerInvariant());
        return world.Server.Visitor($"cairn-session={await world.Session(person)}");
    }

    private static async Task<(string View, string Token)> Begin(HttpClient staff, TestCustomer customer, string person)
    {
        using var answer = await staff.PostAsync($"/v1/customers/{customer.Id}/portal-people/{person}/views", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var view = await answer.Json();
        view.Text("path").ShouldStartWith("/portal/see-as#");
        return (view.Text("id"), view.Text("path").Split('#')[1]);
    }

    /// <summary>A browser tab of the staff that looks through somebody's eyes.</summary>
    private Task<HttpClient> Looking(HttpClient staff, string token)
    {
        var client = world.Server.Visitor(staff.DefaultRequestHeaders.GetValues("Cookie").Single());
        client.DefaultRequestHeaders.Add("Cairn-Portal-View", token);
        return Task.FromResult(client);
    }
}
