using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>Sends the links that were asked for. A crash loses those that wait; whoever asked asks again.</summary>
internal sealed class PasswordResetsJob(PasswordResets resets, ILogger<PasswordResetsJob> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var email in resets.Requests(stoppingToken))
            {
                await Send(email, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task Send(string email, CancellationToken cancel)
    {
        try
        {
            await resets.Send(email, cancel);
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            AccessLog.ResetNotSent(log, e.Message);
        }
    }
}
