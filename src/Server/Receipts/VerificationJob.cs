using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>Walks every log again once a day, a quarter of an hour after the start at the earliest, and says aloud what does not hold.</summary>
internal sealed partial class VerificationJob(VerifyLog verify, Database database, TimeProvider time, ILogger<VerificationJob> log) : BackgroundService
{
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Every = TimeSpan.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Delay(FirstAfter, time, stoppingToken);
            while (true)
            {
                await VerifyAll(stoppingToken);
                await Task.Delay(Every, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the walk begins anew with the next one.
        }
    }

    private async Task VerifyAll(CancellationToken cancel)
    {
        try
        {
            foreach (var customer in await database.ForOperator(ReceiptsStore.AllLogs, cancel))
            {
                var result = await verify.Verify(CustomerId.Of(customer), null, cancel);
                if (!result.Holds)
                {
                    LogFault(result.Origin, result.Faults[0], result.Faults.Count);
                }
            }
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            LogAway(e.Message);
        }
    }

    [LoggerMessage(LogLevel.Critical, "The log {Origin} does not verify: {Fault} ({Count} faults). Run './cairn ledger verify' and restore from a backup.")]
    private partial void LogFault(string origin, string fault, int count);

    [LoggerMessage(LogLevel.Warning, "The logs could not be verified now: {Reason}")]
    private partial void LogAway(string reason);
}
