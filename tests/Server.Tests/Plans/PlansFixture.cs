using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Tests.Access;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Plans;

/// <summary>A server with staff, and a small playbook of the installation's own to start plans from.</summary>
public sealed class PlansFixture(PostgresFixture postgres) : IAsyncLifetime
{
    public const string Playbook = "small-start";

    /// <summary>Ten days, two phases: kickoff, assess, design, then configure, load and go-live.</summary>
    public const string Text =
        """
        playbook: small-start
        version: 1
        title: A small start
        kind: implementation
        summary: Ten days from kickoff to go-live, for tests.
        source: tests
        days: calendar
        start: kickoff
        parameters:
          - {id: rehearsal, title: "Is the go-live rehearsed?", type: boolean, default: false}
        roles:
          - {role: csm-lead, hours: 10, per: week}
          - {role: csm-technical, hours: 40}
          - {role: data-owner, side: customer, hours: 12}
        budget: {ours: 60, customer: 20}
        phases:
          - id: prepare
            title: Prepare
            days: 1-4
            goal: Everything is known that the work rests on.
            meetings:
              - {id: kickoff, title: Kickoff, role: csm-lead, day: 1, at: "09:00", time: 2h, attendees: [csm-lead, csm-technical], agenda: [{title: Welcome, minutes: 15, lead: csm-lead}], outcomes: [The date is agreed]}
            tasks:
              - {id: assess, title: Assess the systems, role: csm-technical, days: 2-3, effort: 8h, after: [kickoff], checklist: [Systems listed, Data seen]}
              - {id: design, title: Design, role: csm-technical, day: 4, effort: 6h, after: [assess]}
              - {id: extract, title: Extract the data, role: data-owner, days: 2-4, effort: 12h, after: [kickoff]}
            checklists:
              - {id: before-kickoff, title: Before the kickoff, role: csm-lead, moment: pre-kickoff, items: [Room booked, Agenda sent]}
          - id: build
            title: Build
            days: 5-10
            after: [prepare]
            tasks:
              - {id: configure, title: Configure, role: csm-technical, days: 5-8, effort: 16h, after: [design]}
              - {id: rehearse, title: Rehearse, role: csm-technical, day: 8, effort: 4h, when: "rehearsal"}
              - {id: load, title: Load the data, role: csm-technical, days: 9-10, effort: 8h, after: [configure, extract]}
            milestones:
              - {id: live, title: Go-live, day: 10, after: [load]}
        targets:
          - {id: adoption, title: Half of the people use it, day: 30, metric: adoption.percent, goal: ">= 50", unit: "%"}
        """;

    public StaffFixture Staff { get; } = new(postgres);

    public ServerFixture Server => Staff.Server;

    public async ValueTask InitializeAsync()
    {
        await Staff.InitializeAsync();
        await PutPlaybook(Staff.Admin);
    }

    public ValueTask DisposeAsync() => Staff.DisposeAsync();

    /// <summary>Keeps the small playbook as the installation's own.</summary>
    public static async Task PutPlaybook(HttpClient client)
    {
        using var made = await client.Put($"/v1/playbooks/{Playbook}", "\"0\"", JsonSerializer.Serialize(new { text = Text }));
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
    }

    /// <summary>The address of a new customer, whose team has these people in these roles.</summary>
    public async Task<string> NewCustomer(params (string Person, string Role)[] team)
    {
        var home = $"/v1/customers/{(await Server.NewCustomer("Acme", "Europe/London")).Id}";
        foreach (var (person, role) in team)
        {
            var added = await Staff.Admin.PostAsJsonAsync($"{home}/team", new { person, role, from = "2026-01-01" });
            added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        }

        return home;
    }

    /// <summary>A plan from the small playbook, from Monday 2 March 2026, and its address.</summary>
    public async Task<(string Address, JsonElement Plan)> NewPlan(string? home = null, string start = "2026-03-02")
    {
        home ??= await NewCustomer();
        var made = await Staff.Admin.PostAsJsonAsync($"{home}/plans", new { playbook = Playbook, start });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var plan = await made.Json();
        return ($"{home}/plans/{plan.Text("id")}", plan);
    }

    public async Task<JsonElement> Get(string address)
    {
        using var answer = await Staff.Admin.GetAsync(address);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    /// <summary>Changes an item at its current version.</summary>
    public async Task<HttpResponseMessage> ChangeItem(string address, string key, string body, HttpClient? client = null)
    {
        var item = Item(await Get(address), key);
        return await (client ?? Staff.Admin).Patch($"{address}/items/{item.Text("id")}", $"\"{item.GetProperty("version").GetInt64()}\"", body);
    }

    /// <summary>Carries out a reflow on a version.</summary>
    public Task<HttpResponseMessage> Reflow(string address, long version, string body, HttpClient? client = null) =>
        (client ?? Staff.Admin).Based(address + "/reflows", version, body);

    public static JsonElement Item(JsonElement plan, string key) => plan.GetProperty("items").EnumerateArray().Single(item => item.Text("key") == key);

    /// <summary>The dates of every item: key, start, finish.</summary>
    public static IReadOnlyList<string> Dates(JsonElement plan) =>
        [.. plan.GetProperty("items").EnumerateArray().Select(item => $"{item.Text("key")} {item.GetProperty("start").GetString()} {item.GetProperty("finish").GetString()}")];
}

internal static class PlanRequests
{
    /// <summary>A POST that names the version it is based on.</summary>
    public static Task<HttpResponseMessage> Based(this HttpClient client, string address, long version, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return client.SendAsync(request);
    }
}
