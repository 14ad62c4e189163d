using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Npgsql;

namespace Cairn.Server.Access;

/// <summary>Listens for keys that another process revoked. While it is away, <see cref="KnownApiKeys"/> trusts a row for a second and no longer.</summary>
internal sealed class HearRevocationsJob(Database database, KnownApiKeys keys, ILogger<HearRevocationsJob> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

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
                AccessLog.ListenerLost(log, e);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Listen(CancellationToken cancel)
    {
        await using var connection = await database.Connect(cancel);
        connection.Notification += (_, heard) =>
        {
            if (TypedId.TryParse<ApiKeyId>(heard.Payload, out var key))
            {
                keys.Forget(key);
            }
        };
        await using (var listen = new NpgsqlCommand("listen " + KnownApiKeys.Channel, connection))
        {
            await listen.ExecuteNonQueryAsync(cancel);
        }

        // Whatever was announced while nobody listened is made good by looking everything up again.
        keys.Clear();
        while (true)
        {
            await connection.WaitAsync(cancel);
        }
    }
}
