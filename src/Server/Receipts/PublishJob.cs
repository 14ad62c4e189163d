using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>
/// Keeps checkpoints within a second of the logs: woken by appends of this process, and sweeping all logs for those of
/// other processes or of one that died.
/// </summary>
internal sealed partial class PublishJob(LogPublisher publisher, Database database, LedgerWakeUp wakeUp, TimeProvider time, ILogger<PublishJob> log)
    : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two checkpoints of a busy log, so that signing and tiles cost little of its throughput.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await PublishAll(stoppingToken);
                await Task.WhenAny(wakeUp.Grown.WaitToReadAsync(stoppingToken).AsTask(), Task.Delay(Sweep, time, stoppingToken));
                while (wakeUp.Grown.TryRead(out _))
                {
                    // The sweep finds the logs; the wake-up only says that there are some.
                }

                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseFailure.IsPassing(e))
            {
                LogAway(e.Message);
                await Task.Delay(Sweep, time, CancellationToken.None);
            }
        }
    }

    private async Task PublishAll(CancellationToken cancel)
    {
        foreach (var customer in await database.ForOperator(ReceiptsStore.Unpublished, cancel))
        {
            await publisher.Publish(CustomerId.Of(customer), cancel);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Checkpoints wait for the database: {Reason}")]
    private partial void LogAway(string reason);
}
