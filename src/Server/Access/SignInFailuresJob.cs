using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>Writes failed sign-ins down, one after the other.</summary>
internal sealed class SignInFailuresJob(SignInFailures failures, ILogger<SignInFailuresJob> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var failure in failures.All(stoppingToken))
            {
                await Record(failure, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task Record(SignInFailure failure, CancellationToken cancel)
    {
        try
        {
            await failures.Record(failure, cancel);
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            AccessLog.FailureNotRecorded(log, e.Message);
        }
    }
}
