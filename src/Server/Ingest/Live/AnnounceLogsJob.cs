using System.Threading.Channels;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Live;

/// <summary>
/// Announces the logs that this process appended to. It does so apart from the appends and at most five times a second,
/// because every announcement within a commit would make all commits of the database queue for one lock.
/// </summary>
internal sealed partial class AnnounceLogsJob(Database database, LedgerWakeUp wakeUp, TimeProvider time, ILogger<AnnounceLogsJob> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly ChannelReader<CustomerId> grown = wakeUp.Subscribe();

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
