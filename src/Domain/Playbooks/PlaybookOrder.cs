using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Playbooks;

/// <summary>
/// The order in which dates are worked out: each item after all that it waits for. A phase is two points, its opening and
/// its end, so that "this phase after that one" is one step and not one for each pair of their items.
/// </summary>
internal sealed class PlaybookOrder
{
    private readonly Dictionary<string, List<string>> before = new(StringComparer.Ordinal);

    private PlaybookOrder()
    {
    }

    /// <summary>The points in order, each after what it waits for; not complete when there is a circle.</summary>
    public List<string> Points { get; } = [];

    /// <summary>What waits for itself, as people read it, the first name again at the end; <see langword="null"/> when nothing does.</summary>
    public IReadOnlyList<string>? Circle { get; private set; }

    /// <summary>What milestones and hand-offs wait for that nobody wrote down, by their ids.</summary>
    public Dictionary<string, IReadOnlyList<string>> Implied { get; } = new(StringComparer.Ordinal);

    /// <summary>Orders a playbook; with <paramref name="withImplied"/> a milestone or hand-off that says nothing waits for what its phase was to finish by its day.</summary>
    public static PlaybookOrder Of(Playbook playbook, bool withImplied = false)
    {
        var order = new PlaybookOrder();
        var items = playbook.Items.Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var phases = playbook.Phases.Select(phase => phase.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var phase in playbook.Phases)
        {
            order.Wait(Opening(phase.Id), phase.After.Where(phases.Contains).Select(End));
            order.Wait(End(phase.Id), [Opening(phase.Id), .. phase.Items.Select(item => item.Id)]);
            foreach (var item in phase.Items)
            {
                order.Wait(item.Id, [Opening(phase.Id), .. item.After.Select(after => after.Item).Where(items.Contains)]);
            }
        }

        if (withImplied)
        {
            order.Imply(playbook);
        }

        order.Sort(playbook);
        return order;
    }

    /// <summary>How a circle names a phase.</summary>
    public static string Shown(PlaybookPhase phase) => $"phase {phase.Id}";

    private void Imply(Playbook playbook)
    {
        foreach (var phase in playbook.Phases)
        {
            // In the order of their days, so that of two milestones the later follows the earlier.
            foreach (var item in phase.Items.Where(item => item is { Kind: ItemKinds.Milestone or ItemKinds.HandOff, After.Count: 0, Days: not null }).OrderBy(item => item.Days!.Value.First))
            {
                var waiting = WaitingFor(item.Id);
                var day = item.Days!.Value.First;
                var others = phase.Items.Where(other => other.Id != item.Id && other is { Every: null, Days: { } days } && (days.Last ?? days.First) <= day && !waiting.Contains(other.Id)
                    && (!IsImplying(other) || Implied.ContainsKey(other.Id)));
                Implied[item.Id] = [.. others.Select(other => other.Id)];
                Wait(item.Id, Implied[item.Id]);
            }
        }
    }

    private static bool IsImplying(PlaybookItem item) => item is { Kind: ItemKinds.Milestone or ItemKinds.HandOff, After.Count: 0 };

    /// <summary>All that waits for an item, over however many others: it may wait for none of them in turn.</summary>
    private HashSet<string> WaitingFor(string item)
    {
        var after = before.SelectMany(pair => pair.Value.Select(other => (Point: pair.Key, Other: other))).ToLookup(pair => pair.Other, pair => pair.Point, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([item]);
        while (open.TryPop(out var at))
        {
            foreach (var next in after[at].Where(seen.Add))
            {
                open.Push(next);
            }
        }

        return seen;
    }

    // A slash cannot stand in an id, so the points of phases are never mistaken for items.
    public static string Opening(string phase) => $"{phase}/opening";

    public static string End(string phase) => $"{phase}/end";

    private void Wait(string point, IEnumerable<string> forOthers)
    {
        if (!before.TryGetValue(point, out var list))
        {
            before[point] = list = [];
        }

        list.AddRange(forOthers);
    }

    /// <summary>Depth first with a stack of its own: a chain of ten thousand items must not end the program.</summary>
    private void Sort(Playbook playbook)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var path = new List<(string Point, int Next)>();
        var onPath = new HashSet<string>(StringComparer.Ordinal);
        foreach (var start in before.Keys)
        {
            path.Add((start, 0));
            while (path.Count > 0 && Circle is null)
            {
                var (point, next) = path[^1];
                if (next == 0 && !done.Contains(point))
                {
                    onPath.Add(point);
                }

                if (done.Contains(point) || next == before.GetValueOrDefault(point, []).Count)
                {
                    path.RemoveAt(path.Count - 1);
                    onPath.Remove(point);
                    if (done.Add(point))
                    {
                        Points.Add(point);
                    }

                    continue;
                }

                path[^1] = (point, next + 1);
                var other = before[point][next];
                if (onPath.Contains(other))
                {
                    Circle = Shown(path.Select(step => step.Point).SkipWhile(step => step != other).Append(other), playbook);
                }
                else
                {
                    path.Add((other, 0));
                }
            }

            path.Clear();
        }
    }

    /// <summary>Items by their ids, a phase once instead of its two points; from what waits to what it waits for.</summary>
    private static List<string> Shown(IEnumerable<string> points, Playbook playbook)
    {
        var shown = new List<string>();
        foreach (var point in points)
        {
            var phase = playbook.Phases.FirstOrDefault(phase => point == Opening(phase.Id) || point == End(phase.Id));
            var name = phase is null ? point : Shown(phase);
            if (shown.Count == 0 || shown[^1] != name)
            {
                shown.Add(name);
            }
        }

        if (shown.Count == 1 || shown[0] != shown[^1])
        {
            shown.Add(shown[0]);
        }

        return shown;
    }
}
