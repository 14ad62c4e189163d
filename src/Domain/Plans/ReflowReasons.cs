using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>Says why an item is on its dates, for people: what it follows and when that ends, the lag, the closed days with their names.</summary>
internal sealed class ReflowReasons(PlanNetwork network, NodeTime[] times, BusinessDayIndex index)
{
    private readonly PlanDates dates = new(index.Days);

    /// <summary>Why an item was moved by what comes before it, or by the calendar alone.</summary>
    /// <param name="node">The item's node.</param>
    /// <param name="wanted">The day on which it would have been, but for that.</param>
    /// <param name="to">Its dates now.</param>
    public IReadOnlyList<DerivationStep> OfMove(int node, LocalDate wanted, DateSpan to)
    {
        ref readonly var time = ref times[node];
        var steps = new List<DerivationStep>();
        // The first business day from where it wanted to be; if it is later than that, something demanded so.
        var isDriven = time.Driver >= 0 && time.First == time.Need && index.DateOf(index.OnOrAfter(wanted)) != to.Start;
        if (isDriven)
        {
            Follow(node, to, steps);
        }
        else
        {
            steps.AddRange(dates.Closed(wanted, to.Start));
        }

        steps.Add(Result(network.Items[node], to));
        return steps;
    }

    /// <summary>Why an item is where somebody asked it to be.</summary>
    public IReadOnlyList<DerivationStep> OfAsked(PlanItem item, LocalDate asked, DateSpan to) =>
    [
        new DerivationStep($"Asked for {dates.Of(asked)}."), .. dates.Closed(asked, to.Start), Result(item, to),
    ];

    /// <summary>What stands in the way of an item that stays, and until when that lasts.</summary>
    public (PlanItemId? Item, string Words, LocalDate Until) Obstacle(Violation violation)
    {
        var link = network.Before(violation.Node)[violation.Link];
        var (item, words) = Source(link.From);
        ref readonly var from = ref times[link.From];
        var isEnd = link.Kind is DependencyKind.FinishToStart or DependencyKind.FinishToFinish;
        return (item, words, item is { } known && isEnd ? EndOf(known) : index.DateOf(isEnd ? from.Last : from.First));
    }

    private void Follow(int node, DateSpan to, List<DerivationStep> steps)
    {
        var link = network.Before(node)[times[node].Driver];
        ref readonly var from = ref times[link.From];
        var (_, words) = Source(link.From);
        var isEnd = link.Kind is DependencyKind.FinishToStart or DependencyKind.FinishToFinish;
        var day = index.DateOf(isEnd ? from.Last : from.First);
        steps.Add(new DerivationStep($"{Tie(link.Kind)} {words}, which {(isEnd ? "ends" : "begins")} on {dates.Of(day)}."));
        if (link.Lag != 0)
        {
            steps.Add(new DerivationStep(link.Lag > 0 ? $"{PlanDates.BusinessDays(link.Lag)} later." : $"{PlanDates.BusinessDays(link.Lag)} earlier: they overlap."));
        }

        // What ties an end ties the days before it; the closed days that matter are those up to the day that is tied.
        var isOfEnd = link.Kind is DependencyKind.FinishToFinish or DependencyKind.StartToFinish;
        steps.AddRange(dates.Closed(isEnd ? day.PlusDays(1) : day, isOfEnd ? to.Finish : to.Start));
    }

    private static string Tie(DependencyKind kind) => kind switch
    {
        DependencyKind.FinishToStart => "Follows",
        DependencyKind.StartToStart => "Begins no earlier than",
        DependencyKind.FinishToFinish => "Ends no earlier than",
        DependencyKind.StartToFinish => "Ends no earlier than the beginning of",
    };

    /// <summary>What a node is for people, through phases and items that only pass on.</summary>
    private (PlanItemId? Item, string Words) Source(int node)
    {
        var through = "";
        while (times[node].Role == NodeRole.Through)
        {
            if (network.IsItem(node))
            {
                through = through.Length > 0 ? through : $" (through '{network.Items[node].Title}', which {(network.Items[node].State == PlanItemState.Cancelled ? "is cancelled" : "has no dates")})";
            }
            else
            {
                through = through.Length > 0 ? through : $"phase '{network.PhaseOf(node).Title}'";
            }

            if (times[node].Driver < 0)
            {
                return (null, through);
            }

            node = network.Before(node)[times[node].Driver].From;
        }

        var item = network.Items[node];
        return (item.Id, through.StartsWith("phase", StringComparison.Ordinal) ? $"'{item.Title}' of the phases before" : $"'{item.Title}'{through}");
    }

    private LocalDate EndOf(PlanItemId id)
    {
        var node = Array.FindIndex(network.Items, item => item.Id == id);
        return times[node].Role == NodeRole.Stays ? network.Items[node].DoneOn ?? network.Items[node].Finish!.Value : index.DateOf(times[node].Last);
    }

    private DerivationStep Result(PlanItem item, DateSpan to)
    {
        if (to.Start == to.Finish)
        {
            return new DerivationStep($"So it is on {dates.Of(to.Start)}.");
        }

        return new DerivationStep($"So it starts on {dates.Of(to.Start)} and, with {item.WorkingDays} working days, ends on {dates.Of(to.Finish)}.")
        {
            Parts = [.. dates.Holidays(to.Start, to.Finish)],
        };
    }
}
