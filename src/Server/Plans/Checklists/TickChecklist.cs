using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Checklists;

/// <summary>A list that is ticked off at one moment.</summary>
/// <param name="Id">Its id in the playbook.</param>
/// <param name="Title">For people.</param>
/// <param name="Role">Whose it is; null for everybody's.</param>
/// <param name="Side"><c>ours</c> or <c>customer</c>.</param>
/// <param name="Moment">When it is gone through.</param>
/// <param name="Phase">In which phase.</param>
/// <param name="Entries">What is on it.</param>
/// <param name="Ready">Whether all of it is ticked.</param>
internal sealed record ChecklistBody(string Id, string Title, string? Role, string Side, string Moment, string Phase, IReadOnlyList<EntryBody> Entries, bool Ready)
{
    public static ChecklistBody Of(ChecklistRow row)
    {
        var entries = row.ToEntries();
        return new ChecklistBody(
            row.ChecklistKey, row.Title, row.JobRole, PlanWords.Side(row.IsCustomers), row.Moment, row.PhaseKey, [.. entries.Select(EntryBody.Of)], entries.All(entry => entry.IsDone));
    }
}

/// <summary>The checklists of a plan.</summary>
internal sealed record ChecklistsBody(IReadOnlyList<ChecklistBody> Items);

/// <summary>Whether an entry is ticked.</summary>
internal sealed record WriteEntryBody
{
    public required bool Done { get; init; }
}

/// <summary>Ticks an entry of a checklist, or takes the tick away. All ticked means ready.</summary>
internal sealed class TickChecklist(SavePlan save)
{
    public Task<Outcome<ChecklistBody>> Run(
        (CustomerId Customer, PlanId Plan) place, (string Checklist, string Entry) which, bool isDone, Actor actor, CancellationToken cancel) =>
        save.Run<ChecklistBody>(place, actor, async (work, found) =>
        {
            if (await ChecklistsStore.Find(work, place.Customer, place.Plan, which.Checklist) is not { } row || row.ToEntries().All(entry => entry.Id != which.Entry))
            {
                return PlansProblems.ChecklistNotFound;
            }

            if (found.Plan.State == PlanState.Closed)
            {
                return PlansProblems.PlanClosed;
            }

            var before = row.ToEntries();
            var after = before.Select(entry => entry.Id == which.Entry ? PlanItemEdit.Tick(entry, isDone, found.Editor(actor)) : entry).ToList();
            var entry = after.Find(one => one.Id == which.Entry)!;
            return new PlanChange(found.Plan, new RecordChange("plan-checklist.changed", actor, "plan-checklist", $"{found.Plan.Id}/{which.Checklist}")
            {
                SubjectName = row.Title,
                Before = new { entry = entry.Text, done = !entry.IsDone },
                After = new { entry = entry.Text, done = entry.IsDone, ready = after.TrueForAll(one => one.IsDone) },
            })
            {
                Also = (inside, plan) => ChecklistsStore.Put(inside, place.Customer, plan.Id, which.Checklist, after),
            };
        }, async (work, _) => ChecklistBody.Of((await ChecklistsStore.Find(work, place.Customer, place.Plan, which.Checklist))!), cancel);
}
