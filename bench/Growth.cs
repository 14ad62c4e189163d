using Cairn.Bench.Contenders;
using Cairn.Bench.Load;

namespace Cairn.Bench;

/// <summary>
/// Fills one log with millions of events and watches what an event costs and how much memory the server holds. Cost is
/// processor time of the server and of the database: it compares where rates on a shared machine do not.
/// </summary>
internal sealed class Growth(ServerProcess cairn, int postmaster, MachineLock alone)
{
    private const int Million = 1_000_000;

    /// <summary>Memory is read so often while the log grows.</summary>
    private const int Step = 250_000;

    /// <summary>Limits that the product promises.</summary>
    private const double MostMegabytes = 600;
    private const double MostGrowth = 1.3;

    private static readonly Workload Filling = new(4, 1000, 250, BodyForm.Lines);
    private static readonly Workload Single = new(64, 1, 250);

    public async Task Report(int millions, TimeSpan duration)
    {
        Console.WriteLine("| events stored | server MB | most MB | stream events/s | stream CPU µs | single events/s | single CPU µs |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|");
        // The compiler's work on the hot paths is no cost of an event.
        await cairn.Measure(Filling, 2 * duration);
        await cairn.Measure(Single, 2 * duration);
        var (stored, first) = (0L, await Cost(duration));
        Print(stored, first);
        var last = first;
        while (stored < (long)millions * Million)
        {
            using var held = await alone.Take();
            for (var filled = 0L; filled < Step;)
            {
                filled += (await cairn.Measure(Filling, duration)).Events;
                stored += filled;
            }

            last = await Cost(duration);
            Print(stored, last);
        }

        Console.WriteLine();
        Console.WriteLine(Table.Target($"memory over {millions} million events (600 MB / most)", MostMegabytes / cairn.Memory().Peak, 1));
        Console.WriteLine(Table.Target($"cost of a streamed event at {millions} million (1.3 / growth)", MostGrowth / (Sum(last.Stream) / Sum(first.Stream)), 1));
        Console.WriteLine(Table.Target($"cost of a single event at {millions} million (1.3 / growth)", MostGrowth / (Sum(last.Single) / Sum(first.Single)), 1));
    }

    private static double Sum(Measurement one) => (one.ServerCpu + one.DatabaseCpu) / one.Events;

    private async Task<(Measurement Stream, Measurement Single)> Cost(TimeSpan duration) =>
        (await CpuTime.Around(cairn, postmaster, Filling, duration), await CpuTime.Around(cairn, postmaster, Single, duration));

    private void Print(long stored, (Measurement Stream, Measurement Single) cost)
    {
        var (now, peak) = cairn.Memory();
        Console.WriteLine(
            $"| {stored:N0} | {now:F0} | {peak:F0} | {cost.Stream.PerSecond:N0} | {Sum(cost.Stream) * 1e6:F0} | {cost.Single.PerSecond:N0} | {Sum(cost.Single) * 1e6:F0} |");
    }
}
