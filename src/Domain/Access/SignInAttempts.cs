using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>
/// The failed sign-ins for one mail address from one place. Five are free; from then on every failure doubles the wait,
/// so that guessing is slow and a forgetful owner waits seconds. A known and an unknown address are treated alike.
/// </summary>
/// <param name="Failures">How many in a row.</param>
/// <param name="LastAt">When the last one was.</param>
public readonly record struct SignInAttempts(int Failures, Instant LastAt)
{
    /// <summary>How many failures pass without a wait.</summary>
    public const int Free = 5;

    /// <summary>The wait after the last free failure.</summary>
    public static readonly Duration FirstWait = Duration.FromSeconds(30);

    /// <summary>The longest wait; after that long without a failure the count starts again.</summary>
    public static readonly Duration LongestWait = Duration.FromMinutes(15);

    /// <summary>How long the next attempt has to wait at this instant; zero when it may be made.</summary>
    public Duration WaitAt(Instant now)
    {
        if (Failures < Free)
        {
            return Duration.Zero;
        }

        const int mostDoublings = 5;
        var wait = Duration.Min(FirstWait * (1L << Math.Min(Failures - Free, mostDoublings)), LongestWait);
        return Duration.Max(LastAt + wait - now, Duration.Zero);
    }

    /// <summary>Counts one more failure.</summary>
    public SignInAttempts FailedAt(Instant now) => new(IsForgottenAt(now) ? 1 : Failures + 1, now);

    /// <summary>Whether the failures are so long ago that they count no more.</summary>
    public bool IsForgottenAt(Instant now) => now >= LastAt + LongestWait;
}
