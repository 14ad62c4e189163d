using System.Diagnostics;

namespace Cairn.Bench.Load;

/// <summary>What one measurement came to.</summary>
/// <param name="Events">Events that were acknowledged.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
/// <param name="Latencies">Of whole requests.</param>
internal sealed record Measurement(long Events, TimeSpan Elapsed, Latencies Latencies)
{
    /// <summary>Processor seconds of the contender's own process.</summary>
    public double ServerCpu { get; init; }

    /// <summary>Processor seconds of the database.</summary>
    public double DatabaseCpu { get; init; }

    public double PerSecond => Events / Elapsed.TotalSeconds;
}

/// <summary>Closed-loop and offered load over HTTP.</summary>
internal static class HttpLoad
{
    private static readonly TimeSpan BusyPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Each client sends its next request as soon as it has its answer, until the time is over.</summary>
    public static Task<Measurement> Closed(Uri address, string? key, Workload work, TimeSpan duration) =>
        Run(address, key, work, async (client, latencies, begin) =>
        {
            var events = 0L;
            while (Stopwatch.GetElapsedTime(begin) < duration)
            {
                var start = Stopwatch.GetTimestamp();
                if (await IsTaken(client))
                {
                    latencies.Add(Stopwatch.GetTimestamp() - start);
                    events += work.Batch;
                }
            }

            return events;
        });

    /// <summary>
    /// The clients together offer so many events a second. A request's latency counts from the moment it was due, so that
    /// a server that falls behind cannot hide it by slowing its clients down.
    /// </summary>
    public static Task<Measurement> Offered(Uri address, string? key, Workload work, double eventsPerSecond, TimeSpan duration)
    {
        var next = -1L;
        return Run(address, key, work, async (client, latencies, begin) =>
        {
            var events = 0L;
            while (true)
            {
                var due = TimeSpan.FromSeconds(Interlocked.Increment(ref next) * work.Batch / eventsPerSecond);
                if (due >= duration)
                {
                    return events;
                }

                var ahead = due - Stopwatch.GetElapsedTime(begin);
                if (ahead > TimeSpan.Zero)
                {
                    await Task.Delay(ahead);
                }

                while (!await IsTaken(client))
                {
                    // It stays due, and its latency grows.
                }

                latencies.Add(Math.Max(0, Stopwatch.GetTimestamp() - begin - (long)(due.TotalSeconds * Stopwatch.Frequency)));
                events += work.Batch;
            }
        });
    }

    private static async Task<Measurement> Run(Uri address, string? key, Workload work, Func<HttpClientSocket, Latencies, long, Task<long>> loop)
    {
        var clients = Enumerable.Range(0, work.Clients).Select(_ => new HttpClientSocket(address, key, work.NewBody())).ToList();
        var latencies = clients.Select(_ => new Latencies()).ToList();
        try
        {
            var begin = Stopwatch.GetTimestamp();
            var events = await Task.WhenAll(clients.Select((client, at) => Task.Run(() => loop(client, latencies[at], begin))));
            var elapsed = Stopwatch.GetElapsedTime(begin);
            var all = new Latencies();
            latencies.ForEach(all.Add);
            return new Measurement(events.Sum(), elapsed, all);
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    /// <summary>Sends one request; <see langword="false"/> when the server was too busy for it, after a pause.</summary>
    private static async ValueTask<bool> IsTaken(HttpClientSocket client)
    {
        var status = await client.Post();
        if (status is 200 or 201)
        {
            return true;
        }

        await Task.Delay(status == 503 ? BusyPause : throw new IOException($"{client.Address} answered with {status}, so the figures would mean nothing."));
        return false;
    }
}

/// <summary>One cell of the table.</summary>
internal sealed record Workload(int Clients, int Batch, int EventBytes, BodyForm Form = BodyForm.Json)
{
    public Body NewBody() => new(Batch, EventBytes, Form);
}
