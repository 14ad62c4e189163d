using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>What a use case does to a plan that it found.</summary>
/// <param name="After">The plan afterwards; its version and those of the items that changed are counted up when it is saved.</param>
/// <param name="Entry">What the ledger says of it.</param>
internal sealed record PlanChange(Plan After, RecordChange Entry)
{
    /// <summary>Messages that leave with it.</summary>
    public IReadOnlyList<OutgoingMessage> Messages { get; init; } = [];

    /// <summary>Further rows of the same change, written once the plan's are.</summary>
    public Func<DbWork, Plan, Task>? Also { get; init; }
}

/// <summary>A plan that was found for a change, locked until the transaction ends.</summary>
internal sealed record FoundPlan(CustomerId Customer, Plan Plan, PlanDay Day)
{
    /// <summary>Who changes it, as checklists remember them.</summary>
    public PlanEditor Editor(Actor by) => new(by.Name ?? by.Id, Day.Now, Day.Today);
}

/// <summary>
/// The one way to change a plan: lock it, let a decision be made, save what changed, say so to whoever looks on, publish its
/// facts, and write one entry of the ledger, all in one transaction. A crash before the commit leaves nothing; the messages
/// and the announcement leave only with it.
/// </summary>
internal sealed class SavePlan(Database database, LedgerAppender ledger, IOutbox outbox, PlansViews views)
{
    /// <param name="customer">Whose plan.</param>
    /// <param name="plan">Which plan.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="decide">Decides; a refusal leaves everything as it was.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    /// <param name="answer">Makes the answer from the saved plan, within the transaction.</param>
    public Task<Outcome<T>> Run<T>(
        (CustomerId Customer, PlanId Plan) place, Actor actor, Func<DbWork, FoundPlan, Task<Outcome<PlanChange>>> decide, Func<DbWork, FoundPlan, Task<T>> answer, CancellationToken cancel) =>
        database.ForCustomer<Outcome<T>>(place.Customer, async work =>
        {
            if (await PlansStore.FindForChange(work, place.Customer, place.Plan) is not { } plan)
            {
                return PlansProblems.PlanNotFound;
            }

            var found = new FoundPlan(place.Customer, plan, await views.Today(work, place.Customer));
            var decided = await decide(work, found);
            if (!decided.IsOk)
            {
                return decided.Problem;
            }

            var change = decided.Value;
            var saved = await Write(work, found, change, actor);
            // The answer before the ledger's entry: from that on, every other append to the customer's log waits.
            var told = await answer(work, found with { Plan = saved });
            await ledger.Record(work, place.Customer, change.Entry);
            return told;
        }, cancel);

    private async Task<Plan> Write(DbWork work, FoundPlan found, PlanChange change, Actor actor)
    {
        var before = found.Plan.Items.ToDictionary(item => item.Id);
        var items = change.After.Items.Select(item => !before.TryGetValue(item.Id, out var was) ? item : ReferenceEquals(was, item) ? was : item with { Version = was.Version + 1 }).ToList();
        var changed = items.Where(item => !before.TryGetValue(item.Id, out var was) || !ReferenceEquals(was, item)).ToList();
        var plan = change.After with { Items = items, Version = found.Plan.Version + 1 };
        await PlansStore.Update(work, found.Customer, plan);
        await PlansStore.PutItems(work, found.Customer, plan, changed);
        await PlansStore.PutProgress(
            work, found.Customer, plan.Id, [.. changed.Where(item => item.PercentDone != (before.GetValueOrDefault(item.Id)?.PercentDone ?? 0))], found.Day.Today);
        if (change.Also is { } also)
        {
            await also(work, plan);
        }

        foreach (var message in change.Messages)
        {
            await outbox.Add(work, message);
        }

        await PlansStore.Announce(work, found.Customer, plan, changed, (actor, found.Day.Now));
        await PlanFacts.Publish(work, found.Customer, plan, await PlansStore.Marks(work, found.Customer, plan.Id), found.Day);
        return plan;
    }
}
