using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>A phase as its items make it.</summary>
/// <param name="Start">The first day of its items; the baseline's when none has dates.</param>
/// <param name="Finish">The last day of its items.</param>
/// <param name="State">Done when everything in it is; in progress when something is or was begun; else open.</param>
public readonly record struct PhaseStanding(LocalDate Start, LocalDate Finish, PlanItemState State)
{
    /// <summary>Works out where each phase stands, by its key.</summary>
    public static IReadOnlyDictionary<string, PhaseStanding> Of(Plan plan)
    {
        var items = plan.Items.Where(item => item.State != PlanItemState.Cancelled).ToLookup(item => item.Phase);
        return plan.Phases.ToDictionary(phase => phase.Key, phase => One(phase, items[phase.Key].ToList()));
    }

    private static PhaseStanding One(PlanPhase phase, List<PlanItem> items)
    {
        var dated = items.Where(item => item.Start is not null && item.Finish is not null).ToList();
        var (start, finish) = dated.Count == 0
            ? (phase.BaselineStart, phase.BaselineFinish)
            : (dated.Min(item => item.Start!.Value), dated.Max(item => item.Finish!.Value));
        var state = items.Count > 0 && items.TrueForAll(item => item.State == PlanItemState.Done) ? PlanItemState.Done
            : items.Exists(item => item.State != PlanItemState.Open) ? PlanItemState.InProgress
            : PlanItemState.Open;
        return new PhaseStanding(start, finish, state);
    }
}
