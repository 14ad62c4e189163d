using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Tests.Support;
using static Cairn.Server.Tests.Plans.PlansFixture;

namespace Cairn.Server.Tests.Plans;

public sealed class PlansApiTests(PlansFixture plans) : IClassFixture<PlansFixture>
{
    private HttpClient Admin => plans.Staff.Admin;

    [Fact]
    public async Task A_plan_is_previewed_and_started_with_the_same_dates()
    {
        var home = await plans.NewCustomer((plans.Staff.AdminId, "csm-technical"));
        var preview = await (await Admin.PostAsJsonAsync($"{home}/plans/previews", new { playbook = Playbook, start = "2026-03-02" })).Json();
        (await plans.Get($"{home}/plans")).GetProperty("items").GetArrayLength().ShouldBe(0, "A preview writes nothing.");
        preview.GetProperty("faults").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldContain("csm-lead");
        preview.GetProperty("omissions").EnumerateArray().ShouldHaveSingleItem().Text("id").ShouldBe("rehearse");
        Item(preview, "load").GetProperty("after").EnumerateArray().Select(one => one.Text("item")).ShouldBe(["configure", "extract"]);

        var (_, plan) = await plans.NewPlan(home);
        Dates(plan).ShouldBe(Dates(preview));
        Dates(plan).ShouldBe(
        [
            "kickoff 2026-03-02 2026-03-02", "assess 2026-03-03 2026-03-04", "design 2026-03-05 2026-03-05", "extract 2026-03-03 2026-03-05",
            "configure 2026-03-06 2026-03-09", "load 2026-03-10 2026-03-11", "live 2026-03-11 2026-03-11",
        ], ignoreOrder: true);
        var configure = Item(plan, "configure");
        configure.GetProperty("workingDays").GetInt32().ShouldBe(2);
        configure.GetProperty("owner").Text("name").ShouldNotBeNullOrEmpty();
        configure.GetProperty("baselineFinish").GetString().ShouldBe("2026-03-09");
        Item(plan, "extract").GetProperty("owner").ValueKind.ShouldBe(JsonValueKind.Null);
        Item(plan, "extract").Text("side").ShouldBe("customer");
        plan.GetProperty("goLive").Text("baseline").ShouldBe("2026-03-11");
        plan.GetProperty("targets").EnumerateArray().ShouldHaveSingleItem().Text("due").ShouldBe("2026-03-31");
        plan.GetProperty("phases")[1].Text("start").ShouldBe("2026-03-06");
        plan.GetProperty("calendar").GetProperty("closed").EnumerateArray().ShouldContain(day => day.Text("date") == "2026-03-07" && day.Text("name") == "Saturday");
    }

    [Fact]
    public async Task The_thirty_day_plan_goes_live_on_day_25_and_ends_on_day_30()
    {
        var home = await plans.NewCustomer((plans.Staff.AdminId, "csm-lead"));
        var made = await Admin.PostAsJsonAsync($"{home}/plans", new { playbook = "implementation-30-day", start = "2026-03-02" });
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        var plan = await made.Json();
        plan.GetProperty("goLive").Text("baseline").ShouldBe("2026-03-26");
        plan.GetProperty("finish").Text("baseline").ShouldBe("2026-03-31");
        plan.GetProperty("phases").GetArrayLength().ShouldBe(6);
        var tidy = await (await Admin.PostText($"{home}/plans/{plan.Text("id")}/reflow-previews", """{"changes":[]}""")).Json();
        tidy.GetProperty("moves").GetArrayLength().ShouldBe(0, "A new plan keeps its own rules.");
        tidy.GetProperty("conflicts").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_start_can_be_repeated_with_its_key_and_is_one_entry_of_the_ledger()
    {
        var home = await plans.NewCustomer();
        async Task<HttpResponseMessage> Start(string start)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"{home}/plans") { Content = JsonContent.Create(new { playbook = Playbook, start, title = "Acme goes live" }) };
            request.Headers.Add("Idempotency-Key", "start-1");
            return await Admin.SendAsync(request);
        }

        var first = await Start("2026-03-02");
        first.Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await (await Start("2026-03-02")).Json()).Text("id").ShouldBe((await first.Json()).Text("id"));
        await (await Start("2026-03-03")).ShouldBeProblem(HttpStatusCode.Conflict, "idempotency-key-reused");
        var listed = (await plans.Get($"{home}/plans")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        listed.Text("title").ShouldBe("Acme goes live");
        listed.GetProperty("finish").Text("baseline").ShouldBe("2026-03-11");
        (await Trail(home)).ShouldBe(["plan.started"]);
    }

    [Fact]
    public async Task Faults_of_a_start_come_together()
    {
        var home = await plans.NewCustomer();
        var nobody = "per_" + new string('0', 26);
        var answer = await Admin.PostAsJsonAsync($"{home}/plans/previews", new { start = "soon", owners = new { boss = nobody }, parameter = 1 });
        (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults().Order().ShouldBe(
            new[] { "/owners/boss job-role-unknown", "/parameter member-unknown", "/playbook member-missing", "/start date-unusable" }.Order());
        await (await Admin.PostAsJsonAsync($"{home}/plans", new { playbook = "none", start = "2026-03-02" })).ShouldBeProblem(HttpStatusCode.NotFound, "playbook-not-found");
        var owner = new Dictionary<string, string> { ["csm-lead"] = nobody };
        await (await Admin.PostAsJsonAsync($"{home}/plans", new { playbook = Playbook, start = "2026-03-02", owners = owner })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-unknown");
    }

    [Fact]
    public async Task Title_and_state_change_at_a_version_and_a_closed_plan_takes_no_changes()
    {
        var (address, plan) = await plans.NewPlan();
        await (await Admin.Patch(address, null, """{"title":"x"}""")).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
        await (await Admin.Patch(address, "\"9\"", """{"title":"x"}""")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        await (await Admin.Patch(address, "\"1\"", """{"state":"asleep"}""")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "plan-state-unknown");
        var closed = await (await Admin.Patch(address, "\"1\"", """{"title":"Over","state":"closed"}""")).Json();
        (closed.Text("title"), closed.Text("state"), closed.GetProperty("version").GetInt64()).ShouldBe(("Over", "closed", 2));

        var item = Item(plan, "assess").Text("id");
        await (await Admin.Patch($"{address}/items/{item}", "\"1\"", """{"state":"done"}""")).ShouldBeProblem(HttpStatusCode.Conflict, "plan-closed");
        await (await plans.Reflow(address, 2, """{"changes":[],"reason":"x"}""")).ShouldBeProblem(HttpStatusCode.Conflict, "plan-closed");
        await (await Admin.PostText($"{address}/items", """{"kind":"task","title":"x","phase":"build"}""")).ShouldBeProblem(HttpStatusCode.Conflict, "plan-closed");
        await (await Admin.PostText($"{address}/items/{item}/time-entries", """{"date":"2026-03-03","hours":1}""")).ShouldBeProblem(HttpStatusCode.Conflict, "plan-closed");
        await (await Admin.Patch($"{address}/checklists/before-kickoff/entries/1", null, """{"done":true}""")).ShouldBeProblem(HttpStatusCode.Conflict, "plan-closed");
        (await Admin.Patch(address, "\"2\"", """{"state":"active"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_item_is_changed_at_its_own_version_and_its_state_and_share_agree()
    {
        var (address, plan) = await plans.NewPlan();
        var item = $"{address}/items/{Item(plan, "assess").Text("id")}";
        await (await Admin.Patch(item, "\"7\"", """{"title":"x"}""")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");

        var begun = await (await Admin.Patch(item, "\"1\"", """{"percentDone":40,"checklist":[{"id":"1","done":true}],"details":"With **care**."}""")).Json();
        (begun.Text("state"), begun.GetProperty("percentDone").GetInt32(), begun.GetProperty("version").GetInt64()).ShouldBe(("in-progress", 40, 2));
        begun.GetProperty("checklist")[0].GetProperty("done").GetBoolean().ShouldBeTrue();
        begun.GetProperty("checklist")[0].GetProperty("by").GetString().ShouldNotBeNullOrEmpty();
        var done = await (await Admin.Patch(item, "\"2\"", """{"state":"done"}""")).Json();
        (done.GetProperty("percentDone").GetInt32(), done.GetProperty("late").GetBoolean()).ShouldBe((100, false));
        done.GetProperty("doneOn").GetString().ShouldNotBeNull();
        var reopened = await (await Admin.Patch(item, "\"3\"", """{"percentDone":90}""")).Json();
        (reopened.Text("state"), reopened.GetProperty("doneOn").ValueKind).ShouldBe(("in-progress", JsonValueKind.Null));

        var problem = await (await Admin.Patch(item, "\"4\"", """{"state":"lost","audience":"all","owner":"per_x","role":"boss","effortHours":0.001,"checklist":[{"id":"9","done":true}],"start":"2026-03-04"}"""))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid");
        problem.Faults().Order().ShouldBe(new[]
        {
            "/audience audience-unknown", "/checklist checklist-entry-unknown", "/effortHours hours-unusable", "/owner person-unknown", "/role job-role-unknown",
            "/start member-unknown", "/state plan-item-state-unknown",
        }.Order());
        await (await Admin.Patch($"{address}/items/itm_x", "\"1\"", "{}")).ShouldBeProblem(HttpStatusCode.NotFound, "plan-item-not-found");
        (await plans.Get(address)).GetProperty("version").GetInt64().ShouldBe(4);
    }

    [Fact]
    public async Task Who_can_begin_hears_of_it_once_and_only_then()
    {
        var (lead, technical) = (await plans.Staff.Colleague("User"), await plans.Staff.Colleague("User"));
        var home = await plans.NewCustomer((lead.Id, "csm-lead"), (technical.Id, "csm-technical"));
        var (address, _) = await plans.NewPlan(home);
        (await Inbox(technical)).ShouldHaveSingleItem().ShouldStartWith("New plan for Acme");

        (await plans.ChangeItem(address, "kickoff", """{"state":"done"}""", lead.Client)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Inbox(technical)).ShouldBe(["You can begin: Assess the systems", "New plan for Acme: A small start"]);
        await plans.ChangeItem(address, "design", """{"title":"Design it"}""", lead.Client);
        (await Inbox(technical)).Count.ShouldBe(2, "Nothing became ready.");
        await plans.ChangeItem(address, "assess", """{"state":"done"}""", technical.Client);
        (await Inbox(technical)).Count.ShouldBe(2, "Nobody is told of what they did themselves.");
        (await Inbox(lead)).ShouldHaveSingleItem("What is ready is not theirs.");
    }

    [Fact]
    public async Task An_item_is_added_on_its_day_or_the_first_that_what_it_follows_allows()
    {
        var (address, plan) = await plans.NewPlan();
        var added = await Admin.PostText($"{address}/items", """{"kind":"task","title":"Train the people","phase":"build","role":"csm-lead","start":"2026-03-07","workingDays":2,"effortHours":5.5,"after":[{"item":"configure","kind":"FS","lagDays":1}]}""");
        added.StatusCode.ShouldBe(HttpStatusCode.Created, await added.Content.ReadAsStringAsync());
        var item = await added.Json();
        (item.Text("start"), item.Text("finish"), item.Text("side"), item.GetProperty("slackDays").GetInt32()).ShouldBe(("2026-03-11", "2026-03-12", "ours", 0));
        item.GetProperty("why").EnumerateArray().Select(step => step.Text("text")).ShouldContain("Follows 'Configure', which ends on Monday 9 March 2026.");
        item.GetProperty("after")[0].Text("item").ShouldBe(Item(plan, "configure").Text("id"));

        var undated = await (await Admin.PostText($"{address}/items", """{"kind":"milestone","title":"Some day","phase":"build"}""")).Json();
        undated.GetProperty("start").ValueKind.ShouldBe(JsonValueKind.Null);
        var problem = await (await Admin.PostText($"{address}/items", """{"kind":"party","phase":"never","finish":"2026-03-01","start":"2026-03-02","after":[{"item":"nobody","kind":"XX"}],"workingDays":0}"""))
            .ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid");
        problem.Faults().Order().ShouldBe(new[]
        {
            "/after/0/item plan-item-unknown", "/after/0/kind dependency-kind-unknown", "/finish date-order", "/kind plan-item-kind-unknown", "/phase plan-phase-unknown", "/title member-missing",
        }.Order());
        (await plans.Get(address)).GetProperty("items").GetArrayLength().ShouldBe(9);
    }

    [Fact]
    public async Task Checklists_are_ready_when_all_is_ticked()
    {
        var (address, _) = await plans.NewPlan();
        var list = (await plans.Get($"{address}/checklists")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (list.Text("moment"), list.Text("role"), list.GetProperty("ready").GetBoolean()).ShouldBe(("pre-kickoff", "csm-lead", false));

        await Admin.Patch($"{address}/checklists/before-kickoff/entries/1", null, """{"done":true}""");
        var ready = await (await Admin.Patch($"{address}/checklists/before-kickoff/entries/2", null, """{"done":true}""")).Json();
        ready.GetProperty("ready").GetBoolean().ShouldBeTrue();
        (await (await Admin.Patch($"{address}/checklists/before-kickoff/entries/2", null, """{"done":false}""")).Json()).GetProperty("ready").GetBoolean().ShouldBeFalse();
        await (await Admin.Patch($"{address}/checklists/before-kickoff/entries/3", null, """{"done":true}""")).ShouldBeProblem(HttpStatusCode.NotFound, "checklist-entry-not-found");
        await (await Admin.Patch($"{address}/checklists/before-kickoff/entries/1", null, "{}")).ShouldBeProblem(HttpStatusCode.BadRequest, "member-missing");
    }

    [Fact]
    public async Task Plans_and_time_entries_are_bounded_and_a_word_that_is_no_dependency_is_one_fault()
    {
        var (address, plan) = await plans.NewPlan();
        var home = address[..address.IndexOf("/plans", StringComparison.Ordinal)];
        var ids = new { customer = Uuid(home.Split('/')[3], "cus_"), plan = Uuid(plan.Text("id"), "pln_"), item = Uuid(Item(plan, "assess").Text("id"), "itm_") };
        await (await Admin.PostText($"{address}/reflow-previews", """{"changes":[{"item":"load","addDependency":{"item":"design","kind":"AFTER"}}]}"""))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "dependency-kind-unknown");
        await plans.Server.Database.ForOperator(work => work.Execute(
            """
            insert into plans_time_entries (customer_id, plan_id, entry_id, item_id, on_date, hours, is_customers, by_id, logged_at)
            select @customer, @plan, gen_random_uuid(), @item, date '2026-03-03', 1, false, 'test', now() from generate_series(1, 50000)
            """, ids));
        await (await Admin.PostText($"{address}/items/{Item(plan, "assess").Text("id")}/time-entries", """{"date":"2026-03-03","hours":1}""")).ShouldBeProblem(HttpStatusCode.Conflict, "too-many-time-entries");
        await plans.Server.Database.ForOperator(work => work.Execute(
            """
            insert into plans_plans (customer_id, plan_id, title, playbook, playbook_version, playbook_sha256, playbook_title, state, start_date, budget, targets, compiled, started_at, started_by, version)
            select @customer, gen_random_uuid(), 't', 'p', 1, '', 't', 'closed', date '2026-03-03', '[]', '[]', '{}', now(), 'test', 1 from generate_series(1, 200)
            """, ids));
        await (await Admin.PostAsJsonAsync($"{home}/plans", new { playbook = Playbook, start = "2026-03-02" })).ShouldBeProblem(HttpStatusCode.Conflict, "too-many-plans");

        static Guid Uuid(string id, string prefix) => Domain.Foundation.Crockford.TryDecode(id.AsSpan(prefix.Length), out var value) ? value : throw new ArgumentException(id);
    }

    [Fact]
    public async Task A_plan_of_another_customer_is_not_found()
    {
        var (address, plan) = await plans.NewPlan();
        var other = await plans.NewCustomer();
        await (await Admin.GetAsync($"{other}/plans/{plan.Text("id")}")).ShouldBeProblem(HttpStatusCode.NotFound, "plan-not-found");
        await (await plans.Reflow($"{other}/plans/{plan.Text("id")}", 1, """{"changes":[],"reason":"x"}""")).ShouldBeProblem(HttpStatusCode.NotFound, "plan-not-found");
        foreach (var below in new[] { "", "/progress", "/budget", "/time-entries", "/reflows", "/checklists" })
        {
            await (await Admin.GetAsync($"{other}/plans/{plan.Text("id")}{below}")).ShouldBeProblem(HttpStatusCode.NotFound, "plan-not-found");
        }

        (await Admin.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<IReadOnlyList<string>> Inbox(Access.Colleague colleague) =>
        [.. (await (await colleague.Client.GetAsync("/v1/inbox")).Json()).GetProperty("items").EnumerateArray().Select(message => message.Text("subject"))];

    private async Task<IEnumerable<string>> Trail(string home) =>
        (await plans.Get($"/v1/audit-trail?kind=record&customer={home.Split('/')[3]}")).GetProperty("items").EnumerateArray()
            .Select(item => item.Text("action")).Where(action => action.StartsWith("plan", StringComparison.Ordinal));
}
