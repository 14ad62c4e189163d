using System.Collections.Concurrent;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>
/// Wakes those of this process who wait for mail to send or for somebody's inbox to change, whichever server it happened
/// on. A signal says only that there may be something; those who wait also look by themselves from time to time.
/// </summary>
internal sealed class MessageSignals : INotificationListener
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    public string Channel => NotifyStore.Channel;

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

    /// <summary>Completes at the next signal for mail. Ask for it before looking, so that what comes in between is not missed.</summary>
    public Task NextMail() => Next(NotifyStore.MailWaits);

    /// <summary>Completes when that person's inbox changes.</summary>
    public Task NextOf(PersonId person) => Next(person.ToString());

    private Task Next(string what) =>
        waiting.GetOrAdd(what, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
