using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Tests.Api;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Plans;

/// <summary>What the authorisation matrix sends to the operations of plans. Whatever changes a plan gets one of its own, at its first version.</summary>
internal sealed class PlanSamples(MatrixWorld world)
{
    /// <summary>These take an operator's key: a plan holds what is internal.</summary>
    public static readonly string[] ForOperators =
    [
        "PreviewPlan", "StartPlan", "ListPlans", "GetPlan", "ChangePlan", "GetPlanProgress", "AddPlanItem", "ChangePlanItem", "PreviewReflow", "ReflowPlan", "ListReflows", "ReverseReflow",
        "LogTime", "ListTimeEntries", "RemoveTimeEntry", "GetPlanBudget", "ListChecklists", "TickChecklistEntry", "StreamPlan",
    ];

    private static readonly string[] NeedsItsOwn = ["ChangePlan", "ChangePlanItem", "ReflowPlan", "ReverseReflow"];

    private const string Slip = """{"changes":[{"item":"assess","workingDays":4}],"reason":"asked by a cell"}""";

    private JsonElement? shared;
    private JsonElement last;

    /// <summary>The value of a path parameter; <see langword="null"/> when it is none of a plan's.</summary>
    public Func<Task<string>>? Part(string operation, string name) => (operation, name) switch
    {
        (_, "plan") => async () => (last = NeedsItsOwn.Contains(operation) ? await Started() : shared ??= await Started()).Text("id"),
        (_, "item") => () => Task.FromResult(PlansFixture.Item(last, "assess").Text("id")),
        (_, "reflow") => Reflowed,
        ("RemoveTimeEntry", "entry") => Logged,
        ("TickChecklistEntry", "entry") => () => Task.FromResult("1"),
        (_, "checklist") => () => Task.FromResult("before-kickoff"),
        _ => null,
    };

    /// <summary>The body of a request; <see langword="null"/> when it is none about plans.</summary>
    public string? Body(string operation) => operation switch
    {
        "PreviewPlan" or "StartPlan" => $$"""{"playbook":"{{PlansFixture.Playbook}}","start":"2026-03-02"}""",
        "ChangePlan" => """{"title":"changed by a cell"}""",
        "AddPlanItem" => """{"kind":"task","title":"made by a cell","phase":"build","start":"2026-03-04"}""",
        "ChangePlanItem" => """{"percentDone":20}""",
        "PreviewReflow" or "ReflowPlan" => Slip,
        "LogTime" => """{"date":"2026-03-04","hours":1.5}""",
        "TickChecklistEntry" => """{"done":true}""",
        _ => null,
    };

    /// <summary>The version that a change is based on: the undoing of a reflow comes after it.</summary>
    public static string Version(string operation) => operation == "ReverseReflow" ? "\"2\"" : "\"1\"";

    private async Task<JsonElement> Started()
    {
        using var client = world.Server.Client(world.Server.OperatorKey);
        using var made = await client.PostAsJsonAsync($"/v1/customers/{world.A.Id}/plans", new { playbook = PlansFixture.Playbook, start = "2026-03-02", title = $"{MatrixWorld.Marker} plan" });
        made.IsSuccessStatusCode.ShouldBeTrue(await made.Content.ReadAsStringAsync());
        return await made.Json();
    }

    private async Task<string> Reflowed()
    {
        using var client = world.Server.Client(world.Server.OperatorKey);
        using var made = await client.Based($"/v1/customers/{world.A.Id}/plans/{last.Text("id")}/reflows", 1, Slip);
        return (await made.Json()).GetProperty("reflow").Text("id");
    }

    private async Task<string> Logged()
    {
        using var client = world.Server.Client(world.Server.OperatorKey);
        using var made = await client.PostText($"/v1/customers/{world.A.Id}/plans/{last.Text("id")}/items/{PlansFixture.Item(last, "assess").Text("id")}/time-entries", Body("LogTime")!);
        return (await made.Json()).Text("id");
    }
}
