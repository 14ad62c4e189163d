namespace Cairn.Domain.Plans;

/// <summary>One tie between two nodes of the network, seen from the later of them.</summary>
/// <param name="From">The node that comes before.</param>
/// <param name="Kind">Which ends are tied.</param>
/// <param name="Lag">Business days between them.</param>
internal readonly record struct PlanLink(int From, DependencyKind Kind, int Lag);

/// <summary>
/// What comes before what, as arrays: a node for each item, in the order of their ids, so that the order in which a plan
/// lists them changes nothing; and two for each phase, its beginning and its end, so that a phase that follows another costs
/// one link for each item instead of one for each pair.
/// </summary>
internal sealed class PlanNetwork
{
    private readonly PlanLink[] links;
    private readonly int[] firstLink;

    private PlanNetwork(PlanItem[] items, PlanPhase[] phases, PlanLink[] links, int[] firstLink)
    {
        (Items, Phases, this.links, this.firstLink) = (items, phases, links, firstLink);
        (Order, Cycle) = Sort();
    }

    /// <summary>The items by id; the number of an item is its node.</summary>
    public PlanItem[] Items { get; }

    /// <summary>The phases by key.</summary>
    public PlanPhase[] Phases { get; }

    /// <summary>The nodes, each after everything that comes before it. Short of those in and behind a cycle.</summary>
    public int[] Order { get; }

    /// <summary>Nodes that wait for one another in a circle, in order; empty when there is none.</summary>
    public IReadOnlyList<int> Cycle { get; }

    public int NodeCount => firstLink.Length - 1;

    /// <summary>What comes before a node.</summary>
    public ReadOnlySpan<PlanLink> Before(int node) => links.AsSpan(firstLink[node]..firstLink[node + 1]);

    /// <summary>Whether a node is an item, not one of the ends of a phase.</summary>
    public bool IsItem(int node) => node < Items.Length;

    /// <summary>The phase whose beginning or end a node is.</summary>
    public PlanPhase PhaseOf(int node) => Phases[(node - Items.Length) / 2];

    public static PlanNetwork Of(IReadOnlyList<PlanItem> given, IReadOnlyList<PlanPhase> givenPhases)
    {
        var items = given.ToArray();
        Array.Sort(items, static (left, right) => left.Id.Value.CompareTo(right.Id.Value));
        var phases = givenPhases.OrderBy(phase => phase.Key, StringComparer.Ordinal).ToArray();
        var nodes = new Dictionary<PlanItemId, int>(items.Length);
        for (var node = 0; node < items.Length; node++)
        {
            nodes[items[node].Id] = node;
        }

        var phaseNodes = phases.Select((phase, at) => (phase.Key, Node: items.Length + (2 * at))).ToDictionary(pair => pair.Key, pair => pair.Node);
        var all = new List<(int To, PlanLink Link)>(items.Length * 4);
        for (var node = 0; node < items.Length; node++)
        {
            // What is tied to an item that is not there, or to itself, is tied to nothing.
            foreach (var (before, kind, lag) in items[node].After)
            {
                if (nodes.TryGetValue(before, out var from) && from != node)
                {
                    all.Add((node, new PlanLink(from, kind, lag)));
                }
            }

            if (phaseNodes.TryGetValue(items[node].Phase, out var begin))
            {
                all.Add((node, Follows(begin)));
                all.Add((begin + 1, Follows(node)));
            }
        }

        foreach (var phase in phases)
        {
            var begin = phaseNodes[phase.Key];
            all.Add((begin + 1, Follows(begin)));
            all.AddRange(phase.After.Where(phaseNodes.ContainsKey).Select(before => (begin, Follows(phaseNodes[before] + 1))));
        }

        return Gather(items, phases, all);
    }

    private static PlanLink Follows(int node) => new(node, DependencyKind.FinishToStart, 0);

    /// <summary>Lays the links out by the node they lead to; those of one node by where they come from, so that ties are always broken alike.</summary>
    private static PlanNetwork Gather(PlanItem[] items, PlanPhase[] phases, List<(int To, PlanLink Link)> all)
    {
        var first = new int[items.Length + (2 * phases.Length) + 1];
        foreach (var (to, _) in all)
        {
            first[to + 1]++;
        }

        for (var node = 1; node < first.Length; node++)
        {
            first[node] += first[node - 1];
        }

        var links = new PlanLink[all.Count];
        var place = (int[])first.Clone();
        foreach (var (to, link) in all)
        {
            links[place[to]++] = link;
        }

        for (var node = 0; node + 1 < first.Length; node++)
        {
            links.AsSpan(first[node]..first[node + 1]).Sort(static (left, right) => (left.From, left.Kind, left.Lag).CompareTo((right.From, right.Kind, right.Lag)));
        }

        return new PlanNetwork(items, phases, links, first);
    }

    private (int[] Order, IReadOnlyList<int> Cycle) Sort()
    {
        var waits = new int[NodeCount];
        var follows = new List<int>?[NodeCount];
        for (var node = 0; node < NodeCount; node++)
        {
            foreach (var link in Before(node))
            {
                waits[node]++;
                (follows[link.From] ??= []).Add(node);
            }
        }

        var order = new List<int>(NodeCount);
        order.AddRange(Enumerable.Range(0, NodeCount).Where(node => waits[node] == 0));
        for (var at = 0; at < order.Count; at++)
        {
            foreach (var node in follows[order[at]] ?? [])
            {
                if (--waits[node] == 0)
                {
                    order.Add(node);
                }
            }
        }

        return ([.. order], order.Count == NodeCount ? [] : FindCycle(waits));
    }

    /// <summary>Goes back from a node that still waits, always to one that waits too, until it comes round.</summary>
    private List<int> FindCycle(int[] waits)
    {
        var path = new List<int>();
        var seen = new Dictionary<int, int>();
        var node = Array.FindIndex(waits, count => count > 0);
        while (seen.TryAdd(node, path.Count))
        {
            path.Add(node);
            foreach (var link in Before(node))
            {
                if (waits[link.From] > 0)
                {
                    node = link.From;
                    break;
                }
            }
        }

        var cycle = path[seen[node]..];
        cycle.Reverse();
        return cycle;
    }
}
