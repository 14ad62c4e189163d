using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Sessions;

/// <summary>Forgets sessions and links that ended long ago, once an hour. The ledger keeps the sign-ins themselves.</summary>
internal sealed class PurgeSessionsJob(Database database, Clock clock, TimeProvider time, ILogger<PurgeSessionsJob> log) : BackgroundService
{
    /// <summary>How long what ended is kept, for whoever looks into yesterday's trouble.</summary>
    public static readonly Duration Kept = Duration.FromDays(30);

    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            do
            {
                await Purge(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task Purge(CancellationToken cancel)
    {
        try
        {
            await database.ForCustomer(CustomerId.Installation, work => SessionsStore.Purge(work, clock.Now - Kept), cancel);
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            AccessLog.NotPurged(log, e.Message);
        }
    }
}
