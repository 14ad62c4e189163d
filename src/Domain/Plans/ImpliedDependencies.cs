using Cairn.Domain.Foundation.Playbooks;

namespace Cairn.Domain.Plans;

/// <summary>
/// What a milestone or hand-off of a playbook follows when the playbook does not say: the work of its phase that was to be
/// finished by its day. So it moves when its phase does.
/// </summary>
internal static class ImpliedDependencies
{
    /// <summary>The ids that each such item follows, by its own id.</summary>
    public static Dictionary<string, IReadOnlyList<string>> Of(CompiledPlaybook playbook)
    {
        var followers = playbook.Items.SelectMany(item => item.After.Select(before => (before.Item, item.Id))).ToLookup(pair => pair.Item, pair => pair.Id);
        return playbook.Items.Where(IsOpen).ToDictionary(item => item.Id, item => Before(playbook, item, followers));
    }

    private static bool IsOpen(CompiledItem item) => item.Kind is ItemKinds.Milestone or ItemKinds.HandOff && item.After.Count == 0;

    private static IReadOnlyList<string> Before(CompiledPlaybook playbook, CompiledItem point, ILookup<string, string> followers)
    {
        var behind = Behind(point.Id, followers);
        var work = playbook.Items
            .Where(item => item.Phase == point.Phase && item.Finish <= point.Start && !IsOpen(item) && !behind.Contains(item.Id)).ToDictionary(item => item.Id);
        // What something else of the same work follows already need not be named again.
        return
        [
            .. work.Keys.Where(id => !followers[id].Any(follower => work.TryGetValue(follower, out var next)
                && next.After.Any(before => before.Item == id && before.Kind == "FS" && before.LagDays >= 0))),
        ];
    }

    /// <summary>Everything that waits for an item, directly or not: following that would be a circle.</summary>
    private static HashSet<string> Behind(string item, ILookup<string, string> followers)
    {
        var found = new HashSet<string> { item };
        var next = new Queue<string>([item]);
        while (next.TryDequeue(out var one))
        {
            foreach (var follower in followers[one].Where(found.Add))
            {
                next.Enqueue(follower);
            }
        }

        return found;
    }
}
