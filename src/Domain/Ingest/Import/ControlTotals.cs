using System.Globalization;

namespace Cairn.Domain.Ingest.Import;

/// <summary>A finished control sum: exact, with its decimals kept; counts have none.</summary>
public readonly record struct ControlFigure(string Name, ControlSumKind Kind, ExactDecimal Value)
{
    /// <summary>Whether it counts things, so that it is always a whole number.</summary>
    public bool IsCount => Kind is ControlSumKind.Count or ControlSumKind.Distinct;
}

/// <summary>The figures of one month, written as <c>2010-12</c>.</summary>
public sealed record MonthFigures(string Month, IReadOnlyList<ControlFigure> Figures);

/// <summary>
/// Adds up the control sums of a mapping, in total and by month. Distinct values are kept in memory, once for the total and
/// once for each month that they appear in.
/// </summary>
public sealed class ControlTotals(IReadOnlyList<ControlSum> sums)
{
    private readonly Running[] total = Running.For(sums);
    private readonly SortedDictionary<int, Running[]> months = [];

    /// <summary>Adds one row.</summary>
    public void Add(Measure[] measures, int month)
    {
        if (!months.TryGetValue(month, out var monthly))
        {
            months.Add(month, monthly = Running.For(sums));
        }

        for (var at = 0; at < measures.Length; at++)
        {
            if (measures[at].Counts)
            {
                total[at].Add(measures[at]);
                monthly[at].Add(measures[at]);
            }
        }
    }

    /// <summary>The figures over all rows added.</summary>
    public IReadOnlyList<ControlFigure> Total() => Figures(total, onlyMonthly: false);

    /// <summary>The figures that the mapping wants per month, oldest month first; months without a row are absent.</summary>
    public IReadOnlyList<MonthFigures> Monthly() => sums.Any(sum => sum.IsMonthly)
        ? [.. months.Select(month => new MonthFigures(NameOf(month.Key), Figures(month.Value, onlyMonthly: true)))]
        : [];

    private static string NameOf(int month) =>
        string.Create(CultureInfo.InvariantCulture, $"{month / 12:0000}-{(month % 12) + 1:00}");

    private List<ControlFigure> Figures(Running[] running, bool onlyMonthly)
    {
        var values = new ExactDecimal[sums.Count];
        var figures = new List<ControlFigure>();
        for (var at = 0; at < sums.Count; at++)
        {
            // A combination names only sums above it, so that their values are there by now.
            values[at] = sums[at].Kind == ControlSumKind.Combine
                ? sums[at].Terms.Aggregate(default(ExactDecimal), (sum, term) => term.IsSubtracted ? sum - values[term.Sum] : sum + values[term.Sum])
                : running[at].Value;
            if (!onlyMonthly || sums[at].IsMonthly)
            {
                figures.Add(new ControlFigure(sums[at].Name, sums[at].Kind, values[at]));
            }
        }

        return figures;
    }

    private sealed class Running(ControlSumKind kind)
    {
        private readonly HashSet<string> distinct = new(StringComparer.Ordinal);
        private ExactDecimal sum;
        private long count;

        public ExactDecimal Value => kind switch
        {
            ControlSumKind.Sum => sum,
            ControlSumKind.Count => new ExactDecimal(count, 0),
            ControlSumKind.Distinct => new ExactDecimal(distinct.Count, 0),
            ControlSumKind.Combine => default,
        };

        public static Running[] For(IReadOnlyList<ControlSum> sums) => [.. sums.Select(sum => new Running(sum.Kind))];

        public void Add(Measure measure)
        {
            count++;
            sum += measure.Amount;
            if (measure.Key is { } key)
            {
                distinct.Add(key);
            }
        }
    }
}
