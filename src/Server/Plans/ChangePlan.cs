using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>What may be written about a plan itself.</summary>
internal sealed record WritePlanBody
{
    public string? Title { get; init; }

    /// <summary><c>active</c>, <c>paused</c> or <c>closed</c>.</summary>
    public string? State { get; init; }
}

/// <summary>Changes a plan's title or state. Its dates change by reflows alone.</summary>
internal sealed class ChangePlan(SavePlan save, PlansViews views)
{
    public async Task<Outcome<PlanBody>> Run(
        (CustomerId Customer, PlanId Plan, long Version) place, Func<InputFaults, WritePlanBody> read, Actor actor, CancellationToken cancel)
    {
        var names = await views.Names(cancel);
        return await save.Run<PlanBody>((place.Customer, place.Plan), actor, (_, found) => Task.FromResult(Decide(found, place.Version, read, actor)),
            async (work, found) => (await views.Show(work, place.Customer, found.Plan, names)).Body(), cancel);
    }

    private static Outcome<PlanChange> Decide(FoundPlan found, long version, Func<InputFaults, WritePlanBody> read, Actor actor)
    {
        if (found.Plan.Version != version)
        {
            return PlatformProblems.LostRace(found.Plan.Version);
        }

        var faults = new InputFaults();
        var given = read(faults);
        var title = given.Title is null ? found.Plan.Title : faults.Required("/title", given.Title, PlanLimits.TitleLength);
        var state = faults.OneOf("/state", given.State, PlanWords.PlanStates, "plan-state-unknown") is { } word ? PlanWords.PlanStateOf(word) : found.Plan.State;
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        return new PlanChange(
            found.Plan with { Title = title, State = state },
            new RecordChange("plan.changed", actor, "plan", found.Plan.Id.ToString())
            {
                SubjectName = title,
                Before = new { title = found.Plan.Title, state = PlanWords.Of(found.Plan.State) },
                After = new { title, state = PlanWords.Of(state) },
            });
    }
}
