using Npgsql;

namespace Cairn.Server.Platform;

/// <summary>Hears what other processes announce on one PostgreSQL channel. Announcements can be lost while the connection is.</summary>
internal interface INotificationListener
{
    /// <summary>The channel, a plain SQL name.</summary>
    string Channel { get; }

    /// <summary>Something was announced. Must be quick and must not throw.</summary>
    void Heard(string payload);

    /// <summary>Listening begins, perhaps anew: whatever was announced before was not heard.</summary>
    void Reset();
}

/// <summary>The one connection of this process that listens, for everybody who wants to hear.</summary>
internal sealed partial class NotificationsJob(Database database, IEnumerable<INotificationListener> listeners, TimeProvider time, ILogger<NotificationsJob> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly INotificationListener[] listeners = [.. listeners];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (DatabaseFailure.IsPassing(e))
            {
                LogLost(e.Message);
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken cancel)
    {
        await using var connection = await database.Connect(cancel);
        connection.Notification += (_, heard) => Array.Find(listeners, listener => listener.Channel == heard.Channel)?.Heard(heard.Payload);
        await using (var listen = new NpgsqlCommand(string.Join(';', listeners.Select(listener => "listen " + listener.Channel)), connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        foreach (var listener in listeners)
        {
            listener.Reset();
        }

        while (true)
        {
            await connection.WaitAsync(cancel);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other servers are heard late: the listener lost the database and connects again ({Reason})")]
    private partial void LogLost(string reason);
}
