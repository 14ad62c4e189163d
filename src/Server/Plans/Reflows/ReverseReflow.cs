using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Reflows;

/// <summary>Undoes the newest reflow that was not undone: everything that it changed is as it was, to the day.</summary>
internal sealed class ReverseReflow(SavePlan save, PlansViews views)
{
    public async Task<Outcome<ReflowedBody>> Run(
        (CustomerId Customer, PlanId Plan, long Version) place, ReflowId reflow, Actor actor, Func<DbWork, ReflowedBody, Task>? keep, CancellationToken cancel)
    {
        var names = await views.Names(cancel);
        var id = new ReflowId(NewId.Next());
        return await save.Run<ReflowedBody>((place.Customer, place.Plan), actor, Decide, async (work, found) =>
        {
            var row = (await ReflowsStore.Find(work, place.Customer, place.Plan, id))!;
            var body = new ReflowedBody(row.ToBody(canBeUndone: false), (await views.Show(work, place.Customer, found.Plan, names)).Body());
            await (keep?.Invoke(work, body) ?? Task.CompletedTask);
            return body;
        }, cancel);

        async Task<Outcome<PlanChange>> Decide(DbWork work, FoundPlan found)
        {
            if (await ReflowsStore.Find(work, place.Customer, place.Plan, reflow) is not { } row)
            {
                return PlansProblems.ReflowNotFound;
            }

            if (await Refuse(work, found, row) is { } problem)
            {
                return problem;
            }

            var effect = PlanJson.Read<EffectRow>(row.Effect).ToEffect();
            var restored = Reflow.Undo(found.Plan, effect);
            return restored.IsOk ? Undone(found, restored.Value, row, new NewReflow(id, actor, found.Day.Now, row.Reason)
            {
                Moves = Moves(found.Plan, restored.Value),
                Effect = new ReflowEffect(effect.StartAfter, effect.StartBefore, effect.After, effect.Before),
                Undoes = reflow,
            }) : restored.Problem;
        }

        async Task<Problem?> Refuse(DbWork work, FoundPlan found, ReflowRow row) =>
            found.Plan.State == PlanState.Closed ? PlansProblems.PlanClosed
            : found.Plan.Version != place.Version ? PlatformProblems.LostRace(found.Plan.Version)
            : !row.IsStanding ? PlansProblems.ReflowUndone
            : await ReflowsStore.Newest(work, place.Customer, place.Plan) != reflow.Value ? PlansProblems.ReflowNotNewest
            : null;
    }

    private static PlanChange Undone(FoundPlan found, Plan restored, ReflowRow row, NewReflow undoing) =>
        new(restored, ReflowPlan.Entry("plan.reflow-undone", found.Plan, undoing))
        {
            Messages = PlanMessages.OfReflow(found.Customer, restored, undoing.Moves, (undoing.By, row.Reason, IsUndo: true)),
            Also = (work, plan) => ReflowsStore.Add(work, found.Customer, plan, undoing),
        };

    private static IReadOnlyList<PlanMove> Moves(Plan before, Plan after) =>
    [
        .. before.Items.Zip(after.Items)
            .Where(pair => pair.Second is { Start: not null, Finish: not null } && (pair.First.Start != pair.Second.Start || pair.First.Finish != pair.Second.Finish))
            .Select(pair => new PlanMove(
                pair.Second.Id,
                pair.Second.Title,
                pair.First is { Start: { } start, Finish: { } finish } ? new DateSpan(start, finish) : null,
                new DateSpan(pair.Second.Start!.Value, pair.Second.Finish!.Value),
                [new DerivationStep("The reflow was undone: as it was before.")])),
    ];
}
