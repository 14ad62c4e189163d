using Cairn.Domain.Foundation.Playbooks;
using Cairn.Domain.Plans;
using NodaTime;

namespace Cairn.Domain.Tests.Plans;

/// <summary>
/// The rules of dates said once more, with dates instead of numbers, item by item and pair by pair: slow, and sharing no
/// code with what it checks. A phase is spelled out as every pair of items; what is cancelled or has no dates as every pair
/// that it stands between.
/// </summary>
internal static class NaiveSchedule
{
    /// <summary>The pairs that a plan ties: who comes first, who follows, how.</summary>
    public static IReadOnlyList<(PlanItem First, PlanItem Then, DependencyKind Kind, int Lag)> Pairs(Plan plan)
    {
        var items = plan.Items.ToDictionary(item => item.Id);
        var pairs = new List<(PlanItem, PlanItem, DependencyKind, int)>();
        foreach (var item in plan.Items.Where(IsDated))
        {
            foreach (var dependency in item.After.Where(one => items.ContainsKey(one.Item)))
            {
                if (IsDated(items[dependency.Item]))
                {
                    pairs.Add((items[dependency.Item], item, dependency.Kind, dependency.LagDays));
                }
            }
        }

        foreach (var phase in plan.Phases)
        {
            foreach (var then in plan.Items.Where(item => item.Phase == phase.Key && IsDated(item)))
            {
                pairs.AddRange(plan.Items.Where(item => phase.After.Contains(item.Phase) && IsDated(item)).Select(first => (first, then, DependencyKind.FinishToStart, 0)));
            }
        }

        return pairs;
    }

    public static bool IsDated(PlanItem item) => item.State != PlanItemState.Cancelled && item.Start is not null;

    /// <summary>Whether a pair is kept by dates alone: what begins, begins on a business day after; what is a point may share the day.</summary>
    public static bool IsKept((PlanItem First, PlanItem Then, DependencyKind Kind, int Lag) pair)
    {
        var (first, then, kind, lag) = pair;
        var end = Shift(End(first), lag);
        var start = Shift(Begin(first), lag);
        return kind switch
        {
            DependencyKind.FinishToStart when first.IsPoint || then.IsPoint => Begin(then) >= end,
            DependencyKind.FinishToStart => Begin(then) > end,
            DependencyKind.StartToStart => Begin(then) >= start,
            DependencyKind.FinishToFinish => End(then) >= end || (first.IsPoint && Shift(End(then), 1) >= end),
            DependencyKind.StartToFinish => Shift(End(then), 1) >= start,
        };
    }

    // Somebody may ask for a closed day. Work begins on the next open one then, and ends on the last open one before.
    private static LocalDate End(PlanItem item) => item.DoneOn ?? (item.IsPoint ? Opening(item.Finish!.Value, 1) : Opening(item.Finish!.Value, -1));

    private static LocalDate Begin(PlanItem item) => item.DoneOn is { } done && done < item.Start ? done : Opening(item.Start!.Value, 1);

    private static LocalDate Opening(LocalDate day, int step)
    {
        while (SomePlan.Calendar.WhyClosed(day) is not null)
        {
            day = day.PlusDays(step);
        }

        return day;
    }

    /// <summary>So many business days later or earlier.</summary>
    public static LocalDate Shift(LocalDate day, int businessDays)
    {
        var step = Math.Sign(businessDays);
        for (var left = Math.Abs(businessDays); left > 0;)
        {
            day = day.PlusDays(step);
            left -= SomePlan.Calendar.WhyClosed(day) is null ? 1 : 0;
        }

        return day;
    }

    /// <summary>
    /// When everything ends if one task begins so many business days later and everything that follows waits: rounds over all
    /// pairs of tasks until nothing changes.
    /// </summary>
    public static LocalDate FinishIfLate(Plan plan, PlanItemId late, int by)
    {
        var starts = plan.Items.Where(IsDated).ToDictionary(item => item.Id, item => item.Id == late ? Shift(item.Start!.Value, by) : item.Start!.Value);
        LocalDate EndOf(PlanItem item) => Shift(starts[item.Id], item.WorkingDays - 1);
        var pairs = Pairs(plan);
        for (var isChanged = true; isChanged;)
        {
            isChanged = false;
            foreach (var (first, then, kind, lag) in pairs)
            {
                var earliest = kind switch
                {
                    DependencyKind.FinishToStart => Shift(EndOf(first), lag + 1),
                    DependencyKind.StartToStart => Shift(starts[first.Id], lag),
                    DependencyKind.FinishToFinish => Shift(EndOf(first), lag - then.WorkingDays + 1),
                    DependencyKind.StartToFinish => Shift(starts[first.Id], lag - then.WorkingDays),
                };
                if (earliest > starts[then.Id])
                {
                    starts[then.Id] = earliest;
                    isChanged = true;
                }
            }
        }

        return plan.Items.Where(IsDated).Max(EndOf);
    }
}
