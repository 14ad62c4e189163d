using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>A plan with the changes of a request laid over it, before anything follows from them.</summary>
internal sealed class ReflowDraft
{
    private readonly Dictionary<PlanItemId, LocalDate> asked = [];
    private readonly int shift;

    private ReflowDraft(Plan plan, ReflowRequest request, BusinessDayIndex index)
    {
        Items = [.. plan.Items];
        PlanStart = request.Changes.LastOrDefault(change => change.PlanStart is not null)?.PlanStart ?? plan.Start;
        shift = index.OnOrAfter(PlanStart) - index.OnOrAfter(plan.Start);
        var places = request.Changes.Count == 0 ? [] : plan.Items.Select((item, at) => (item.Id, at)).ToDictionary(pair => pair.Id, pair => pair.at);
        foreach (var change in request.Changes)
        {
            if (change.Item is { } id)
            {
                Items[places[id]] = Lay(change, Items[places[id]], index);
            }
        }
    }

    /// <summary>The items in the order of the plan, as asked.</summary>
    public PlanItem[] Items { get; }

    /// <summary>The plan's first day, as asked.</summary>
    public LocalDate PlanStart { get; }

    /// <summary>By how many business days the plan's start moves.</summary>
    public int Shift => shift;

    /// <summary>What cannot be at all.</summary>
    public List<PlanConflict> Conflicts { get; } = [];

    public static ReflowDraft Of(Plan plan, ReflowRequest request, BusinessDayIndex index) => new(plan, request, index);

    /// <summary>Whether somebody asked for an item's first day, so that it stays there.</summary>
    public bool IsAsked(PlanItemId item) => asked.ContainsKey(item);

    /// <summary>The day that was asked for, before closed days were stepped over; <see langword="null"/> when none was.</summary>
    public LocalDate? AskedFor(PlanItemId item) => asked.TryGetValue(item, out var day) ? day : null;

    /// <summary>Whether an item shifts with the plan's start.</summary>
    public bool DoesShift(PlanItem item) => shift != 0 && item is { IsLive: true, IsPinned: false, Start: not null } && !IsAsked(item.Id);

    /// <summary>Where an item is before anything moves it.</summary>
    public NodeTime TimeOf(PlanItem item, BusinessDayIndex index)
    {
        var time = NodeTime.Of(item, index, IsAsked(item.Id));
        if (DoesShift(item))
        {
            if (time.IsPoint)
            {
                time.PutPoint(time.First + shift);
            }
            else
            {
                time.Put(time.Begin + shift);
            }
        }

        return time;
    }

    private PlanItem Lay(ReflowChange change, PlanItem item, BusinessDayIndex index)
    {
        var changed = item with
        {
            IsPinned = change.Pinned ?? item.IsPinned,
            After = Dependencies(change, item.After),
        };
        if (change.Start is null && change.Finish is null && change.WorkingDays is null)
        {
            return changed;
        }

        var start = change.Start ?? item.Start;
        if (change.Finish < start)
        {
            Conflicts.Add(new PlanConflict(
                item.Id, ConflictKind.FinishBeforeStart, $"'{item.Title}' would end on {PlanDates.Say(change.Finish.Value)}, before it begins on {PlanDates.Say(start.Value)}. Give it a later end."));
            return item;
        }

        return PutOn(change, changed, start, index);
    }

    private PlanItem PutOn(ReflowChange change, PlanItem item, LocalDate? start, BusinessDayIndex index)
    {
        var least = item.IsPoint && change.WorkingDays is null && (change.Finish is null || change.Finish == start) ? item.WorkingDays : 1;
        var workingDays = change.WorkingDays
            ?? (change.Finish is { } until && start is { } from ? Math.Max(least, from == until ? least : index.Count(from, until)) : item.WorkingDays);
        var days = Math.Max(1, workingDays);
        // Something without dates gets its first day from its last.
        start ??= change.Finish is { } last ? index.DateOf(index.OnOrAfter(last) - days + 1) : null;
        if (start is not { } first)
        {
            return item with { WorkingDays = workingDays };
        }

        if (change.Start is { } wanted)
        {
            asked[item.Id] = wanted;
        }

        // Only what is pinned may be on a day on which nobody works: a cutover on a Sunday is agreed, not computed.
        if (item.IsPinned)
        {
            var end = change.Finish ?? (days == 1 ? first : index.DateOf(index.OnOrAfter(first) + days - 1));
            return item with { Start = first, Finish = end, WorkingDays = workingDays };
        }

        var number = index.OnOrAfter(first);
        return item with { Start = index.DateOf(number), Finish = index.DateOf(number + days - 1), WorkingDays = workingDays };
    }

    private static IReadOnlyList<PlanDependency> Dependencies(ReflowChange change, IReadOnlyList<PlanDependency> after)
    {
        if (change.RemoveDependency is { } gone)
        {
            after = [.. after.Where(one => one.Item != gone.Item || one.Kind != gone.Kind)];
        }

        return change.AddDependency is { } added
            ? [.. after.Where(one => one.Item != added.Item || one.Kind != added.Kind), added]
            : after;
    }
}
