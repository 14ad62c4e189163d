using System.Net;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using NodaTime;
using NodaTime.Text;
using static Cairn.Server.Tests.Plans.PlansFixture;

namespace Cairn.Server.Tests.Plans;

/// <summary>Hours, progress, somebody's day, live changes, facts.</summary>
public sealed class PlanDaysTests(PlansFixture plans) : IClassFixture<PlansFixture>
{
    private HttpClient Admin => plans.Staff.Admin;

    [Fact]
    public async Task Hours_are_logged_against_the_budget_of_a_role_and_taken_back()
    {
        var (address, plan) = await plans.NewPlan();
        var entries = $"{address}/items/{Item(plan, "assess").Text("id")}/time-entries";
        var made = await Admin.PostText(entries, """{"date":"2026-03-03","hours":3.25,"note":"Interviews"}""");
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        await Admin.PostText(entries, """{"date":"2026-03-10","hours":2,"role":"csm-lead"}""");
        await Admin.PostText($"{address}/items/{Item(plan, "extract").Text("id")}/time-entries", """{"date":"2026-03-04","hours":1.5}""");
        await plans.ChangeItem(address, "assess", """{"percentDone":50}""");

        var budget = await plans.Get($"{address}/budget");
        Role(budget, "csm-technical").ShouldBe("40 3.25 34 37.25", "Effort 8 (half done), 6, 16 and 8.");
        Role(budget, "csm-lead").ShouldBe("20 2 0 2", "Ten hours in each of two weeks.");
        Role(budget, "data-owner").ShouldBe("12 1.5 12 13.5");
        budget.GetProperty("ours").GetProperty("budgetHours").GetDecimal().ShouldBe(60);
        budget.GetProperty("customer").GetProperty("forecastHours").GetDecimal().ShouldBe(13.5m);
        var weeks = budget.GetProperty("weeks").EnumerateArray().ToList();
        weeks.Select(week => week.Text("from")).ShouldBe(["2026-03-02", "2026-03-09"]);
        weeks[0].GetProperty("roles").GetProperty("csm-technical").GetDecimal().ShouldBe(3.25m);
        Item(await plans.Get(address), "assess").GetProperty("loggedHours").GetDecimal().ShouldBe(5.25m);

        var first = (await made.Json()).Text("id");
        (await Admin.Delete($"{address}/time-entries/{first}", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await Admin.Delete($"{address}/time-entries/{first}", null)).ShouldBeProblem(HttpStatusCode.NotFound, "time-entry-not-found");
        var page = await plans.Get($"{address}/time-entries?limit=1");
        (await plans.Get($"{address}/time-entries?limit=1&cursor={page.Text("next")}")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("hours").GetDecimal().ShouldBe(2);
        var problem = await (await Admin.PostText(entries, """{"date":"1950-01-01","hours":24.001,"role":"boss"}""")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "input-invalid");
        problem.Faults().ShouldBe(["/date date-too-far", "/hours hours-unusable", "/role job-role-unknown"]);
    }

    [Fact]
    public async Task Progress_is_planned_by_the_baseline_and_earned_by_what_is_done()
    {
        // Far enough back that all of it was to be done by now.
        var (address, _) = await plans.NewPlan(start: "2026-03-02");
        await plans.ChangeItem(address, "assess", """{"state":"done"}""");
        await plans.ChangeItem(address, "configure", """{"percentDone":50}""");

        var progress = await plans.Get($"{address}/progress");
        progress.GetProperty("planned").GetDecimal().ShouldBe(100);
        // Kickoff 2 h, assess 8, design 6, extract 12, configure 16, load 8: 52 hours, of which 8 and 8 are done.
        progress.GetProperty("earned").GetDecimal().ShouldBe(30.8m);
        var curve = progress.GetProperty("curve").EnumerateArray().ToDictionary(point => point.Text("date"), point => point.GetProperty("planned").GetDecimal());
        curve["2026-03-02"].ShouldBe(3.8m);
        curve["2026-03-07"].ShouldBe(curve["2026-03-06"], "Nothing is planned for a Saturday.");
        curve["2026-03-11"].ShouldBe(100);
        progress.GetProperty("derivations").GetProperty("progress").Text("result").ShouldBe("30.8 earned, 100 planned");
        progress.GetProperty("goLive").GetProperty("withinTolerance").GetBoolean().ShouldBeFalse("It was due long ago.");
        progress.GetProperty("goLive").Text("forecast").ShouldBe((await plans.Get(address)).GetProperty("goLive").Text("forecast"));
    }

    [Fact]
    public async Task My_day_has_what_is_mine_over_all_customers_in_my_reach()
    {
        var person = await plans.Staff.Colleague("User");
        var (one, two) = (await plans.NewCustomer((person.Id, "csm-technical")), await plans.NewCustomer((person.Id, "csm-lead")));
        var (first, _) = await plans.NewPlan(one);
        var (second, _) = await plans.NewPlan(two);
        await plans.ChangeItem(first, "assess", """{"state":"done"}""");

        var day = await (await person.Client.GetAsync("/v1/my-day?date=2026-03-06")).Json();
        Titles(day, "overdue").ShouldBe(["Kickoff", "Design"], ignoreOrder: true);
        Titles(day, "today").ShouldBe(["Configure"]);
        Titles(day, "next").ShouldBe(["Load the data"]);
        Titles(day, "meetings").ShouldBeEmpty();
        var monday = await (await person.Client.GetAsync("/v1/my-day?date=2026-03-02")).Json();
        var meeting = monday.GetProperty("meetings").EnumerateArray().ShouldHaveSingleItem();
        (meeting.Text("at"), meeting.GetProperty("customer").Text("name"), meeting.GetProperty("plan").Text("id")).ShouldBe(("09:00", "Acme", second.Split('/')[5]));
        (await (await person.Client.GetAsync("/v1/my-day")).Json()).GetProperty("overdue").GetArrayLength().ShouldBe(4);

        var elsewhere = await plans.Staff.Colleague("User", "named", (await plans.NewCustomer()).Split('/')[3]);
        (await plans.ChangeItem(first, "design", $$"""{"owner":"{{elsewhere.Id}}"}""")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await elsewhere.Client.GetAsync("/v1/my-day?date=2026-03-06")).Json()).GetProperty("overdue").GetArrayLength().ShouldBe(0, "The customer is out of their reach.");
        await (await person.Client.GetAsync("/v1/my-day?date=soon")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "date-unusable");
        await Admin.Patch(second, "\"1\"", """{"state":"paused"}""");
        (await (await person.Client.GetAsync("/v1/my-day?date=2026-03-02")).Json()).GetProperty("meetings").GetArrayLength().ShouldBe(0, "A paused plan is in nobody's day.");
    }

    [Fact]
    public async Task Two_who_look_at_a_plan_hear_of_each_change_and_of_none_twice()
    {
        var (address, plan) = await plans.NewPlan();
        var colleague = await plans.Staff.Colleague("User");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var (mine, theirs) = (await Listen(Admin, address, null, stop.Token), await Listen(colleague.Client, address, null, stop.Token));

        await plans.ChangeItem(address, "assess", """{"percentDone":10}""", colleague.Client);
        await plans.Reflow(address, 2, """{"changes":[{"item":"configure","workingDays":3}],"reason":"More to do"}""");

        foreach (var stream in new[] { mine, theirs })
        {
            var first = await Next(stream, stop.Token);
            (first.GetProperty("version").GetInt64(), first.GetProperty("changed")[0].GetString()).ShouldBe((2, Item(plan, "assess").Text("id")));
            first.GetProperty("by").Text("id").ShouldBe(colleague.Id);
            var second = await Next(stream, stop.Token);
            second.GetProperty("version").GetInt64().ShouldBe(3);
            second.GetProperty("changed").GetArrayLength().ShouldBe(3);
        }

        (await Next(await Listen(Admin, address, "2", stop.Token), stop.Token)).GetProperty("version").GetInt64().ShouldBe(3, "Whoever connects again goes on where they were.");
        await (await Admin.GetAsync($"{address}/live?after=x")).ShouldBeProblem(HttpStatusCode.BadRequest, "query-number");
        await (await Admin.GetAsync($"{address[..^26]}{new string('0', 26)}/live")).ShouldBeProblem(HttpStatusCode.NotFound, "plan-not-found");
    }

    [Fact]
    public async Task A_plan_publishes_facts_and_takes_them_back_when_it_is_closed()
    {
        var (address, _) = await plans.NewPlan();
        TypedId.TryParse<CustomerId>(address.Split('/')[3], out var customer).ShouldBeTrue();
        await plans.ChangeItem(address, "assess", """{"state":"done"}""");

        var facts = await plans.Server.Database.ForCustomer(customer, work => Facts.Of(work, customer));
        ((FormulaValue.Number)facts.Find("plan.percent_done")!.Value).Value.ShouldBe(15.4m);
        ((FormulaValue.Date)facts.Find("plan.go_live_baseline")!.Value).Value.ShouldBe(new LocalDate(2026, 3, 11));
        ((FormulaValue.Number)facts.Find("plan.days_late")!.Value).Value.ShouldBeGreaterThan(0);
        facts.Find("plan.percent_done")!.Source.ShouldBe("plan 'A small start', version 2");
        ((FormulaValue.Date)facts.Find("plan.target.adoption.due")!.Value).Value.ShouldBe(new LocalDate(2026, 3, 31));
        facts.Find("plan.target.adoption.goal")!.Value.ToPlainText().ShouldBe("adoption.percent >= 50 %");
        await Admin.Patch(address, "\"2\"", """{"state":"closed"}""");
        (await plans.Server.Database.ForCustomer(customer, work => Facts.Of(work, customer))).Find("plan.percent_done").ShouldBeNull();
    }

    private static string Role(JsonElement budget, string role)
    {
        var found = budget.GetProperty("roles").EnumerateArray().Single(one => one.Text("role") == role);
        return string.Join(' ', new[] { "budgetHours", "loggedHours", "remainingEffortHours", "forecastHours" }.Select(name => found.GetProperty(name).GetDecimal().ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<string> Titles(JsonElement day, string list) => day.GetProperty(list).EnumerateArray().Select(item => item.Text("title"));

    private static async Task<StreamReader> Listen(HttpClient client, string address, string? after, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address + "/live");
        if (after is not null)
        {
            request.Headers.Add("Last-Event-ID", after);
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(cancel), Encoding.UTF8);
        while (await reader.ReadLineAsync(cancel) is { } line && line != "event: open")
        {
            // Up to the opening, from which on every change is told.
        }

        return reader;
    }

    private static async Task<JsonElement> Next(StreamReader reader, CancellationToken cancel)
    {
        while (await reader.ReadLineAsync(cancel) is { } line)
        {
            if (line == "event: plan")
            {
                using var document = JsonDocument.Parse((await reader.ReadLineAsync(cancel))!["data: ".Length..]);
                return document.RootElement.Clone();
            }
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
