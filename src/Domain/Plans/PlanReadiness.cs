namespace Cairn.Domain.Plans;

/// <summary>
/// Which items can be worked on: everything that they follow to its end is done. An item that is cancelled passes on what it
/// followed itself. Only then is it worth telling somebody that it is theirs.
/// </summary>
public static class PlanReadiness
{
    /// <summary>The items that can be worked on in one state of the plan and could not in an earlier one; those that are new count.</summary>
    public static IReadOnlyList<PlanItem> NewlyReady(Plan before, Plan after)
    {
        var was = ReadyIn(before);
        var items = after.Items.ToDictionary(item => item.Id);
        return [.. ReadyIn(after).Except(was).Select(id => items[id])];
    }

    /// <summary>The items that are not begun and wait for nothing.</summary>
    public static IReadOnlySet<PlanItemId> ReadyIn(Plan plan)
    {
        var network = PlanNetwork.Of(plan.Items, plan.Phases);
        var isOver = new bool[network.NodeCount];
        var ready = new HashSet<PlanItemId>();
        foreach (var node in network.Order)
        {
            // Only ties to an end hold anything up: what begins together is told together.
            var waits = false;
            foreach (var link in network.Before(node))
            {
                waits |= link.Kind == DependencyKind.FinishToStart && !isOver[link.From];
            }

            if (!network.IsItem(node))
            {
                isOver[node] = !waits;
                continue;
            }

            var item = network.Items[node];
            isOver[node] = item.State == PlanItemState.Done || (item.State == PlanItemState.Cancelled && !waits);
            if (item.State == PlanItemState.Open && !waits)
            {
                ready.Add(item.Id);
            }
        }

        return ready;
    }
}
