using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>Answers asks for sign-in links one after the other, apart from the requests that brought them.</summary>
internal sealed partial class SignInLinksJob(AskForLink ask, ILogger<SignInLinksJob> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var waiting in ask.Waiting.ReadAllAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await ask.Answer(waiting, stoppingToken);
            }
            catch (Exception e) when (DatabaseFailure.IsPassing(e))
            {
                // The person gets no mail and asks again; the next ask must still be answered.
                LogLost(e.Message);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in link was not sent, because the database does not answer ({Reason})")]
    private partial void LogLost(string reason);
}
