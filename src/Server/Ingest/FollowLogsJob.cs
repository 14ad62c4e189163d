using System.Threading.Channels;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>
/// Keeps what is derived from the logs up to date: woken by appends of this process, and sweeping all logs for those of
/// other processes or of one that died. While events are being recorded it works a quarter of the time at most, because
/// recording comes first; when they pause it catches up at full speed.
/// </summary>
internal sealed partial class FollowLogsJob(
    LogFollowers followers, IEnumerable<ILogFollower> all, LedgerWakeUp wakeUp, TimeProvider time, ILogger<FollowLogsJob> log) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    /// <summary>Between two rounds, so that a busy log is taken in by stretches and not event by event.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    /// <summary>How many times as long as a step took it rests while events are being recorded.</summary>
    private const int RestWhenBusy = 3;

    private readonly ILogFollower[] all = [.. all];
    private readonly ChannelReader<CustomerId> grown = wakeUp.Subscribe();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Round(stoppingToken);
                await Task.WhenAny(grown.WaitToReadAsync(stoppingToken).AsTask(), Task.Delay(Sweep, time, stoppingToken));
                HasGrown();
                await Task.Delay(Pause, time, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseFailure.IsPassing(e))
            {
                LogAway(e.Message);
                await Task.Delay(Sweep, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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

            if (HasGrown())
            {
                await Task.Delay(time.GetElapsedTime(started) * RestWhenBusy, time, cancel);
            }
        }
    }

    /// <summary>Whether anything was recorded since the last time. Which logs it was is found by the sweep.</summary>
    private bool HasGrown()
    {
        var any = false;
        while (grown.TryRead(out _))
        {
            any = true;
        }

        return any;
    }

    [LoggerMessage(LogLevel.Warning, "Entities and data quality wait for the database: {Reason}")]
    private partial void LogAway(string reason);

    [LoggerMessage(LogLevel.Error, "{Follower} cannot go on with the log of {Customer}")]
    private partial void LogStuck(string follower, string customer, Exception exception);
}
