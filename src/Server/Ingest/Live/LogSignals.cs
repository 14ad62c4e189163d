using System.Collections.Concurrent;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Live;

/// <summary>
/// Wakes those of this process who wait for a customer's log to grow, whichever server it grew on. A signal says only
/// that there may be something; those who wait also look by themselves from time to time.
/// </summary>
internal sealed class LogSignals : INotificationListener
{
    /// <summary>The PostgreSQL channel on which grown logs are announced, by customer id.</summary>
    public const string ChannelName = "cairn_logs";

    private readonly ConcurrentDictionary<CustomerId, TaskCompletionSource> waiting = new();

    public string Channel => ChannelName;

    public void Heard(string payload)
    {
        if (TypedId.TryParse<CustomerId>(payload, out var customer) && waiting.TryRemove(customer, out var signal))
        {
            signal.TrySetResult();
        }
    }

    public void Reset()
    {
        foreach (var customer in waiting.Keys)
        {
            if (waiting.TryRemove(customer, out var signal))
            {
                signal.TrySetResult();
            }
        }
    }

    /// <summary>Completes at the next signal. Ask for it before looking, so that what comes in between is not missed.</summary>
    public Task Next(CustomerId customer) =>
        waiting.GetOrAdd(customer, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
