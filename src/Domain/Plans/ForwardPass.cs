namespace Cairn.Domain.Plans;

/// <summary>Something that stays though what comes before it demands another date.</summary>
/// <param name="Node">What stays.</param>
/// <param name="Link">Which of <see cref="PlanNetwork.Before"/> is not kept, the one that is missed by most.</param>
internal readonly record struct Violation(int Node, int Link);

/// <summary>
/// Early dates: goes through the network from the front, and moves what moves to the first day on which everything before
/// it allows it, but never before its own. One visit a node and a link.
/// </summary>
internal static class ForwardPass
{
    /// <param name="network">What comes before what, without a cycle.</param>
    /// <param name="times">Where each node is; where it comes to be afterwards.</param>
    /// <param name="pulls">Nodes that follow what comes before them backwards too; empty for none.</param>
    /// <returns>What stays where it should not.</returns>
    public static List<Violation> Run(PlanNetwork network, NodeTime[] times, ReadOnlySpan<bool> pulls = default)
    {
        var violations = new List<Violation>();
        foreach (var node in network.Order)
        {
            ref var time = ref times[node];
            var doesPull = !pulls.IsEmpty && pulls[node];
            switch (time.Role)
            {
                case NodeRole.Through:
                    PassOn(network.Before(node), times, ref time);
                    break;
                case NodeRole.Stays:
                    if (Check(network, node, times) is { } violation)
                    {
                        violations.Add(violation);
                    }

                    break;
                case NodeRole.Moves when time.IsPoint:
                    MovePoint(network.Before(node), times, ref time, doesPull);
                    break;
                case NodeRole.Moves:
                    Move(network.Before(node), times, ref time, doesPull);
                    break;
            }
        }

        return violations;
    }

    private static void Move(ReadOnlySpan<PlanLink> before, NodeTime[] times, ref NodeTime time, bool doesPull)
    {
        for (var at = 0; at < before.Length; at++)
        {
            if (Demand(before[at], times) is (var boundary and not NodeTime.None, _))
            {
                var begin = IsAtEnd(before[at].Kind) ? boundary - time.Length : boundary;
                if (begin > time.Need)
                {
                    (time.Need, time.Driver) = (begin, at);
                }
            }
        }

        if (time.Need > time.Begin || (doesPull && time.Need != NodeTime.None))
        {
            time.Put(time.Need);
        }
    }

    private static void MovePoint(ReadOnlySpan<PlanLink> before, NodeTime[] times, ref NodeTime time, bool doesPull)
    {
        var latest = NodeTime.None;
        for (var at = 0; at < before.Length; at++)
        {
            if (Demand(before[at], times) is (var boundary and not NodeTime.None, var demandedDay))
            {
                latest = Math.Max(latest, boundary);
                var day = Math.Max(demandedDay, boundary - 1);
                if (day > time.Need)
                {
                    (time.Need, time.Driver) = (day, at);
                }
            }
        }

        var put = doesPull && time.Need != NodeTime.None ? time.Need : Math.Max(time.First, time.Need);
        time.PutPoint(put);
        time.Begin = time.End = Math.Max(put, latest);
    }

    private static void PassOn(ReadOnlySpan<PlanLink> before, NodeTime[] times, ref NodeTime time)
    {
        for (var at = 0; at < before.Length; at++)
        {
            if (Demand(before[at], times) is (var boundary and not NodeTime.None, var day))
            {
                if (boundary > time.Begin)
                {
                    (time.Begin, time.End, time.Driver) = (boundary, boundary, at);
                }

                time.First = time.Last = Math.Max(time.First, day);
            }
        }
    }

    /// <summary>What stays keeps its dates; a point only learns at which end of its day it is.</summary>
    private static Violation? Check(PlanNetwork network, int node, NodeTime[] times)
    {
        ref var time = ref times[node];
        var before = network.Before(node);
        var isDone = network.Items[node].State == PlanItemState.Done;
        var (missed, worst) = (0, -1);
        for (var at = 0; at < before.Length; at++)
        {
            // What was done out of order was done; only what is still to come before it is worth a word.
            var from = before[at].From;
            if (isDone && (!network.IsItem(from) || network.Items[from].State == PlanItemState.Done))
            {
                continue;
            }

            if (Demand(before[at], times) is (var boundary and not NodeTime.None, var day) && Misses(ref time, before[at].Kind, boundary, day) is var by && by > missed)
            {
                (missed, worst) = (by, at);
            }
        }

        return worst < 0 ? null : new Violation(node, worst);
    }

    /// <summary>By how much a demand is missed; 0 or less when it is met.</summary>
    private static int Misses(ref NodeTime time, DependencyKind kind, int boundary, int day)
    {
        if (!time.IsPoint)
        {
            return boundary - (IsAtEnd(kind) ? time.End : time.Begin);
        }

        // On a closed day, First is the business day after it: neither that day nor its end has come.
        var (latest, lastDay) = time.IsOnClosedDay ? (time.First, time.First - 1) : (time.First + 1, time.First);
        if (boundary == latest && day <= lastDay)
        {
            time.Begin = time.End = boundary;
        }

        return Math.Max(boundary - latest, day - lastDay);
    }

    /// <summary>Which boundary a link demands and, for points, which day.</summary>
    private static (int Boundary, int Day) Demand(PlanLink link, NodeTime[] times)
    {
        ref readonly var from = ref times[link.From];
        if (!from.IsKnown)
        {
            return (NodeTime.None, NodeTime.None);
        }

        return link.Kind switch
        {
            DependencyKind.FinishToStart or DependencyKind.FinishToFinish => (from.End + link.Lag, from.Last + link.Lag),
            DependencyKind.StartToStart => (from.Begin + link.Lag, from.First + link.Lag),
            // To end where the other begins is to end on the day before it.
            DependencyKind.StartToFinish => (from.Begin + link.Lag, from.First + link.Lag - 1),
        };
    }

    private static bool IsAtEnd(DependencyKind kind) => kind is DependencyKind.FinishToFinish or DependencyKind.StartToFinish;
}
