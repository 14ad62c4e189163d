using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Reflows;

/// <summary>
/// Carries out a reflow: the same calculation as its preview, on the version that the preview was made from, all or nothing.
/// Everybody whose items moved hears of it in one message.
/// </summary>
internal sealed class ReflowPlan(SavePlan save, PlansViews views, Database database)
{
    /// <summary>What it would do. Nothing is written.</summary>
    public Task<Outcome<ReflowPreviewBody>> Preview(
        (CustomerId Customer, PlanId Plan) place, Func<PlanNames, InputFaults, ReflowOrder> read, CancellationToken cancel) =>
        database.ForCustomer<Outcome<ReflowPreviewBody>>(place.Customer, async work =>
        {
            if (await PlansStore.Find(work, place.Customer, place.Plan) is not { } plan)
            {
                return PlansProblems.PlanNotFound;
            }

            var faults = new InputFaults();
            var order = read(new PlanNames(plan), faults);
            if (faults.Any)
            {
                return faults.ToProblem();
            }

            var day = await views.Today(work, place.Customer);
            var result = Reflow.Run(plan, order.Request, day.Index, day.Today);
            return result.IsOk ? ReflowPreviewBody.Of(plan.Version, result.Value) : result.Problem;
        }, cancel);

    /// <param name="place">Whose plan, which one, and the version that the preview was made from.</param>
    /// <param name="read">Reads the order; items are found in the plan.</param>
    /// <param name="actor">Who moves it.</param>
    /// <param name="keep">Keeps the answer for repeats, in the same transaction.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public async Task<Outcome<ReflowedBody>> Run(
        (CustomerId Customer, PlanId Plan, long Version) place, Func<PlanNames, InputFaults, ReflowOrder> read, Actor actor,
        Func<DbWork, ReflowedBody, Task>? keep, CancellationToken cancel)
    {
        var names = await views.Names(cancel);
        var id = new ReflowId(NewId.Next());
        return await save.Run<ReflowedBody>((place.Customer, place.Plan), actor, (_, found) => Task.FromResult(Decide(found)), async (work, found) =>
        {
            var row = (await ReflowsStore.Find(work, place.Customer, place.Plan, id))!;
            var body = new ReflowedBody(row.ToBody(canBeUndone: true), (await views.Show(work, place.Customer, found.Plan, names)).Body());
            await (keep?.Invoke(work, body) ?? Task.CompletedTask);
            return body;
        }, cancel);

        Outcome<PlanChange> Decide(FoundPlan found)
        {
            if (found.Plan.State == PlanState.Closed)
            {
                return PlansProblems.PlanClosed;
            }

            // The version first: on another version the changes may mean something else.
            if (found.Plan.Version != place.Version)
            {
                return PlatformProblems.LostRace(found.Plan.Version);
            }

            var faults = new InputFaults();
            var order = read(new PlanNames(found.Plan), faults);
            var reason = faults.Required("/reason", order.Reason, PlanLimits.ReasonLength);
            if (faults.Any)
            {
                return faults.ToProblem();
            }

            var worked = Reflow.Run(found.Plan, order.Request, found.Day.Index, found.Day.Today);
            return worked.IsOk ? Carry(found, worked.Value, order, new NewReflow(id, actor, found.Day.Now, reason)
            {
                Moves = worked.Value.Moves,
                Conflicts = worked.Value.Conflicts,
                Effect = worked.Value.Effect,
            }) : worked.Problem;
        }
    }

    private static Outcome<PlanChange> Carry(FoundPlan found, ReflowResult result, ReflowOrder order, NewReflow reflow)
    {
        if (!result.IsPossible || (result.NeedsAcceptance && !order.AcceptsConflicts))
        {
            return PlansProblems.ReflowHasConflicts([.. result.Conflicts.Select(ConflictBody.Of)]);
        }

        if (result.Effect.IsNothing)
        {
            return PlansProblems.ReflowChangesNothing;
        }

        return new PlanChange(result.Plan, Entry("plan.reflowed", found.Plan, reflow))
        {
            Messages = PlanMessages.OfReflow(found.Customer, result.Plan, result.Moves, (reflow.By, reflow.Reason, IsUndo: false)),
            Also = (work, plan) => ReflowsStore.Add(work, found.Customer, plan, reflow),
        };
    }

    /// <summary>The ledger's entry: the reason, and the dates of everything that moved.</summary>
    public static RecordChange Entry(string action, Plan plan, NewReflow reflow) => new(action, reflow.By, "plan", plan.Id.ToString())
    {
        SubjectName = plan.Title,
        Before = new
        {
            start = PlanText.Of(reflow.Effect.StartBefore),
            items = reflow.Effect.Before.ToDictionary(item => item.Item.ToString(), Recorded),
        },
        After = new
        {
            reflow = reflow.Id.ToString(),
            undoes = reflow.Undoes?.ToString(),
            reason = reflow.Reason,
            start = PlanText.Of(reflow.Effect.StartAfter),
            items = reflow.Effect.After.ToDictionary(item => item.Item.ToString(), Recorded),
            conflicts = reflow.Conflicts.Count,
        },
    };

    private static object Recorded(ItemSchedule item) => new
    {
        start = PlanText.Of(item.Start),
        finish = PlanText.Of(item.Finish),
        workingDays = item.WorkingDays,
        pinned = item.IsPinned,
        after = item.After.Select(one => $"{one.Item} {PlanWords.Of(one.Kind)} {one.LagDays}"),
    };
}
