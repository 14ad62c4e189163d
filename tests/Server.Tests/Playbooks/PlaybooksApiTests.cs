using System.Net;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using Cairn.Server.Platform;
using Cairn.Server.Playbooks;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Playbooks;

public sealed class PlaybooksApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Home = "/v1/playbooks";
    private const string Shipped = Home + "/implementation-30-day";

    [Fact]
    public async Task The_library_lists_what_ships_and_shows_each_as_text_and_data()
    {
        using var client = server.Client(server.OperatorKey);
        var items = (await (await client.GetAsync(Home)).Json()).GetProperty("items").EnumerateArray().ToList();
        var listed = items.Single(item => item.Text("id") == "implementation-30-day");
        (listed.Text("source"), listed.GetProperty("days").GetInt32(), listed.GetProperty("phases").GetInt32(), listed.GetProperty("faults").GetInt32()).ShouldBe(("shipped", 30, 6, 0));

        var answer = await client.GetAsync(Shipped);
        answer.Headers.ETag!.Tag.ShouldBe($"\"{listed.GetProperty("version").GetInt32()}\"");
        var one = await answer.Json();
        one.Text("text").ShouldStartWith("playbook: implementation-30-day");
        one.Text("sha256").Length.ShouldBe(64);
        var planning = one.GetProperty("model").GetProperty("phases")[0];
        (planning.Text("id"), planning.GetProperty("from").GetInt32(), planning.GetProperty("to").GetInt32()).ShouldBe(("planning", 1, 3));
        var kickoff = planning.GetProperty("items").EnumerateArray().Single(item => item.Text("id") == "kickoff");
        (kickoff.Text("at"), kickoff.GetProperty("minutes").GetInt32(), kickoff.GetProperty("agenda").GetArrayLength()).ShouldBe(("09:00", 120, 4));

        await (await client.GetAsync(Home + "/implementation-31-day")).ShouldBeProblem(HttpStatusCode.NotFound, "playbook-not-found");
        await (await client.GetAsync(Home + "/implementation-31-day/versions")).ShouldBeProblem(HttpStatusCode.NotFound, "playbook-not-found");
        await (await client.GetAsync(Shipped + "?version=99")).ShouldBeProblem(HttpStatusCode.NotFound, "playbook-version-not-found");
        await (await client.GetAsync(Shipped + "?version=x")).ShouldBeProblem(HttpStatusCode.BadRequest, "query-number");
    }

    [Fact]
    public async Task A_lint_changes_nothing_and_tells_everything()
    {
        using var client = server.Client(server.OperatorKey);
        var lint = await (await client.PostText(Home + "/lint", Body(SomePlaybook.With("kind: implementation", "kind: implementaton"), "other"))).Json();
        lint.GetProperty("faults").EnumerateArray().Select(fault => $"{fault.GetProperty("line")}:{fault.GetProperty("column")} {fault.Text("code")}").ShouldBe(["1:11 playbook-name", "4:7 word-unknown"]);
        lint.GetProperty("warnings").GetArrayLength().ShouldBe(0);
        (await (await client.PostText(Home + "/lint", """{"text":""}""")).Json()).GetProperty("faults")[0].Text("code").ShouldBe("not-one-document");
        await (await client.PostText(Home + "/lint", """{"name":"x","colour":1}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid");
        await (await client.GetAsync(Home + "/other")).ShouldBeProblem(HttpStatusCode.NotFound, "playbook-not-found");
    }

    [Fact]
    public async Task An_installations_own_version_stands_before_the_shipped_one_and_old_ones_stay()
    {
        using var client = server.Client(server.OperatorKey);
        const string address = Home + "/growth";
        var shipped = await (await client.GetAsync(address)).Json();
        var (version, text) = (shipped.GetProperty("version").GetInt32(), shipped.Text("text"));
        var own = text.Replace($"version: {version}\n", $"version: {version + 1}\n", StringComparison.Ordinal);

        await (await client.Put(address, null, Body(own))).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
        await (await client.Put(address, "\"77\"", Body(own))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        await (await client.Put(address, $"\"{version}\"", Body(text))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "playbook-version-not-next");
        var faulty = await (await client.Put(address, $"\"{version}\"", Body(own.Replace("\nkind: ", "\nkind: un", StringComparison.Ordinal)))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "playbook-faulty");
        faulty.Faults().ShouldHaveSingleItem().ShouldStartWith("growth:4:");
        await (await client.Put(address, $"\"{version}\"", """{"words":1}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid");

        var kept = await client.Put(address, $"\"{version}\"", Body(own));
        kept.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await kept.Json()).Text("source").ShouldBe("installation");
        var next = own.Replace($"version: {version + 1}\n", $"version: {version + 5}\n", StringComparison.Ordinal).Replace("\ntitle: ", "\ntitle: Ours, ", StringComparison.Ordinal);
        (await client.Put(address, $"\"{version + 1}\"", Body(next))).Headers.ETag!.Tag.ShouldBe($"\"{version + 5}\"");

        (await (await client.GetAsync(address)).Json()).GetProperty("version").GetInt32().ShouldBe(version + 5);
        (await (await client.GetAsync($"{address}?version={version + 1}")).Json()).Text("text").ShouldBe(own);
        (await (await client.GetAsync($"{address}?version={version}")).Json()).Text("source").ShouldBe("shipped");
        var versions = (await (await client.GetAsync(address + "/versions")).Json()).GetProperty("items").EnumerateArray().ToList();
        versions.Select(one => $"{one.GetProperty("version")} {one.Text("source")}").ShouldBe([$"{version + 5} installation", $"{version + 1} installation", $"{version} shipped"]);
        versions[0].GetProperty("by").Text("name").ShouldNotBeEmpty();
        versions[2].GetProperty("by").ValueKind.ShouldBe(JsonValueKind.Null);
        var diff = await (await client.GetAsync($"{address}/diff?from={version + 1}&to={version + 5}")).Json();
        diff.GetProperty("changes").EnumerateArray().Select(change => change.Text("path")).First().ShouldBe("version");
        (await (await client.GetAsync(address + "/diff")).Json()).GetProperty("from").GetInt32().ShouldBe(version);
        await (await client.GetAsync(address + "/diff?from=999")).ShouldBeProblem(HttpStatusCode.NotFound, "playbook-version-not-found");

        var trail = await (await client.GetAsync($"/v1/audit-trail?customer={CustomerId.Installation}&limit=100")).Json();
        trail.GetProperty("items").EnumerateArray().Select(entry => entry.GetRawText()).Count(entry => entry.Contains("\"playbook.c", StringComparison.Ordinal) && entry.Contains("\"growth\"", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task A_playbook_of_ones_own_begins_with_version_0_and_of_two_writers_one_wins()
    {
        using var client = server.Client(server.OperatorKey);
        const string address = Home + "/sample";
        var made = await client.Put(address, "\"0\"", Body(SomePlaybook.Text + "\n"));
        made.StatusCode.ShouldBe(HttpStatusCode.Created);
        made.Headers.Location!.ToString().ShouldBe(address);
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => client.Put(address, "\"1\"", Body(SomePlaybook.With("version: 1\n", $"version: {2 + i % 2}\n")))));
        both.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        both.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(7);
    }

    [Fact]
    public async Task Only_managers_write_and_customers_see_nothing()
    {
        var customer = await server.NewCustomer();
        await (await server.Client(customer.Key).GetAsync(Home)).ShouldBeProblem(HttpStatusCode.Forbidden, "operator-required");
        await (await server.Client().GetAsync(Home)).ShouldBeProblem(HttpStatusCode.Unauthorized, "authentication-required");
        var reader = server.Client(await server.NewKey(CustomerId.Installation, [Scopes.Read]));
        (await reader.GetAsync(Home)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await reader.Put(Shipped, "\"1\"", Body("x"))).ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing");
    }

    [Fact]
    public async Task Plans_get_a_dated_playbook_for_the_customer()
    {
        using var client = server.Client(server.OperatorKey);
        var customer = await server.NewCustomer("Acme Stores");
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        await client.Patch($"/v1/customers/{customer.Id}", "\"1\"", """{"plan":"Enterprise"}""");
        var directory = server.Services.GetRequiredService<PlaybooksDirectory>();
        var text = SomePlaybook.With("playbook: sample", "playbook: for-plans").Replace("when: parallel-run", "when: 'customer.plan = \"Enterprise\"'", StringComparison.Ordinal);
        (await client.Put(Home + "/for-plans", "\"0\"", Body(text))).StatusCode.ShouldBe(HttpStatusCode.Created);

        var compiled = await Compile(directory, id, "for-plans", """{"seats": 40, "mode": "quick", "parallel-run": true, "until": null}""");
        compiled.IsOk.ShouldBeTrue(compiled.Problem?.Detail);
        compiled.Value.Title.ShouldBe("A sample for Acme Stores");
        compiled.Value.Item("assess").Title.ShouldBe("Assess 40 seats");
        compiled.Value.Items.ShouldContain(item => item.Id == "compare");
        compiled.Value.Parameters.Single(parameter => parameter.Id == "until").IsDefault.ShouldBeTrue();

        (await Compile(directory, id, "for-plans", """{"seats": "many"}""")).Problem!.Faults.ShouldHaveSingleItem().Pointer.ShouldBe("/parameters/seats");
        (await Compile(directory, id, "nothing", "{}")).Problem!.Code.ShouldBe("playbook-not-found");
    }

    private Task<Outcome<CompiledPlaybook>> Compile(PlaybooksDirectory directory, CustomerId customer, string playbook, string answers) => server.Database.ForCustomer(customer, work => directory.Compile(
        work, customer, new PlaybookStart(playbook, null, SomePlaybook.Monday, Weekends.Closed, JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(answers)!)));

    private static string Body(string text, string? name = null) => name is null ? JsonSerializer.Serialize(new { text }) : JsonSerializer.Serialize(new { text, name });
}
