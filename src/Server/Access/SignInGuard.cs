using Cairn.Domain.Access;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>
/// Counts failed sign-ins in this process's memory, by person and place, by person from everywhere, and by place for
/// everybody: a restart forgets them, and several servers count apart. An attempt counts as failed until it succeeds, so
/// that many at once cannot slip through. Known and unknown addresses are treated alike.
/// </summary>
internal sealed class SignInGuard(SignInFailures failures)
{
    private const int Most = 10_000;

    private readonly Dictionary<(string Email, string Address), SignInAttempts> attempts = [];
    private readonly Lock gate = new();

    /// <summary>Counts an attempt; returns how long to wait instead, or zero when it may be made.</summary>
    public Duration Begin(string email, string address, Instant now)
    {
        lock (gate)
        {
            var wait = Ways(email, address).Max(way => attempts.GetValueOrDefault(way.Key).WaitAt(now, way.Tolerance));
            if (wait > Duration.Zero)
            {
                return wait;
            }

            MakeRoom(now);
            foreach (var (key, _) in Ways(email, address))
            {
                attempts[key] = attempts.GetValueOrDefault(key).FailedAt(now);
            }

            return Duration.Zero;
        }
    }

    /// <summary>The attempt was no failure after all. What was counted for the place as a whole stays but for this one: a stranger's own account must not clear it.</summary>
    public void Succeeded(string email, string address)
    {
        lock (gate)
        {
            attempts.Remove((email, address));
            attempts.Remove((email, ""));
            if (attempts.TryGetValue(("", address), out var place))
            {
                attempts[("", address)] = place with { Failures = Math.Max(0, place.Failures - 1) };
            }
        }
    }

    /// <summary>The attempt was a failure indeed: notes it for the log and, when the next has to wait, for the owner.</summary>
    public void Failed(string email, string address)
    {
        SignInFailure failure;
        lock (gate)
        {
            var (pair, account) = (attempts.GetValueOrDefault((email, address)).Failures, attempts.GetValueOrDefault((email, "")).Failures);
            failure = new SignInFailure(email, address, account, pair == SignInTolerance.Pair.Free || account == SignInTolerance.Account.Free);
        }

        failures.Note(failure);
    }

    private static IEnumerable<((string Email, string Address) Key, SignInTolerance Tolerance)> Ways(string email, string address) =>
        [((email, address), SignInTolerance.Pair), ((email, ""), SignInTolerance.Account), (("", address), SignInTolerance.Place)];

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
