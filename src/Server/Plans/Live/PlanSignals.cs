using System.Collections.Concurrent;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Live;

/// <summary>
/// Wakes those of this process who look at a plan when it changes, whichever server it changed on. A signal says only that
/// there may be something; those who wait also look by themselves from time to time.
/// </summary>
internal sealed class PlanSignals : INotificationListener
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    public string Channel => PlansStore.Channel;

    public void Heard(string payload)
    {
        if (waiting.TryRemove(payload, out var signal))
        {
            signal.TrySetResult();
        }
    }

    public void Reset()
    {
        foreach (var what in waiting.Keys)
        {
            Heard(what);
        }
    }

    /// <summary>Completes at the next change of a plan. Ask for it before looking, so that what comes in between is not missed.</summary>
    public Task Next(Domain.Foundation.CustomerId customer, Domain.Plans.PlanId plan) =>
        waiting.GetOrAdd($"{customer} {plan}", static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
