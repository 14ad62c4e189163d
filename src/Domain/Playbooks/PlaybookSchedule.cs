using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Playbooks;

/// <summary>When an item is done, and why then.</summary>
internal sealed record PlaybookPlace(PlaybookItem Item, string Id, LocalDate Start, LocalDate Finish, int WorkingDays)
{
    public List<DerivationStep> Why { get; init; } = [];

    /// <summary>Whether it takes no day of its own: a milestone, or a meeting, document or hand-off of one day.</summary>
    public bool IsPoint => Item.MayShareDay && WorkingDays <= 1;

    /// <summary>For a point: whether something that it waits for ends on its day, so that it comes at the end of that day.</summary>
    public bool IsLate { get; init; }

    public DayEdge Begins => new(Start, IsPoint && IsLate);

    public DayEdge Ends => new(Finish, !IsPoint || IsLate);
}

/// <summary>The beginning or the end of a day. What waits for the end of a day begins on the next one; what waits for its beginning may begin on it.</summary>
internal readonly record struct DayEdge(LocalDate Day, bool IsEnd) : IComparable<DayEdge>
{
    public int CompareTo(DayEdge other) => (Day, IsEnd).CompareTo((other.Day, other.IsEnd));
}

/// <summary>
/// Dates for all items: each on its days, then, in the order of what waits for what, later by just as much as its
/// dependencies and the phases before demand. Nothing moves earlier, and the business days that work takes stay the same.
/// </summary>
internal sealed class PlaybookSchedule(Playbook playbook, PlaybookDates dates, PlaybookOrder order)
{
    private readonly Dictionary<string, List<PlaybookPlace>> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DayEdge> ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DayEdge Edge, string Phase)> openings = new(StringComparer.Ordinal);

    /// <summary>All places in the order of the file; occurrences of one meeting in the order of their dates.</summary>
    public IReadOnlyList<PlaybookPlace> Places => [.. playbook.Items.SelectMany(item => places.GetValueOrDefault(item.Id, []))];

    /// <summary>What an item waits for: what it says, and what is implied.</summary>
    public IEnumerable<CompiledDependency> Dependencies(PlaybookItem item) =>
        item.After.Select(after => new CompiledDependency(after.Item, after.Kind, after.LagDays))
            .Concat(order.Implied.GetValueOrDefault(item.Id, []).Select(other => new CompiledDependency(other, IsImplied: true)));

    public void Run()
    {
        var items = playbook.Items.ToDictionary(item => item.Id, StringComparer.Ordinal);
        var phases = playbook.Phases.ToDictionary(phase => PlaybookOrder.Opening(phase.Id), StringComparer.Ordinal);
        var phaseEnds = playbook.Phases.ToDictionary(phase => PlaybookOrder.End(phase.Id), StringComparer.Ordinal);
        foreach (var point in order.Points)
        {
            if (items.TryGetValue(point, out var item))
            {
                places[point] = Place(item);
            }
            else if (phases.TryGetValue(point, out var opened))
            {
                Open(opened);
            }
            else if (phaseEnds.TryGetValue(point, out var ended) && ended.Items.SelectMany(inner => places[inner.Id]).ToList() is { Count: > 0 } all)
            {
                ends[ended.Id] = all.Max(place => place.Ends);
            }
        }
    }

    /// <summary>The last finish of a phase's items; <see langword="null"/> for a phase without items.</summary>
    public LocalDate? EndOf(string phase) => ends.TryGetValue(phase, out var end) ? end.Day : null;

    private void Open(PlaybookPhase phase)
    {
        // A phase without items of its own ends when those before it do.
        var before = phase.After.Where(ends.ContainsKey).Select(id => (Edge: ends[id], Phase: id)).ToList();
        if (before.Count > 0)
        {
            openings[phase.Id] = before.MaxBy(pair => pair.Edge);
            if (phase.Items.Count == 0)
            {
                ends[phase.Id] = openings[phase.Id].Edge;
            }
        }
    }

    private List<PlaybookPlace> Place(PlaybookItem item)
    {
        var days = item.Days ?? new DaySpan(1, 1);
        if (item.Every is not null)
        {
            var spread = PlaybookRepetition.Dates(item, playbook.Phases.First(phase => phase.Id == item.Phase), dates);
            var moved = spread.Select(date => Push(new PlaybookPlace(item, item.Id, date.Date, date.Date, 1) { Why = [date.Why] })).DistinctBy(place => place.Start);
            return [.. moved.Select((place, i) => place with { Id = $"{item.Id}.{i + 1}" })];
        }

        var start = dates.OnOrAfter(dates.Raw(days.First));
        var last = days.Last ?? days.First;
        var finish = last == days.First ? start : LocalDate.Max(start, dates.OnOrAfter(dates.Raw(last)));
        var working = item.Kind == ItemKinds.Milestone ? 0 : dates.WorkingDays(start, finish);
        List<DerivationStep> why = [.. dates.Why(days.First), .. last == days.First ? [] : dates.Why(last)];
        return [Push(new PlaybookPlace(item, item.Id, start, finish, working) { Why = why })];
    }

    /// <summary>Later by just as much as is needed.</summary>
    private PlaybookPlace Push(PlaybookPlace place)
    {
        var demands = new List<DayEdge>();
        if (openings.TryGetValue(place.Item.Phase, out var opening))
        {
            // A phase may begin on the day on which the one before ends: an incident goes through four of them in an hour.
            place = Push(place, opening.Edge with { IsEnd = false }, isStart: true, $"the phase '{opening.Phase}' ends on {PlaybookDates.Text(opening.Edge.Day)}");
        }

        foreach (var dependency in Dependencies(place.Item))
        {
            foreach (var other in places.GetValueOrDefault(dependency.Item, []))
            {
                var isFromEnd = dependency.Kind is "FS" or "FF";
                var source = isFromEnd ? other.Ends : other.Begins;
                var edge = dependency.LagDays == 0 ? source : source with { Day = dates.Step(source.Day, dependency.LagDays) };
                demands.Add(edge);
                place = Push(place, edge, dependency.Kind is "FS" or "SS", $"it waits for '{dependency.Item}' ({Words(dependency)}), which {(isFromEnd ? "finishes" : "starts")} on {PlaybookDates.Text(source.Day)}");
            }
        }

        return place with { IsLate = demands.Exists(edge => edge.IsEnd && edge.Day >= place.Start) };
    }

    private PlaybookPlace Push(PlaybookPlace place, DayEdge edge, bool isStart, string because)
    {
        // A point may share the day; work begins after the end of a day, or finishes by it.
        var least = dates.OnOrAfter(edge.Day);
        if (!place.IsPoint && isStart == edge.IsEnd)
        {
            least = dates.Step(least, isStart ? 1 : -1);
        }

        if ((isStart ? place.Start : place.Finish) >= least)
        {
            return place;
        }

        return Shift(place, isStart || place.WorkingDays <= 1 ? least : dates.Step(least, 1 - place.WorkingDays), because);
    }

    private PlaybookPlace Shift(PlaybookPlace place, LocalDate start, string because) => place with
    {
        Start = start,
        Finish = place.WorkingDays <= 1 ? start : dates.Step(start, place.WorkingDays - 1),
        Why = [.. place.Why, new DerivationStep($"Moved from {PlaybookDates.Text(place.Start)} to {PlaybookDates.Text(start)}: {because}")],
    };

    private static string Words(CompiledDependency dependency) => dependency switch
    {
        { LagDays: 0, IsImplied: true } => "planned to be done by then",
        { LagDays: 0 } => dependency.Kind,
        _ => $"{dependency.Kind} {(dependency.LagDays > 0 ? "+" : "")}{dependency.LagDays} business day(s)",
    };
}
