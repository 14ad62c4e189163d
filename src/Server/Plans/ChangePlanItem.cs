using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>What may be written about an item. Dates are not among it: they change by reflows alone.</summary>
internal sealed record WritePlanItemBody
{
    public string? Title { get; init; }

    public string? Details { get; init; }

    /// <summary><c>open</c>, <c>in-progress</c>, <c>done</c> or <c>cancelled</c>.</summary>
    public string? State { get; init; }

    /// <summary>0 to 100; 100 is done, something between is in progress.</summary>
    public int? PercentDone { get; init; }

    public string? Role { get; init; }

    /// <summary>The id of a member of the staff; null for nobody.</summary>
    public string? Owner { get; init; }

    public string? Audience { get; init; }

    public decimal? EffortHours { get; init; }

    /// <summary>Entries of the item's checklist that are ticked, or not any longer.</summary>
    public IReadOnlyList<TickBody>? Checklist { get; init; }
}

/// <summary>An entry of a checklist, ticked or not.</summary>
internal sealed record TickBody(string Id, bool Done);

/// <summary>Changes an item: how far it is, whose it is, what it says. Whoever can begin because of it hears of that.</summary>
internal sealed class ChangePlanItem(SavePlan save, PlansViews views)
{
    /// <param name="place">Whose plan, which one.</param>
    /// <param name="item">Which item, and the version of it that the change is based on.</param>
    /// <param name="change">Lays the change over what stands, and says whether it names a percentage.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public async Task<Outcome<PlanItemBody>> Run(
        (CustomerId Customer, PlanId Plan) place, (PlanItemId Id, long Version) item,
        Func<PlanItemDraft, InputFaults, (PlanItemDraft Draft, bool SaysPercent)> change, Actor actor, CancellationToken cancel)
    {
        var names = await views.Names(cancel);
        return await save.Run<PlanItemBody>(place, actor, (_, found) => Task.FromResult(Decide(found, item, change, actor, names)),
            async (work, found) => (await views.Show(work, place.Customer, found.Plan, names)).Item(item.Id), cancel);
    }

    private static Outcome<PlanChange> Decide(
        FoundPlan found, (PlanItemId Id, long Version) which, Func<PlanItemDraft, InputFaults, (PlanItemDraft Draft, bool SaysPercent)> change,
        Actor actor, IReadOnlyDictionary<PersonId, StaffName> names)
    {
        if (found.Plan.Items.FirstOrDefault(item => item.Id == which.Id) is not { } before)
        {
            return PlansProblems.ItemNotFound;
        }

        if (found.Plan.State == PlanState.Closed)
        {
            return PlansProblems.PlanClosed;
        }

        if (before.Version != which.Version)
        {
            return PlatformProblems.LostRace(before.Version);
        }

        var faults = new InputFaults();
        var (draft, saysPercent) = change(PlanItemDraft.Of(before), faults);
        Known(draft, before, names, faults);
        var changed = PlanItemEdit.Change(before, draft, saysPercent, found.Editor(actor), faults);
        if (!changed.IsOk)
        {
            return changed.Problem;
        }

        var after = changed.Value;
        var plan = found.Plan with { Items = [.. found.Plan.Items.Select(item => item.Id == before.Id ? after : item)] };
        var (was, became) = Differences(before, after);
        return new PlanChange(plan, new RecordChange("plan-item.changed", actor, "plan-item", before.Id.ToString())
        {
            SubjectName = after.Title,
            Before = was,
            After = became,
        })
        {
            Messages =
            [
                .. PlanMessages.OfReadiness(found.Customer, found.Plan, plan, actor),
                .. after.Owner != before.Owner ? PlanMessages.OfOwner(found.Customer, plan, after, actor) : [],
            ],
        };
    }

    /// <summary>A new owner is somebody who has not left.</summary>
    public static void Known(PlanItemDraft draft, PlanItem? before, IReadOnlyDictionary<PersonId, StaffName> names, InputFaults faults)
    {
        if (draft.Owner is { } given && given != before?.Owner?.ToString()
            && (!TypedId.TryParse<PersonId>(given, out var person) || names.GetValueOrDefault(person) is not { IsActive: true }))
        {
            faults.Add("/owner", "person-unknown", "No member of the staff has that id, or they left.");
        }
    }

    /// <summary>The members that changed, as they were and as they became.</summary>
    private static (JsonObject Was, JsonObject Became) Differences(PlanItem before, PlanItem after)
    {
        var (old, now) = (Recorded(before), Recorded(after));
        var (was, became) = (new JsonObject(), new JsonObject());
        foreach (var (name, value) in now)
        {
            if (!JsonNode.DeepEquals(old[name], value))
            {
                was[name] = old[name]?.DeepClone();
                became[name] = value?.DeepClone();
            }
        }

        return (was, became);
    }

    private static JsonObject Recorded(PlanItem item) => JsonSerializer.SerializeToNode(RecordedItem.Of(item), ProblemResults.Json)!.AsObject();
}

/// <summary>An item as the ledger keeps it.</summary>
internal sealed record RecordedItem
{
    public required string Key { get; init; }

    public required string Kind { get; init; }

    public required string Phase { get; init; }

    public required string Title { get; init; }

    public string? Details { get; init; }

    public string? Role { get; init; }

    public string? Owner { get; init; }

    public required string Audience { get; init; }

    public required string State { get; init; }

    public required int PercentDone { get; init; }

    public string? DoneOn { get; init; }

    public string? Start { get; init; }

    public string? Finish { get; init; }

    public decimal? EffortHours { get; init; }

    public required IReadOnlyList<EntryBody> Checklist { get; init; }

    public static RecordedItem Of(PlanItem item) => new()
    {
        Key = item.Key,
        Kind = item.Kind,
        Phase = item.Phase,
        Title = item.Title,
        Details = item.Details,
        Role = item.Role,
        Owner = item.Owner?.ToString(),
        Audience = item.Audience,
        State = PlanWords.Of(item.State),
        PercentDone = item.PercentDone,
        DoneOn = PlanText.Of(item.DoneOn),
        Start = PlanText.Of(item.Start),
        Finish = PlanText.Of(item.Finish),
        EffortHours = item.EffortHours,
        Checklist = [.. item.Checklist.Select(EntryBody.Of)],
    };
}
