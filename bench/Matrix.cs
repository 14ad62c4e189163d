using Cairn.Bench.Contenders;
using Cairn.Bench.Load;

namespace Cairn.Bench;

/// <summary>
/// The table: every contender on every cell, in turn and several rounds long, so that whatever else the machine does
/// falls on all alike. A cell shows the median over its rounds.
/// </summary>
internal sealed class Matrix(IReadOnlyList<IContender> contenders, int postmaster, MachineLock alone)
{
    /// <summary>Longer than the longest request, and enough for the compiler to see the hot path.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public async Task<IReadOnlyList<Row>> Run(IReadOnlyList<Workload> cells, int rounds, TimeSpan duration)
    {
        foreach (var contender in contenders)
        {
            using var held = await alone.Take();
            await contender.Measure(new Workload(64, 1, 250), 2 * WarmUp);
            await contender.Measure(new Workload(4, 100, 250), WarmUp);
        }

        Console.WriteLine(Table.Head);
        var rows = new List<Row>();
        foreach (var cell in cells)
        {
            var measured = contenders.ToDictionary(contender => contender.Name, _ => new List<Measurement>());
            for (var round = 0; round < rounds; round++)
            {
                using var held = await alone.Take();
                foreach (var contender in contenders.Where(one => Takes(one, cell)))
                {
                    measured[contender.Name].Add(await CpuTime.Around(contender, postmaster, cell, duration));
                }
            }

            rows.Add(new Row(cell, measured, Machine.LoadAverage()));
            Console.WriteLine(Table.Line(rows[^1]));
        }

        return rows;
    }

    // Streams are the product's alone; the others read one document.
    private static bool Takes(IContender contender, Workload cell) => cell.Form == BodyForm.Json || contender.Name[0] is 'c' or 'd' or 'f';
}

/// <summary>What all contenders did on one cell.</summary>
internal sealed record Row(Workload Cell, Dictionary<string, List<Measurement>> Measured, double Load)
{
    /// <summary>The median rate of the contender with this letter, or <see langword="null"/> where it does not take part.</summary>
    public double? Rate(char letter) => Of(letter) is { Count: > 0 } all ? Median(all.Select(one => one.PerSecond)) : null;

    /// <summary>The median over the rounds of this share of all latencies, in milliseconds.</summary>
    public double? Milliseconds(char letter, double share) => Of(letter) is { Count: > 0 } all ? Median(all.Select(one => one.Latencies.Milliseconds(share))) : null;

    /// <summary>Processor microseconds an event took in the contender's process and in the database.</summary>
    public (double Server, double Database)? Cpu(char letter) => Of(letter) is { Count: > 0 } all
        ? (Median(all.Select(one => one.ServerCpu / one.Events * 1e6)), Median(all.Select(one => one.DatabaseCpu / one.Events * 1e6)))
        : null;

    /// <summary>The median of the ratios of each round: a disturbance of one round spoils one ratio, not two medians.</summary>
    public double? Ratio(char one, char other) => Of(one) is { Count: > 0 } left && Of(other) is { Count: > 0 } right
        ? Median(left.Zip(right, (a, b) => a.PerSecond / b.PerSecond))
        : null;

    private List<Measurement>? Of(char letter) => Measured.FirstOrDefault(pair => pair.Key[0] == letter).Value;

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }
}
