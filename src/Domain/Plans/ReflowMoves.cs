using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>What came out of a forward pass, as items with dates.</summary>
internal sealed record ReflowMoves(PlanItem[] Items, IReadOnlyList<PlanMove> Moves, ReflowEffect Effect)
{
    /// <summary>Turns where the nodes came to be into dates, and says why of each that has others than before.</summary>
    public static ReflowMoves Collect(ReflowRun run, NodeTime[] times, ReflowReasons reasons, BusinessDayIndex index)
    {
        var moved = new Dictionary<PlanItemId, PlanItem>();
        var original = run.Before.Items;
        var moves = new List<PlanMove>();
        for (var node = 0; node < times.Length && run.Network.IsItem(node); node++)
        {
            var drafted = run.Network.Items[node];
            var item = times[node].Role == NodeRole.Moves ? PutOnDays(drafted, times[node], index) : drafted;
            var was = original[node];
            if (item is { Start: { } start, Finish: { } finish } && (was.Start != start || was.Finish != finish))
            {
                var to = new DateSpan(start, finish);
                var why = Why(run, node, to, reasons, index);
                item = item with { Why = why };
                moves.Add(new PlanMove(item.Id, item.Title, was is { Start: { } from, Finish: { } until } ? new DateSpan(from, until) : null, to, why));
            }

            if (!ReferenceEquals(item, was))
            {
                moved[item.Id] = item;
            }
        }

        moves.Sort(static (left, right) => (left.To.Start, left.To.Finish, left.Item.Value).CompareTo((right.To.Start, right.To.Finish, right.Item.Value)));
        return new ReflowMoves(
            [.. run.Plan.Items.Select(item => moved.GetValueOrDefault(item.Id, item))], moves, EffectOf(run, moved));
    }

    private static PlanItem PutOnDays(PlanItem item, in NodeTime time, BusinessDayIndex index)
    {
        var (start, finish) = (index.DateOf(time.First), index.DateOf(time.Last));
        return item.Start == start && item.Finish == finish ? item : item with { Start = start, Finish = finish };
    }

    private static IReadOnlyList<DerivationStep> Why(ReflowRun run, int node, DateSpan to, ReflowReasons reasons, BusinessDayIndex index)
    {
        var item = run.Network.Items[node];
        if (run.Draft.AskedFor(item.Id) is { } asked)
        {
            return reasons.OfAsked(item, asked, to);
        }

        var wanted = item.Start!.Value;
        if (!run.Draft.DoesShift(item))
        {
            return reasons.OfMove(node, wanted, to);
        }

        wanted = index.DateOf(index.OnOrAfter(wanted) + run.Draft.Shift);
        var shifted = new DerivationStep(
            $"The plan's first day moves from {PlanDates.Say(run.Plan.Start)} to {PlanDates.Say(run.Draft.PlanStart)}: {PlanDates.BusinessDays(run.Draft.Shift)} {(run.Draft.Shift > 0 ? "later" : "earlier")}.");
        return [shifted, .. reasons.OfMove(node, wanted, to)];
    }

    private static ReflowEffect EffectOf(ReflowRun run, Dictionary<PlanItemId, PlanItem> moved)
    {
        var (before, after) = (new List<ItemSchedule>(), new List<ItemSchedule>());
        foreach (var was in run.Before.Items)
        {
            if (moved.TryGetValue(was.Id, out var item) && !ItemSchedule.Of(item).Describes(was))
            {
                before.Add(ItemSchedule.Of(was));
                after.Add(ItemSchedule.Of(item));
            }
        }

        return new ReflowEffect(run.Plan.Start, run.Draft.PlanStart, before, after);
    }
}
