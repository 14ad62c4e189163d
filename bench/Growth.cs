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

    /// <summary>Memory is read, and a row printed, so often while the log grows.</summary>
    private const int Step = 500_000;

    /// <summary>Limits that the product promises.</summary>
    private const double MostMegabytes = 600;
    private const double MostGrowth = 1.3;

    private static readonly Workload Filling = new(4, 1000, 250, BodyForm.Lines);
    private static readonly Workload Single = new(64, 1, 250);

    public async Task Report(int millions, TimeSpan duration)
    {
        Console.WriteLine("| events stored | server MB | most MB | stream events/s | stream CPU µs | single events/s | single CPU µs | load average |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|");
        // The compiler's work on the hot paths is no cost of an event; without this, an empty log would look dear.
        var stored = (await cairn.Measure(Filling, 4 * duration)).Events + (await cairn.Measure(Single, 4 * duration)).Events;
        var first = await Cost(duration);
        Print(stored, first);
        var last = first;
        while (stored < (long)millions * Million)
        {
            // Filling needs no machine of its own, so the lock is held for the measured windows alone.
            for (var end = stored + Step; stored < end;)
            {
                stored += (await cairn.Measure(Filling, duration)).Events;
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

    private async Task<(Measurement Stream, Measurement Single)> Cost(TimeSpan duration)
    {
        using var held = await alone.Take();
        // Lets the tree and data quality catch up with what filling left: it is no cost of the events that are measured.
        await cairn.Measure(Single, duration);
        return (await CpuTime.Around(cairn, postmaster, Filling, duration), await CpuTime.Around(cairn, postmaster, Single, duration));
    }

    private void Print(long stored, (Measurement Stream, Measurement Single) cost)
    {
        var (now, peak) = cairn.Memory();
        Console.WriteLine(
            $"| {stored:N0} | {now:F0} | {peak:F0} | {cost.Stream.PerSecond:N0} | {Sum(cost.Stream) * 1e6:F0} | {cost.Single.PerSecond:N0} | {Sum(cost.Single) * 1e6:F0} | {Machine.LoadAverage():F1} |");
    }
}
