using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>What the changes of a reflow take. Every fault is found, not only the first.</summary>
internal static class ReflowRules
{
    public static void Check(Plan plan, ReflowRequest request, InputFaults faults)
    {
        if (request.Changes.Count > PlanLimits.MostChanges)
        {
            faults.Add("/changes", "too-many", $"A reflow takes at most {PlanLimits.MostChanges} changes. Carry out the first part, then the rest.");
            return;
        }

        var named = request.Changes.SelectMany(Named).ToHashSet();
        var items = plan.Items.Where(item => named.Contains(item.Id)).ToDictionary(item => item.Id);
        foreach (var (at, change) in request.Changes.Index())
        {
            var pointer = $"/changes/{at}";
            if (change.PlanStart is { } start && !IsNear(plan, start))
            {
                Far(plan, pointer + "/planStart", faults);
            }

            if (change.Item is { } id)
            {
                CheckItem(plan, change, items.GetValueOrDefault(id), pointer, faults);
                CheckDependency(change.AddDependency, id, items, pointer + "/addDependency", faults);
                CheckDependency(change.RemoveDependency, id, items, pointer + "/removeDependency", faults);
            }
            else if (change.PlanStart is null)
            {
                faults.Add(pointer, InputFaults.MemberMissing, "A change names an 'item', or 'planStart'.");
            }
        }
    }

    private static IEnumerable<PlanItemId> Named(ReflowChange change)
    {
        if (change.Item is { } item)
        {
            yield return item;
        }

        if (change.AddDependency is { } added)
        {
            yield return added.Item;
        }

        if (change.RemoveDependency is { } removed)
        {
            yield return removed.Item;
        }
    }

    private static void CheckItem(Plan plan, ReflowChange change, PlanItem? item, string pointer, InputFaults faults)
    {
        if (item is null)
        {
            faults.Add(pointer + "/item", "plan-item-unknown", "The plan has no such item.");
            return;
        }

        var changesDates = change.Start is not null || change.Finish is not null || change.WorkingDays is not null;
        if (changesDates && !item.IsLive)
        {
            faults.Add(pointer + "/item", "plan-item-over", $"'{item.Title}' is {(item.State == PlanItemState.Done ? "done" : "cancelled")}, so its dates stay. Open it again first.");
        }

        foreach (var (name, day) in new[] { ("start", change.Start), ("finish", change.Finish) })
        {
            if (day is { } given && !IsNear(plan, given))
            {
                Far(plan, $"{pointer}/{name}", faults);
            }
        }

        var (least, most) = item.Kind == ItemKinds.Milestone ? (0, 0) : (1, PlanLimits.LongestItem);
        if (change.WorkingDays is { } days && (days < least || days > most))
        {
            faults.Add(pointer + "/workingDays", "working-days-unusable", most == 0 ? "A milestone takes no working days." : $"An item takes 1 to {PlanLimits.LongestItem} working days.");
        }

        if (item.Kind == ItemKinds.Milestone && change.Finish is { } finish && finish != (change.Start ?? item.Start ?? finish))
        {
            faults.Add(pointer + "/finish", "milestone-has-one-day", "A milestone is on one day. Give its 'start' alone.");
        }
    }

    private static void CheckDependency(PlanDependency? dependency, PlanItemId item, Dictionary<PlanItemId, PlanItem> items, string pointer, InputFaults faults)
    {
        if (dependency is null)
        {
            return;
        }

        if (!items.ContainsKey(dependency.Item))
        {
            faults.Add(pointer + "/item", "plan-item-unknown", "The plan has no such item.");
        }
        else if (dependency.Item == item)
        {
            faults.Add(pointer + "/item", "plan-item-follows-itself", "An item cannot follow itself.");
        }

        if (Math.Abs(dependency.LagDays) > PlanLimits.LongestLag)
        {
            faults.Add(pointer + "/lagDays", "number-out-of-range", $"'lagDays' takes a whole number from -{PlanLimits.LongestLag} to {PlanLimits.LongestLag}.");
        }
    }

    /// <summary>Whether a day lies within what a plan spans at most.</summary>
    public static bool IsNear(Plan plan, LocalDate day) => Math.Abs(Period.DaysBetween(plan.Start, day)) <= PlanLimits.FarthestDays;

    public static void Far(Plan plan, string pointer, InputFaults faults) => faults.Add(
        pointer, "date-too-far", $"A plan's dates lie within ten years of its start, {PlanDates.Say(plan.Start)}.");
}
