using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>
/// Keeps what is derived from the logs up to date: woken by appends of this process, and sweeping all logs for those of
/// other processes or of one that died. Under load it works half of the time at most, because recording events comes first.
/// </summary>
internal sealed partial class FollowLogsJob(
    LogFollowers followers, IEnumerable<ILogFollower> all, LedgerWakeUp wakeUp, TimeProvider time, ILogger<FollowLogsJob> log) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    /// <summary>Between two rounds, so that a busy log is taken in by stretches and not event by event.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    private readonly ILogFollower[] all = [.. all];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var grown = wakeUp.Subscribe();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Round(stoppingToken);
                await Task.WhenAny(grown.WaitToReadAsync(stoppingToken).AsTask(), Task.Delay(Sweep, time, stoppingToken));
                while (grown.TryRead(out _))
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

    private async Task Round(CancellationToken cancel)
    {
        foreach (var follower in all)
        {
            foreach (var customer in await followers.Behind(follower, cancel))
            {
                await CatchUp(follower, CustomerId.Of(customer), cancel);
            }
        }
    }

    private async Task CatchUp(ILogFollower follower, CustomerId customer, CancellationToken cancel)
    {
        while (true)
        {
            var started = time.GetTimestamp();
            try
            {
                if (!await followers.Step(follower, customer, cancel))
                {
                    return;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException && !DatabaseFailure.IsPassing(e))
            {
                // One customer's bug must not stop what is derived for the others; the offset stays, so nothing is lost.
                LogStuck(follower.Name, customer.ToString(), e);
                return;
            }

            await Task.Delay(time.GetElapsedTime(started), time, cancel);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Entities and data quality wait for the database: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Error, "{Follower} cannot go on with the log of {Customer}")]
    private partial void LogStuck(string follower, string customer, Exception exception);
}
