using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>How many failures pass freely, and what is asked of those after.</summary>
/// <param name="Free">How many failures in a row pass without a wait.</param>
public readonly record struct SignInTolerance(int Free)
{
    /// <summary>One person from one place: a forgetful owner.</summary>
    public static SignInTolerance Pair { get; } = new(5);

    /// <summary>One person from everywhere: more, so that a stranger cannot easily lock the owner out.</summary>
    public static SignInTolerance Account { get; } = new(20);

    /// <summary>One place for everybody: an office behind one address signs in on a Monday.</summary>
    public static SignInTolerance Place { get; } = new(50);
}

/// <summary>
/// Failed sign-ins in a row. Some are free; from then on every failure doubles the wait, so that guessing is slow and a
/// forgetful owner waits seconds. A known and an unknown address are treated alike.
/// </summary>
/// <param name="Failures">How many in a row.</param>
/// <param name="LastAt">When the last one was.</param>
public readonly record struct SignInAttempts(int Failures, Instant LastAt)
{
    /// <summary>The wait after the last free failure.</summary>
    public static readonly Duration FirstWait = Duration.FromSeconds(30);

    /// <summary>The longest wait; after that long without a failure the count starts again.</summary>
    public static readonly Duration LongestWait = Duration.FromMinutes(15);

    /// <summary>How long the next attempt has to wait at this instant; zero when it may be made.</summary>
    public Duration WaitAt(Instant now, SignInTolerance tolerance)
    {
        if (Failures < tolerance.Free)
        {
            return Duration.Zero;
        }

        const int mostDoublings = 5;
        var wait = Duration.Min(FirstWait * (1L << Math.Min(Failures - tolerance.Free, mostDoublings)), LongestWait);
        return Duration.Max(LastAt + wait - now, Duration.Zero);
    }

    /// <summary>Counts one more failure.</summary>
    public SignInAttempts FailedAt(Instant now) => new(IsForgottenAt(now) ? 1 : Failures + 1, now);

    /// <summary>Whether the failures are so long ago that they count no more.</summary>
    public bool IsForgottenAt(Instant now) => now >= LastAt + LongestWait;
}
