using System.Net;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Receipts;

public sealed class ActivityTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private HttpClient Operator => server.Client(server.OperatorKey);

    [Fact]
    public async Task Changes_and_batches_come_newest_first_page_by_page_and_single_events_do_not()
    {
        var customer = await server.NewCustomer();
        var home = $"/v1/customers/{customer.Id}";
        using var own = server.Client(customer.Key);
        await own.PostText("/v1/events", Event("single"), "application/cloudevents+json");
        await own.PostText("/v1/events", Event("one") + "\n" + Event("two") + "\n", "application/x-ndjson");
        await Operator.Patch(home, "\"1\"", """{"stage":"adoption"}""");
        await Operator.PostText(home + "/contacts", """{"name":"Ida","roles":["it"]}""");
        await Operator.GetAsync("/v1/audit-trail?customer=" + customer.Id);

        var all = await Items(home + "/activity");
        all.Select(item => item.Text("action")).ShouldBe(["contact.created", "customer.changed", "events.received", "api-key.created", "customer.created"]);
        var batch = all[2];
        batch.GetProperty("batch").GetProperty("accepted").GetInt64().ShouldBe(2);
        batch.GetProperty("actor").Text("name").ShouldBe("a test's key");
        all[1].GetProperty("after").Text("stage").ShouldBe("adoption");

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await (await Operator.GetAsync($"{home}/activity?limit=2{(cursor is null ? "" : "&cursor=" + cursor)}")).Json();
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("id")));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        seen.ShouldBe(all.Select(item => item.Text("id")));
    }

    [Fact]
    public async Task It_narrows_to_what_it_is_about_and_to_who_did_it()
    {
        var customer = await server.NewCustomer();
        var home = $"/v1/customers/{customer.Id}";
        using var own = server.Client(customer.Key);
        await own.PostText("/v1/events", Event("one") + "\n", "application/x-ndjson");
        await Operator.PostText(home + "/contacts", """{"name":"Ida","roles":["it"]}""");

        (await Actions(home + "/activity?about=people")).ShouldBe(["contact.created"]);
        (await Actions(home + "/activity?about=keys")).ShouldBe(["api-key.created"]);
        (await Actions(home + "/activity?about=data")).ShouldBe(["events.received"]);
        (await Actions(home + "/activity?about=record")).ShouldBe(["customer.created"]);
        (await Actions(home + "/activity?actor=system")).ShouldBe(["api-key.created"]);
        await (await Operator.GetAsync(home + "/activity?about=gossip")).ShouldBeProblem(HttpStatusCode.BadRequest, "query-about");
        await (await Operator.GetAsync(home + "/activity?cursor=YQpiCmM")).ShouldBeProblem(HttpStatusCode.BadRequest, "cursor-invalid");
    }

    private static string Event(string id) => $$"""{"specversion":"1.0","id":"{{id}}","source":"/s","type":"t","data":1}""";

    private async Task<List<string>> Actions(string address) => [.. (await Items(address)).Select(item => item.Text("action"))];

    private async Task<List<JsonElement>> Items(string address) => [.. (await (await Operator.GetAsync(address)).Json()).GetProperty("items").EnumerateArray()];
}
