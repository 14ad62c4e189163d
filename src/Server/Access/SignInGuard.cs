using Cairn.Domain.Access;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>
/// Counts failed sign-ins by mail address and place, in this process's memory: a restart forgets them, and several
/// servers count apart. An attempt counts as failed until it succeeds, so that many at once cannot slip through.
/// </summary>
internal sealed class SignInGuard
{
    private const int Most = 10_000;

    private readonly Dictionary<(string Email, string Address), SignInAttempts> attempts = [];
    private readonly Lock gate = new();

    /// <summary>Counts an attempt; returns how long to wait instead, or zero when it may be made.</summary>
    public Duration Begin(string email, string address, Instant now)
    {
        lock (gate)
        {
            var before = attempts.GetValueOrDefault((email, address));
            var wait = before.WaitAt(now);
            if (wait > Duration.Zero)
            {
                return wait;
            }

            MakeRoom(now);
            attempts[(email, address)] = before.FailedAt(now);
            return Duration.Zero;
        }
    }

    /// <summary>The attempt was no failure after all.</summary>
    public void Succeeded(string email, string address)
    {
        lock (gate)
        {
            attempts.Remove((email, address));
        }
    }

    private void MakeRoom(Instant now)
    {
        if (attempts.Count < Most)
        {
            return;
        }

        foreach (var (key, value) in attempts)
        {
            if (value.IsForgottenAt(now))
            {
                attempts.Remove(key);
            }
        }

        if (attempts.Count >= Most)
        {
            attempts.Clear();
        }
    }
}
