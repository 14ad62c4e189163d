using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>What is written about a new item.</summary>
internal sealed record NewPlanItemBody
{
    /// <summary><c>task</c> or <c>milestone</c>.</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>The id of a phase of the plan.</summary>
    public required string Phase { get; init; }

    public string? Details { get; init; }

    public string? Role { get; init; }

    public string? Owner { get; init; }

    /// <summary>The first day; without one the item has no dates.</summary>
    public string? Start { get; init; }

    /// <summary>The last day, or 'workingDays'.</summary>
    public string? Finish { get; init; }

    public int? WorkingDays { get; init; }

    public decimal? EffortHours { get; init; }

    public string? Audience { get; init; }

    public IReadOnlyList<DependencyBody>? After { get; init; }
}

/// <summary>Adds an item to a plan by hand.</summary>
internal sealed class AddPlanItem(SavePlan save, PlansViews views)
{
    /// <param name="place">Whose plan, which one.</param>
    /// <param name="read">Reads the draft; items are found in the plan.</param>
    /// <param name="actor">Who adds it.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    /// <param name="keep">Keeps the answer for repeats, in the same transaction.</param>
    public async Task<Outcome<PlanItemBody>> Run(
        (CustomerId Customer, PlanId Plan) place, Func<PlanNames, InputFaults, AddedItemDraft> read, Actor actor, Func<DbWork, PlanItemBody, Task>? keep, CancellationToken cancel)
    {
        var names = await views.Names(cancel);
        var id = new PlanItemId(NewId.Next());
        return await save.Run<PlanItemBody>(place, actor, (_, found) => Task.FromResult(Decide(found)), async (work, found) =>
        {
            var body = (await views.Show(work, place.Customer, found.Plan, names)).Item(id);
            await (keep?.Invoke(work, body) ?? Task.CompletedTask);
            return body;
        }, cancel);

        Outcome<PlanChange> Decide(FoundPlan found)
        {
            if (found.Plan.State == PlanState.Closed)
            {
                return PlansProblems.PlanClosed;
            }

            var faults = new InputFaults();
            var draft = read(new PlanNames(found.Plan), faults);
            ChangePlanItem.Known(draft.Details, null, names, faults);
            var made = PlanAddition.Add(found.Plan, draft, id, found.Day.Index, faults);
            if (!made.IsOk)
            {
                return made.Problem;
            }

            var plan = found.Plan with { Items = [.. found.Plan.Items, made.Value] };
            return new PlanChange(plan, new RecordChange("plan-item.added", actor, "plan-item", id.ToString())
            {
                SubjectName = made.Value.Title,
                After = RecordedItem.Of(made.Value),
            })
            {
                Messages = PlanMessages.OfOwner(found.Customer, plan, made.Value, actor),
            };
        }
    }
}
