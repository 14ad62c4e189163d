namespace Cairn.Domain.Plans;

/// <summary>
/// Late dates: goes through the network from the back and finds, for everything that is still to be done, the latest begin
/// with which the plan still finishes when it does and no pinned date is missed.
/// </summary>
internal static class BackwardPass
{
    /// <summary>Slack of what has none to speak of: it is done, or has no date.</summary>
    public const int NoSlack = int.MaxValue;

    /// <param name="network">What comes before what, without a cycle.</param>
    /// <param name="times">Where each node is, after a forward pass.</param>
    /// <param name="finish">The last business day by which everything is to end.</param>
    /// <returns>By how many business days each node can begin later; negative for what is too late already, <see cref="NoSlack"/> for what does not count.</returns>
    public static int[] Run(PlanNetwork network, NodeTime[] times, int finish)
    {
        var (late, slack) = (new int[network.NodeCount], new int[network.NodeCount]);
        Array.Fill(late, NoSlack);
        Array.Fill(slack, NoSlack);
        for (var at = network.Order.Length - 1; at >= 0; at--)
        {
            var node = network.Order[at];
            ref readonly var time = ref times[node];
            if (network.IsItem(node) && network.Items[node].State == PlanItemState.Done)
            {
                // What is done demands nothing of anybody.
                continue;
            }

            if (time.Role != NodeRole.Through)
            {
                slack[node] = Math.Min(finish - time.Last, late[node] == NoSlack ? NoSlack : late[node] - time.Begin);
                late[node] = Math.Min(late[node], finish + 1 - (time.End - time.Begin));
            }

            Relax(network, times, node, late);
        }

        return slack;
    }

    /// <summary>Tells everything that comes before a node by when it has to begin.</summary>
    private static void Relax(PlanNetwork network, NodeTime[] times, int node, int[] late)
    {
        ref readonly var time = ref times[node];
        // What is pinned stays where it is, so what comes before it must keep to that, however late it could be itself.
        var isPinned = time.Role != NodeRole.Through && network.Items[node].IsPinned;
        var begin = isPinned ? time.Begin : late[node];
        if (begin == NoSlack)
        {
            return;
        }

        var end = begin + (time.IsKnown ? time.End - time.Begin : 0);
        foreach (var link in network.Before(node))
        {
            ref readonly var from = ref times[link.From];
            if (!from.IsKnown)
            {
                continue;
            }

            var length = from.End - from.Begin;
            var latest = link.Kind switch
            {
                DependencyKind.FinishToStart => begin - link.Lag - length,
                DependencyKind.StartToStart => begin - link.Lag,
                DependencyKind.FinishToFinish => end - link.Lag - length,
                DependencyKind.StartToFinish => end - link.Lag,
            };
            late[link.From] = Math.Min(late[link.From], latest);
        }
    }
}
