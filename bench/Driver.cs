using Cairn.Bench.Contenders;
using Cairn.Bench.Load;

namespace Cairn.Bench;

/// <summary>Runs the parts that were asked for and prints each as Markdown.</summary>
internal sealed class Driver(BenchOptions options)
{
    /// <summary>What the product promises to take in with a p99 under a second.</summary>
    private const double OfferedPerSecond = 10_000;

    private readonly MachineLock alone = new(options.Lock);

    public async Task Run()
    {
        Console.WriteLine(Machine.Describe());
        Console.WriteLine();
        if (options.Has("verify"))
        {
            using var held = await alone.Take();
            Verifying.Report(options.Seconds);
        }

        if (options.Has("calendar"))
        {
            using var held = await alone.Take();
            CalendarSpeed.Report(options.Seconds);
        }

        if (options.Has("reflow"))
        {
            using var held = await alone.Take();
            ReflowSpeed.Report();
        }

        if (options.Has("table") || options.Has("offered") || options.Has("served"))
        {
            await using var field = await Field.Open();
            await using var cairn = await field.Cairn(options.Server);
            if (options.Has("table"))
            {
                await PrintTable(field, cairn);
            }

            if (options.Has("offered"))
            {
                await PrintOffered(cairn);
            }

            if (options.Has("served"))
            {
                using var held = await alone.Take();
                await new Serving(cairn).Report(options.Seconds);
            }
        }

        if (options.Millions > 0)
        {
            await PrintGrowth(options.Millions);
        }
    }

    private async Task PrintGrowth(int millions)
    {
        await using var field = await Field.Open();
        await using var cairn = await field.Cairn(options.Server);
        await new Growth(cairn, field.Postmaster, alone).Report(millions, options.Seconds);
    }

    private async Task PrintTable(Field field, ServerProcess cairn)
    {
        await using var echo = await field.Role("echo", "a echo");
        await using var naive = await field.Role("naive", "b naive", NaiveServer.Schema);
        await using var copy = await field.Copy();
        await using var group = await field.Role("group", "e group", GroupServer.Schema);
        await using var other = options.Against is { } program ? await field.Cairn(program, "f other build") : null;
        IContender[] all = [echo, naive, copy, cairn, group, .. other is null ? (IContender[])[] : [other]];
        var rows = await new Matrix([.. all.Where(one => options.Who.Contains(one.Name[0]))], field.Postmaster, alone).Run(options.Cells, options.Rounds, options.Seconds);
        Console.WriteLine();
        Console.WriteLine(Table.Targets(rows));
    }

    private async Task PrintOffered(ServerProcess cairn)
    {
        Console.WriteLine("| offered events/s | clients | batch | taken in/s | p50 ms | p99 ms | p99.9 ms | load average |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var work in new Workload[] { new(256, 1, 250), new(64, 10, 250), new(16, 100, 250) })
        {
            using var held = await alone.Take();
            await cairn.Measure(work, TimeSpan.FromSeconds(1));
            var measured = await cairn.Offer(work, OfferedPerSecond, 2 * options.Seconds);
            var latencies = measured.Latencies;
            Console.WriteLine(
                $"| {Table.Number(OfferedPerSecond, 0)} | {work.Clients} | {work.Batch} | {Table.Number(measured.PerSecond, 0)} "
                + $"| {Table.Number(latencies.Milliseconds(0.5), 1)} | {Table.Number(latencies.Milliseconds(0.99), 1)} | {Table.Number(latencies.Milliseconds(0.999), 1)} | {Machine.LoadAverage():F1} |");
        }

        Console.WriteLine();
    }
}
