using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Playbooks;
using NodaTime;

namespace Cairn.Domain.Playbooks;

/// <summary>When an item is done, and why then.</summary>
internal sealed record PlaybookPlace(PlaybookItem Item, string Id, LocalDate Start, LocalDate Finish, int WorkingDays)
{
    public List<DerivationStep> Why { get; init; } = [];
}

/// <summary>
/// Dates for all items: each on its days, then, in the order of what waits for what, later by just as much as its
/// dependencies and the phases before demand. Nothing moves earlier, and the business days that work takes stay the same.
/// </summary>
internal sealed class PlaybookSchedule(Playbook playbook, PlaybookDates dates, PlaybookOrder order)
{
    private readonly Dictionary<string, List<PlaybookPlace>> places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LocalDate> ends = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (LocalDate Date, string Phase)> openings = new(StringComparer.Ordinal);

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
                ends[ended.Id] = all.Max(place => place.Finish);
            }
        }
    }

    /// <summary>The last finish of a phase's items; <see langword="null"/> for a phase without items.</summary>
    public LocalDate? EndOf(string phase) => ends.TryGetValue(phase, out var end) ? end : null;

    private void Open(PlaybookPhase phase)
    {
        // A phase without items of its own ends when those before it do.
        var before = phase.After.Where(ends.ContainsKey).Select(id => (Date: ends[id], Phase: id)).ToList();
        if (before.Count > 0)
        {
            openings[phase.Id] = before.MaxBy(pair => pair.Date);
            if (phase.Items.Count == 0)
            {
                ends[phase.Id] = openings[phase.Id].Date;
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
        if (openings.TryGetValue(place.Item.Phase, out var opening) && opening.Date > place.Start)
        {
            place = Shift(place, dates.OnOrAfter(opening.Date), $"the phase '{opening.Phase}' ends on {PlaybookDates.Text(opening.Date)}");
        }

        foreach (var dependency in Dependencies(place.Item))
        {
            foreach (var other in places.GetValueOrDefault(dependency.Item, []))
            {
                place = Push(place, dependency, other);
            }
        }

        return place;
    }

    private PlaybookPlace Push(PlaybookPlace place, CompiledDependency dependency, PlaybookPlace other)
    {
        var (isStart, from) = dependency.Kind switch
        {
            "SS" => (true, other.Start),
            "FF" => (false, other.Finish),
            "SF" => (false, other.Start),
            _ => (true, other.Finish),
        };
        // Work begins on the day after; what takes no day of its own may fall on the same one.
        var step = dependency.LagDays + (dependency.Kind == "FS" && !place.Item.MayShareDay ? 1 : 0);
        var least = dates.Step(from, step);
        if ((isStart ? place.Start : place.Finish) >= least)
        {
            return place;
        }

        var start = isStart ? least : place.WorkingDays <= 1 ? least : dates.Step(least, 1 - place.WorkingDays);
        return Shift(place, start, $"it waits for '{dependency.Item}' ({Words(dependency)}), which {(from == other.Finish ? "finishes" : "starts")} on {PlaybookDates.Text(from)}");
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
