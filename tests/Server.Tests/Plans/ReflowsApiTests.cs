using System.Net;
using System.Text.Json;
using Cairn.Server.Tests.Support;
using static Cairn.Server.Tests.Plans.PlansFixture;

namespace Cairn.Server.Tests.Plans;

public sealed class ReflowsApiTests(PlansFixture plans) : IClassFixture<PlansFixture>
{
    private const string Slip = """{"changes":[{"item":"assess","workingDays":4}],"reason":"The systems were more than we knew."}""";

    private HttpClient Admin => plans.Staff.Admin;

    [Fact]
    public async Task A_slip_is_previewed_carried_out_as_previewed_and_undone_exactly()
    {
        var (address, plan) = await plans.NewPlan();
        var preview = await (await Admin.PostText($"{address}/reflow-previews", Slip)).Json();
        preview.GetProperty("basis").GetInt64().ShouldBe(1);
        preview.GetProperty("conflicts").GetArrayLength().ShouldBe(0);
        var moves = preview.GetProperty("moves").EnumerateArray().Select(Said).ToList();
        moves.ShouldBe(["Assess the systems 2026-03-03 2026-03-06", "Design 2026-03-09 2026-03-09", "Configure 2026-03-10 2026-03-11", "Load the data 2026-03-12 2026-03-13", "Go-live 2026-03-13 2026-03-13"]);
        preview.GetProperty("moves")[1].GetProperty("why").EnumerateArray().Select(step => step.Text("text")).ShouldBe(
        [
            "Follows 'Assess the systems', which ends on Friday 6 March 2026.", "Saturday 7 March 2026: closed", "Sunday 8 March 2026: closed", "So it is on Monday 9 March 2026.",
        ]);
        Dates(await plans.Get(address)).ShouldBe(Dates(plan), "A preview writes nothing.");

        var answer = await plans.Reflow(address, 1, Slip);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        answer.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var carried = await answer.Json();
        carried.GetProperty("reflow").GetProperty("moves").EnumerateArray().Select(Said).ShouldBe(moves);
        Item(carried.GetProperty("plan"), "live").Text("start").ShouldBe("2026-03-13");
        carried.GetProperty("plan").GetProperty("goLive").Text("baseline").ShouldBe("2026-03-11");

        var reflow = carried.GetProperty("reflow").Text("id");
        var undone = await (await Admin.Based($"{address}/reflows/{reflow}/reversal", 2, "")).Json();
        Dates(undone.GetProperty("plan")).ShouldBe(Dates(plan));
        Item(undone.GetProperty("plan"), "assess").GetProperty("workingDays").GetInt32().ShouldBe(2);
        Item(undone.GetProperty("plan"), "design").GetProperty("why").ToString().ShouldBe(Item(plan, "design").GetProperty("why").ToString());

        var history = (await plans.Get($"{address}/reflows")).GetProperty("items").EnumerateArray().ToList();
        history.Select(one => one.GetProperty("undone").GetBoolean()).ShouldBe([false, true]);
        history[0].Text("undoes").ShouldBe(reflow);
        history[1].Text("reason").ShouldBe("The systems were more than we knew.");
        history.ShouldAllBe(one => !one.GetProperty("canBeUndone").GetBoolean());
        await (await Admin.Based($"{address}/reflows/{reflow}/reversal", 3, "")).ShouldBeProblem(HttpStatusCode.Conflict, "reflow-undone");
        var trail = await plans.Get($"/v1/audit-trail?kind=record&customer={address.Split('/')[3]}");
        trail.GetProperty("items").EnumerateArray().Select(item => item.Text("action")).Where(action => action.StartsWith("plan.", StringComparison.Ordinal))
            .ShouldBe(["plan.started", "plan.reflowed", "plan.reflow-undone"]);
    }

    [Fact]
    public async Task Only_the_newest_reflow_is_undone_and_not_over_what_came_since()
    {
        var (address, plan) = await plans.NewPlan();
        var first = (await (await plans.Reflow(address, 1, Slip)).Json()).GetProperty("reflow").Text("id");
        var second = (await (await plans.Reflow(address, 2, """{"changes":[{"item":"extract","start":"2026-03-05"}],"reason":"Holiday"}""")).Json()).GetProperty("reflow").Text("id");
        await (await Admin.Based($"{address}/reflows/{first}/reversal", 3, "")).ShouldBeProblem(HttpStatusCode.Conflict, "reflow-not-newest");
        await (await Admin.Based($"{address}/reflows/{second}/reversal", 2, "")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        await (await Admin.Based($"{address}/reflows/rfl_x/reversal", 3, "")).ShouldBeProblem(HttpStatusCode.NotFound, "reflow-not-found");
        (await Admin.Based($"{address}/reflows/{second}/reversal", 3, "")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await plans.ChangeItem(address, "design", """{"state":"done"}""");
        var refused = await (await Admin.Based($"{address}/reflows/{first}/reversal", 5, "")).ShouldBeProblem(HttpStatusCode.Conflict, "reflow-overtaken");
        refused.Text("detail").ShouldContain("'Design'");
        Item(await plans.Get(address), "design").Text("start").ShouldNotBe(Item(plan, "design").Text("start"));
    }

    [Fact]
    public async Task Conflicts_are_listed_and_carried_out_only_when_they_are_accepted()
    {
        var (address, plan) = await plans.NewPlan();
        const string pin = """{"changes":[{"item":"live","pinned":true}],"reason":"Announced"}""";
        (await plans.Reflow(address, 1, pin)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var refused = await (await plans.Reflow(address, 2, Slip)).ShouldBeProblem(HttpStatusCode.Conflict, "reflow-has-conflicts");
        var conflict = refused.GetProperty("conflicts").EnumerateArray().ShouldHaveSingleItem();
        (conflict.Text("code"), conflict.Text("item")).ShouldBe(("pinned-too-early", Item(plan, "live").Text("id")));
        Dates(await plans.Get(address)).ShouldBe(Dates(plan), "Nothing is half-applied.");

        var accepted = await (await plans.Reflow(address, 2, Slip.Replace("}],", "}],\"acceptConflicts\":true,", StringComparison.Ordinal))).Json();
        var after = accepted.GetProperty("plan");
        Item(after, "live").Text("start").ShouldBe("2026-03-11", "It stays where it was pinned.");
        Item(after, "load").Text("finish").ShouldBe("2026-03-13");
        accepted.GetProperty("reflow").GetProperty("conflicts").GetArrayLength().ShouldBe(1);
        (await plans.Reflow(address, 3, """{"changes":[{"item":"extract","pinned":true}],"reason":"Agreed"}""")).StatusCode.ShouldBe(HttpStatusCode.OK, "An old conflict keeps nobody from anything.");

        var circle = """{"changes":[{"item":"assess","addDependency":{"item":"load"}}],"reason":"x","acceptConflicts":true}""";
        var never = await (await plans.Reflow(address, 4, circle)).ShouldBeProblem(HttpStatusCode.Conflict, "reflow-has-conflicts");
        never.GetProperty("conflicts")[0].Text("code").ShouldBe("cycle");
        var backwards = await (await Admin.PostText($"{address}/reflow-previews", """{"changes":[{"item":"design","finish":"2026-03-01"}]}""")).Json();
        backwards.GetProperty("conflicts")[0].Text("code").ShouldBe("finish-before-start");
        backwards.GetProperty("conflicts")[0].GetProperty("canBeAccepted").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task The_plans_start_shifts_everything_and_pull_closes_up()
    {
        var (address, _) = await plans.NewPlan();
        var moved = (await (await plans.Reflow(address, 1, """{"changes":[{"planStart":"2026-03-04"}],"reason":"Later kickoff"}""")).Json()).GetProperty("plan");
        (moved.Text("start"), Item(moved, "kickoff").Text("start"), Item(moved, "live").Text("start")).ShouldBe(("2026-03-04", "2026-03-04", "2026-03-13"));
        moved.GetProperty("goLive").Text("baseline").ShouldBe("2026-03-11");
        var pulled = (await (await plans.Reflow(address, 2, """{"changes":[{"item":"configure","workingDays":1}],"pull":true,"reason":"Quicker"}""")).Json()).GetProperty("plan");
        Item(pulled, "live").Text("start").ShouldBe("2026-03-12");
    }

    [Fact]
    public async Task Two_reflows_at_once_one_wins_and_nothing_is_half_applied()
    {
        var (address, plan) = await plans.NewPlan();
        var (one, two) = (await plans.Staff.Colleague("User"), await plans.Staff.Colleague("User"));
        const string other = """{"changes":[{"item":"configure","workingDays":5}],"reason":"Another"}""";

        var answers = await Task.WhenAll(plans.Reflow(address, 1, Slip, one.Client), plans.Reflow(address, 1, other, two.Client), plans.Reflow(address, 1, Slip, Admin));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        foreach (var lost in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            var problem = await lost.ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
            problem.GetProperty("version").GetInt64().ShouldBe(2);
        }

        var won = await answers.Single(answer => answer.StatusCode == HttpStatusCode.OK).Json();
        Dates(await plans.Get(address)).ShouldBe(Dates(won.GetProperty("plan")));
        (await plans.Get($"{address}/reflows")).GetProperty("items").GetArrayLength().ShouldBe(1);
        Dates(plan).ShouldNotBe(Dates(won.GetProperty("plan")));
    }

    [Fact]
    public async Task A_reflow_says_what_it_does_not_take()
    {
        var (address, plan) = await plans.NewPlan();
        await (await Admin.PostText($"{address}/reflows", Slip)).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
        await (await plans.Reflow(address, 5, Slip)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        await (await plans.Reflow(address, 1, """{"changes":[]}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "member-missing");
        await (await plans.Reflow(address, 1, """{"changes":[],"reason":"Tidy"}""")).ShouldBeProblem(HttpStatusCode.Conflict, "reflow-changes-nothing");
        var faulty = """{"changes":[{"item":"nobody","start":"soon","days":3},{"pinned":true},{"item":"assess","addDependency":{"item":"assess","kind":"ZZ","lagDays":9999}}],"pull":"yes"}""";
        var problem = await (await Admin.PostText($"{address}/reflow-previews", faulty)).ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid");
        problem.Faults().Order().ShouldBe(new[]
        {
            "/changes/0/days member-unknown", "/changes/0/item plan-item-unknown", "/changes/0/start date-unusable", "/changes/1/item member-missing",
            "/changes/2/addDependency/kind dependency-kind-unknown", "/changes/2/addDependency/lagDays number-out-of-range", "/pull member-type",
        }.Order());
        Dates(await plans.Get(address)).ShouldBe(Dates(plan));
    }

    [Fact]
    public async Task Everybody_whose_dates_moved_hears_of_it_in_one_message()
    {
        var (lead, technical) = (await plans.Staff.Colleague("User"), await plans.Staff.Colleague("User"));
        var home = await plans.NewCustomer((lead.Id, "csm-lead"), (technical.Id, "csm-technical"));
        var (address, _) = await plans.NewPlan(home);

        (await plans.Reflow(address, 1, Slip, lead.Client)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var messages = (await (await technical.Client.GetAsync("/v1/inbox")).Json()).GetProperty("items").EnumerateArray().ToList();
        messages.Count.ShouldBe(2, "One of the start, one of the reflow, though four of their items moved.");
        messages[0].Text("subject").ShouldBe("A small start: 4 of your dates moved");
        messages[0].GetProperty("text").GetString()!.ShouldContain("Load the data: 2026-03-10 → 2026-03-12, until 2026-03-13");
        (await (await lead.Client.GetAsync("/v1/inbox")).Json()).GetProperty("items").GetArrayLength().ShouldBe(1, "Nobody is told of what they did themselves.");
    }

    private static string Said(JsonElement move) => $"{move.Text("title")} {move.GetProperty("to").Text("start")} {move.GetProperty("to").Text("finish")}";
}
