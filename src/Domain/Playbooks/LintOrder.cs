using Cairn.Domain.Foundation;

namespace Cairn.Domain.Playbooks;

/// <summary>What comes before what: circles, and items whose days lie before the end of what they wait for.</summary>
internal static class LintOrder
{
    public static void Check(Playbook playbook, PlaybookFaults faults)
    {
        var order = PlaybookOrder.Of(playbook);
        if (order.Circle is { } circle)
        {
            var at = playbook.Items.FirstOrDefault(item => circle.Contains(item.Id))?.Node.At("after")
                ?? playbook.Phases.FirstOrDefault(phase => circle.Contains(PlaybookOrder.Shown(phase)))?.Node.At("after") ?? playbook.Node;
            faults.Add(at, "dependency-circle", $"These wait for each other: {string.Join(" → ", circle)}.", "Take one of these 'after' out.");
        }

        var items = playbook.Items.GroupBy(item => item.Id).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (var item in playbook.Items)
        {
            foreach (var after in item.After.Where(after => after.LagDays == 0 && items.ContainsKey(after.Item)))
            {
                CheckDays(item, after, items[after.Item], faults);
            }
        }
    }

    // Only a warning: the plan moves the item by itself, but whoever reads the file believes its days.
    private static void CheckDays(PlaybookItem item, PlaybookDependency after, PlaybookItem other, PlaybookFaults faults)
    {
        if (item.Days is not { } own || other.Days is not { } before || other.Every is not null)
        {
            return;
        }

        var (has, needs) = after.Kind switch
        {
            "SS" => (own.First, before.First),
            "FF" => (own.Last ?? own.First, before.Last ?? before.First),
            "SF" => (own.Last ?? own.First, before.First),
            _ => (own.First, (before.Last ?? before.First) + (item.MayShareDay || other.MayShareDay ? 0 : 1)),
        };
        if (has < needs)
        {
            faults.Warn(after.Node, "before-predecessor", $"'{item.Id}' is on day {own} and waits for '{other.Id}' of day {before} ({after.Kind}), so it will be moved.", "Move its days back, or use another kind of dependency: SS for 'not before its start', FF for 'not finished before it is'.");
        }
    }
}
