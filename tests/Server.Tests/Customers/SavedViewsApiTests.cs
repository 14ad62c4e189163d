using System.Net;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Customers;

public sealed class SavedViewsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Home = "/v1/saved-views";

    [Fact]
    public async Task A_view_is_ones_own_until_it_is_shared()
    {
        var (ann, ben) = (await Browser(StaffRole.User), await Browser(StaffRole.User));
        var own = await (await ann.PostText(Home, """{"name":"Renewals in spring","search":{"view":"renewing","sort":"acv.desc"}}""")).Json();
        own.Text("id").ShouldStartWith("viw_");
        own.GetProperty("search").Text("sort").ShouldBe("acv.desc");
        (await Names(ann)).ShouldBe(["Renewals in spring"]);
        (await Names(ben)).ShouldNotContain("Renewals in spring");

        var address = $"{Home}/{own.Text("id")}";
        await (await ben.Patch(address, "\"1\"", """{"name":"Mine now"}""")).ShouldBeProblem(HttpStatusCode.NotFound, "saved-view-not-found");
        (await ann.Patch(address, "\"1\"", """{"shared":true}""")).Headers.ETag!.Tag.ShouldBe("\"2\"");
        (await Names(ben)).ShouldContain("Renewals in spring");
        await (await ben.Delete(address, "\"2\"")).ShouldBeProblem(HttpStatusCode.Forbidden, "saved-view-not-yours");
        (await (await Browser(StaffRole.Manager)).Patch(address, "\"2\"", """{"name":"Spring"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await ann.Patch(address, "\"2\"", """{"name":"Late"}""")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        (await ann.Delete(address, "\"3\"")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Names(ann)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_views_of_one_person_have_two_names()
    {
        var ann = await Browser(StaffRole.Viewer);
        await ann.PostText(Home, """{"name":"One","search":{}}""");
        await (await ann.PostText(Home, """{"name":"ONE","search":{}}""")).ShouldBeProblem(HttpStatusCode.Conflict, "saved-view-name-taken");
        var second = await (await ann.PostText(Home, """{"name":"Two","search":{}}""")).Json();
        await (await ann.Patch($"{Home}/{second.Text("id")}", "\"1\"", """{"name":"one"}""")).ShouldBeProblem(HttpStatusCode.Conflict, "saved-view-name-taken");
        (await ann.Patch($"{Home}/{second.Text("id")}", "\"1\"", """{"name":"TWO"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await Browser(StaffRole.Viewer)).PostText(Home, """{"name":"One","search":{}}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Bad_views_are_refused_and_nobody_keeps_too_many()
    {
        var ann = await Browser(StaffRole.User);
        var answer = await ann.PostText(Home, """{"screen":"kitchen","shared":"yes","search":{"q":5},"color":"red"}""");
        (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults().Order().ShouldBe(
            new[] { "/color member-unknown", "/name member-missing", "/screen screen-unknown", "/search/q member-type", "/shared member-type" }.Order());
        await (await ann.PostText(Home, """{"name":"x","search":{"a b":"c"}}""")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "search-member-unusable");
        await (await ann.Delete(Home + "/viw_x", "\"1\"")).ShouldBeProblem(HttpStatusCode.NotFound, "saved-view-not-found");
        for (var made = 0; made < 50; made++)
        {
            (await ann.PostText(Home, $$$"""{"name":"View {{{made}}}","search":{}}""")).StatusCode.ShouldBe(HttpStatusCode.Created);
        }

        await (await ann.PostText(Home, """{"name":"One too many","search":{}}""")).ShouldBeProblem(HttpStatusCode.Conflict, "saved-views-full");
    }

    [Fact]
    public async Task A_program_has_no_views() =>
        await (await server.Client(server.OperatorKey).GetAsync(Home)).ShouldBeProblem(HttpStatusCode.Forbidden, "person-required");

    private async Task<HttpClient> Browser(StaffRole role)
    {
        var clock = server.Services.GetRequiredService<Clock>();
        var person = new Person(new PersonId(NewId.Next()), $"A {role}", $"{Guid.NewGuid():N}@example.com", role);
        var session = await server.Database.ForCustomer(CustomerId.Installation, async work =>
        {
            await AccessStore.AddPerson(work, person, "no password", clock.Now);
            return (await SignIn.Begin(work, person.Id, clock.Now)).Text;
        });
        var client = server.Client();
        client.DefaultRequestHeaders.Add("Cookie", "cairn-session=" + session);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    private static async Task<List<string>> Names(HttpClient client) =>
        [.. (await (await client.GetAsync(Home)).Json()).GetProperty("items").EnumerateArray().Select(view => view.Text("name"))];
}
