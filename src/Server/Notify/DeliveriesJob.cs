using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>
/// Keeps mail going: woken at commit, and looking by itself for what is due again. New mail and mail that failed before
/// have workers of their own, so that however many addresses hang, they never stand before the first attempt of another.
/// </summary>
internal sealed partial class DeliveriesJob(DeliverMessages deliver, MessageSignals signals, TimeProvider time, ILogger<DeliveriesJob> log) : BackgroundService
{
    private const int FirstWorkers = 4;
    private const int RetryWorkers = 2;

    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TidyEvery = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
    [
        .. Enumerable.Range(0, FirstWorkers).Select(_ => Work(isFirst: true, stoppingToken)),
        .. Enumerable.Range(0, RetryWorkers).Select(_ => Work(isFirst: false, stoppingToken)),
        Repeat(deliver.Tidy, TidyEvery, stoppingToken),
    ]);

    private async Task Work(bool isFirst, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var signal = signals.NextMail();
                if (!await Try(token => deliver.Next(isFirst, token), cancel))
                {
                    await Task.WhenAny(signal, Task.Delay(Sweep, time, cancel));
                    cancel.ThrowIfCancellationRequested();
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // What was being sent is tried again when its lease ends.
        }
    }

    private async Task Repeat(Func<CancellationToken, Task> work, TimeSpan every, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Try(async token =>
                {
                    await work(token);
                    return true;
                }, cancel);
                await Task.Delay(every, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The next server goes on.
        }
    }

    private async Task<bool> Try(Func<CancellationToken, Task<bool>> work, CancellationToken cancel)
    {
        try
        {
            return await work(cancel);
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            LogAway(e.Message);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A message that cannot be put together (say, its secret does not open) must not stop the others. It is tried
            // again when its lease ends, and given up with the rest.
            LogBug(e);
        }

        return false;
    }

    [LoggerMessage(LogLevel.Error, "A message could not be put together or marked")]
    private partial void LogBug(Exception exception);

    [LoggerMessage(LogLevel.Warning, "Messages wait for the database: {Reason}")]
    private partial void LogAway(string reason);
}
