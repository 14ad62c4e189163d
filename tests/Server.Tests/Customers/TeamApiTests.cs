using System.Net;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Customers;

public sealed class TeamApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Operator => server.Client(server.OperatorKey);

    [Fact]
    public async Task Several_people_may_share_a_role_and_the_longest_serving_CSM_owns_the_customer()
    {
        var (id, home) = await Home();
        var lead = await Somebody("Lead Li");
        var (first, second) = (await Somebody("First Fay"), await Somebody("Second Sam"));
        (await Add(home, lead, "csm-lead", "2020-01-01")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Owner(id)).ShouldBe("Lead Li");

        await Add(home, second, "csm", "2025-02-01");
        await Add(home, first, "csm", "2025-01-01");
        (await Owner(id)).ShouldBe("First Fay");
        var team = (await (await Operator.GetAsync(home)).Json()).GetProperty("items").EnumerateArray().ToList();
        team.Select(member => member.GetProperty("person").Text("name")).ShouldBe(["Lead Li", "First Fay", "Second Sam"], "They stand in the order of the roles, then of the days.");
        team.ShouldAllBe(member => member.Text("when") == "current");
    }

    [Fact]
    public async Task A_place_ends_with_its_last_day_and_the_portfolio_follows()
    {
        var (id, home) = await Home();
        TypedId.TryParse<CustomerId>(id, out var customer).ShouldBeTrue();
        var person = await Somebody("Passing Pat");
        var place = await (await Add(home, person, "csm", "2020-01-01")).Json();
        (await Portfolio(person)).ShouldBe([customer]);

        var address = $"{home}/{place.Text("id")}";
        (await (await Operator.Patch(address, "\"1\"", """{"until":"2020-12-31"}""")).Json()).Text("when").ShouldBe("past");
        (await Portfolio(person)).ShouldBeEmpty();
        (await (await Operator.Patch(address, "\"2\"", """{"from":"2999-01-01","until":null}""")).Json()).Text("when").ShouldBe("coming");
        (await Portfolio(person)).ShouldBeEmpty();
        (await Owner(id)).ShouldBeNull();
        (await Portfolio(await Somebody("Nobody's"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_person_is_in_a_role_once_on_a_day()
    {
        var (_, home) = await Home();
        var person = await Somebody("Twice Tom");
        await Add(home, person, "csm", "2025-01-01", "2025-06-30");
        await (await Add(home, person, "csm", "2025-06-30")).ShouldBeProblem(HttpStatusCode.Conflict, "team-member-overlaps");
        (await Add(home, person, "csm", "2025-07-01")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Add(home, person, "support", "2025-01-01")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Removing_can_be_undone_unless_the_place_was_taken_since()
    {
        var (id, home) = await Home();
        var person = await Somebody("Back Bea");
        var address = $"{home}/{(await (await Add(home, person, "csm", "2025-01-01")).Json()).Text("id")}";
        (await Operator.Delete(address, "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Owner(id)).ShouldBeNull();
        await (await Operator.Patch(address, "\"2\"", "{}")).ShouldBeProblem(HttpStatusCode.NotFound, "team-member-not-found");
        (await Operator.PostText(address + "/restoration", "")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Owner(id)).ShouldBe("Back Bea");

        await Operator.Delete(address, "\"3\"");
        await Add(home, person, "csm", "2025-01-01");
        await (await Operator.PostText(address + "/restoration", "")).ShouldBeProblem(HttpStatusCode.Conflict, "team-member-overlaps");
        var trail = await (await Operator.GetAsync($"/v1/audit-trail?kind=record&customer={id}&action=team-member.removed")).Json();
        trail.GetProperty("items").EnumerateArray().First().GetProperty("before").Text("personName").ShouldBe("Back Bea");
    }

    [Fact]
    public async Task What_a_place_does_not_take_is_told_all_at_once()
    {
        var (_, home) = await Home();
        var answer = await Operator.PostText(home, """{"person":"me","role":"king","from":"soon","until":"2020-13-01"}""");
        (await answer.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "input-invalid")).Faults().ShouldBe(
            ["/person person-unknown", "/role job-role-unknown", "/from date-unusable", "/until date-unusable"]);
        await (await Add(home, new PersonId(NewId.Next()), "csm", "2025-01-01")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-unknown");
        await (await Operator.Patch(home + "/tmb_x", "\"1\"", "{}")).ShouldBeProblem(HttpStatusCode.NotFound, "team-member-not-found");
    }

    [Fact]
    public async Task Somebody_who_left_stays_where_they_were_and_is_chosen_no_more()
    {
        var (_, home) = await Home();
        var person = await Somebody("Gone Gil");
        var place = (await (await Add(home, person, "csm", "2025-01-01")).Json()).Text("id");
        await server.Database.ForOperator(work => work.Execute("update access_people set deactivated_at = now() where person_id = @id", new { id = person.Value }));

        await (await Add(home, person, "support", "2025-01-01")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-unknown");
        (await (await Operator.GetAsync("/v1/colleagues")).Content.ReadAsStringAsync()).ShouldNotContain("Gone Gil");
        (await (await Operator.Patch($"{home}/{place}", "\"1\"", """{"until":"2025-02-01"}""")).Json()).GetProperty("person").Text("name").ShouldBe("Gone Gil");
    }

    private async Task<PersonId> Somebody(string name)
    {
        var person = new Person(new PersonId(NewId.Next()), name, $"{Guid.NewGuid():N}@example.com", StaffRole.User);
        await server.Database.ForCustomer(CustomerId.Installation, async work =>
        {
            await AccessStore.AddPerson(work, person, "no password", server.Services.GetRequiredService<Clock>().Now);
            return true;
        });
        return person.Id;
    }

    private async Task<(string Id, string Home)> Home()
    {
        var customer = await server.NewCustomer(timeZone: "Asia/Tokyo");
        return (customer.Id, $"/v1/customers/{customer.Id}/team");
    }

    private Task<HttpResponseMessage> Add(string home, PersonId person, string role, string from, string? until = null) =>
        Operator.PostText(home, JsonSerializer.Serialize(new { person = person.ToString(), role, from, until }));

    private async Task<string?> Owner(string customer) =>
        (await (await Operator.GetAsync("/v1/customers/" + customer)).Json()).TryGetProperty("owner", out var owner) ? owner.Text("name") : null;

    private Task<IReadOnlySet<CustomerId>> Portfolio(PersonId person) =>
        server.Services.GetRequiredService<IPortfolioLookup>().PortfolioOf(person, CancellationToken.None);
}
