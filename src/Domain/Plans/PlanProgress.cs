using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Plans;

/// <summary>How far an item was at the end of a day.</summary>
public readonly record struct ProgressMark(PlanItemId Item, LocalDate Date, int PercentDone);

/// <summary>A day of the curve, in percent of the whole plan.</summary>
/// <param name="Date">Which day.</param>
/// <param name="Planned">What was to be done by its end.</param>
/// <param name="Earned">What was; <see langword="null"/> for days to come.</param>
public readonly record struct ProgressPoint(LocalDate Date, decimal Planned, decimal? Earned);

/// <summary>
/// Planned against earned progress. Each item weighs its effort in hours; without one, <see cref="PlanLimits.HoursOfAWorkingDay"/>
/// for each of its working days, and a meeting its minutes. Planned progress spreads an item evenly over the business days
/// of its baseline; earned progress is its share done. Cancelled items weigh nothing.
/// </summary>
public sealed class PlanProgress
{
    private PlanProgress(IReadOnlyList<ProgressPoint> curve, LocalDate asOf)
    {
        Curve = curve;
        AsOf = asOf;
        var now = curve.LastOrDefault(point => point.Date <= asOf);
        (Planned, Earned) = (now.Planned, now.Earned ?? 0);
    }

    /// <summary>Day by day from the first day of anything to the last.</summary>
    public IReadOnlyList<ProgressPoint> Curve { get; }

    /// <summary>Which day counts as now.</summary>
    public LocalDate AsOf { get; }

    /// <summary>What was to be done by now, in percent with one decimal.</summary>
    public decimal Planned { get; }

    /// <summary>What is done by now, in percent with one decimal.</summary>
    public decimal Earned { get; }

    /// <summary>What an item weighs, in hours; 0 for one that is cancelled, and for a point without length.</summary>
    public static decimal WeightOf(PlanItem item) =>
        item.State == PlanItemState.Cancelled ? 0
        : item.EffortHours is { } hours ? hours
        : item.Minutes is { } minutes ? minutes / 60m
        : item.IsPoint ? 0
        : item.WorkingDays * PlanLimits.HoursOfAWorkingDay;

    /// <summary>Works the curve out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="marks">How far items were on which days; the last of a day counts. An item without any is as far as it is now since today.</param>
    /// <param name="index">The customer's calendar.</param>
    /// <param name="today">Today in the customer's zone.</param>
    public static PlanProgress Of(Plan plan, IReadOnlyList<ProgressMark> marks, BusinessDayIndex index, LocalDate today)
    {
        var items = plan.Items.Where(item => item.State != PlanItemState.Cancelled && (item.BaselineStart ?? item.Start) is not null).ToList();
        var weights = items.Select(WeightOf).ToArray();
        if (weights.Sum() == 0)
        {
            // A plan of milestones alone is as far as its milestones are.
            Array.Fill(weights, 1m);
        }

        var total = weights.Sum();
        if (items.Count == 0 || total == 0)
        {
            return new PlanProgress([], today);
        }

        var from = LocalDate.Min(plan.Start, items.Min(item => item.BaselineStart ?? item.Start!.Value));
        var until = LocalDate.Max(items.Max(item => LocalDate.Max(item.BaselineFinish ?? item.Finish!.Value, item.Finish ?? plan.Start)), from);
        until = items.Exists(item => item.IsLive) && today > until ? today : until;
        var length = Period.DaysBetween(from, until) + 1;
        var planned = Planning(items, weights, index, (from, length));
        var earned = Earning(items, weights, marks, (from, length), today);
        var points = new ProgressPoint[length];
        for (var day = 0; day < length; day++)
        {
            var date = from.PlusDays(day);
            points[day] = new ProgressPoint(date, Percent(planned[day], total), date <= today ? Percent(earned[day], total) : null);
        }

        return new PlanProgress(points, today);
    }

    /// <summary>Cumulated weights by day: each item evenly over the business days of its baseline.</summary>
    private static decimal[] Planning(List<PlanItem> items, decimal[] weights, BusinessDayIndex index, (LocalDate From, int Length) span)
    {
        var planned = new decimal[span.Length];
        for (var at = 0; at < items.Count; at++)
        {
            var (start, finish) = (items[at].BaselineStart ?? items[at].Start!.Value, items[at].BaselineFinish ?? items[at].Finish!.Value);
            var days = index.Count(start, finish);
            if (days <= 1 || weights[at] == 0)
            {
                planned[Period.DaysBetween(span.From, finish)] += weights[at];
                continue;
            }

            var first = index.OnOrAfter(start);
            for (var day = 0; day < days; day++)
            {
                // The parts sum to the whole: each day gets the difference between two roundings of the same line.
                planned[Period.DaysBetween(span.From, index.DateOf(first + day))] += (weights[at] * (day + 1) / days) - (weights[at] * day / days);
            }
        }

        return Cumulated(planned);
    }

    private static decimal[] Earning(List<PlanItem> items, decimal[] weights, IReadOnlyList<ProgressMark> marks, (LocalDate From, int Length) span, LocalDate today)
    {
        var earned = new decimal[span.Length];
        var byItem = marks.ToLookup(mark => mark.Item);
        for (var at = 0; at < items.Count; at++)
        {
            var item = items[at];
            var history = byItem[item.Id].OrderBy(mark => mark.Date).ToList();
            if (history.Count == 0 && item.PercentDone > 0)
            {
                history.Add(new ProgressMark(item.Id, today, item.PercentDone));
            }

            var before = 0;
            foreach (var mark in history)
            {
                var day = Math.Clamp(Period.DaysBetween(span.From, mark.Date), 0, span.Length - 1);
                earned[day] += weights[at] * (mark.PercentDone - before) / 100m;
                before = mark.PercentDone;
            }
        }

        return Cumulated(earned);
    }

    private static decimal[] Cumulated(decimal[] values)
    {
        for (var day = 1; day < values.Length; day++)
        {
            values[day] += values[day - 1];
        }

        return values;
    }

    private static decimal Percent(decimal part, decimal total) => Math.Round(part / total * 100, 1, MidpointRounding.AwayFromZero);

    /// <summary>How the two figures came about.</summary>
    public Derivation Explain(Plan plan)
    {
        var counted = plan.Items.Where(item => item.State != PlanItemState.Cancelled).ToList();
        var done = counted.Where(item => item.PercentDone > 0 && WeightOf(item) > 0).ToList();
        const int shown = 50;
        return new Derivation($"Progress of '{plan.Title}' on {PlanDates.Say(AsOf)}", $"{Earned} earned, {Planned} planned", "%")
        {
            Inputs =
            [
                new DerivationInput("items", $"{counted.Count}", "the plan, without cancelled items"),
                new DerivationInput("effort", $"{counted.Sum(WeightOf):0.##}", $"the items' effort; without one {PlanLimits.HoursOfAWorkingDay:0} hours a working day", "hours"),
            ],
            Steps =
            [
                new DerivationStep("Planned: each item spread evenly over the business days of its baseline, up to today", $"{Planned} %"),
                new DerivationStep("Earned: each item's effort times its share done", $"{Earned} %")
                {
                    Parts = [.. done.Take(shown).Select(item => new DerivationStep($"{item.Title}: {item.PercentDone} % of {WeightOf(item):0.##} hours", $"{WeightOf(item) * item.PercentDone / 100m:0.##}"))],
                },
            ],
            Missing = done.Count > shown ? [$"{done.Count - shown} further items with progress are not listed one by one."] : [],
        };
    }
}
