using System.Collections.Concurrent;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Live;

/// <summary>
/// Wakes those of this process who wait for a customer's log to grow, whichever server it grew on. A signal says only
/// that there may be something; those who wait also look by themselves from time to time.
/// </summary>
internal sealed class LogSignals : INotificationListener
{
    /// <summary>The PostgreSQL channel on which grown logs are announced, by customer id.</summary>
    public const string ChannelName = "cairn_logs";

    private readonly ConcurrentDictionary<CustomerId, TaskCompletionSource> waiting = new();

    public string Channel => ChannelName;

    public void Heard(string payload)
    {
        if (TypedId.TryParse<CustomerId>(payload, out var customer) && waiting.TryRemove(customer, out var signal))
        {
            signal.TrySetResult();
        }
    }

    public void Reset()
    {
        foreach (var customer in waiting.Keys)
        {
            if (waiting.TryRemove(customer, out var signal))
            {
                signal.TrySetResult();
            }
        }
    }

    /// <summary>Completes at the next signal. Ask for it before looking, so that what comes in between is not missed.</summary>
    public Task Next(CustomerId customer) =>
        waiting.GetOrAdd(customer, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}

/// <summary>
/// Announces the logs that this process appended to. It does so apart from the appends and at most five times a second,
/// because every announcement within a commit would make all commits of the database queue for one lock.
/// </summary>
internal sealed partial class AnnounceLogsJob(Database database, LedgerWakeUp wakeUp, TimeProvider time, ILogger<AnnounceLogsJob> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly System.Threading.Channels.ChannelReader<CustomerId> grown = wakeUp.Subscribe();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await grown.WaitToReadAsync(stoppingToken))
            {
                var customers = new HashSet<CustomerId>();
                while (grown.TryRead(out var customer))
                {
                    customers.Add(customer);
                }

                await Announce(customers, stoppingToken);
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Those who wait look by themselves.
        }
    }

    private async Task Announce(HashSet<CustomerId> customers, CancellationToken cancel)
    {
        try
        {
            await database.ForOperator(work => work.List<string>(
                "select pg_notify(@channel, customer)::text from unnest(@customers) customer",
                new { channel = LogSignals.ChannelName, customers = customers.Select(customer => customer.ToString()).ToArray() }), cancel);
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            LogAway(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Growing logs cannot be announced to other servers now: {Reason}")]
    private partial void LogAway(string reason);
}
