using NodaTime;

namespace Cairn.Domain.Notify;

/// <summary>
/// When a message that did not get through is tried again. The pauses grow from seconds, for a mail server that starts
/// again, to hours, for one that is away over a night; after ten attempts or three days it counts as failed, and a person
/// decides.
/// </summary>
public static class DeliveryRetry
{
    /// <summary>How often a message is tried at most, until somebody sends it again.</summary>
    public const int MostAttempts = 10;

    /// <summary>A message older than this is not tried any more: news from last week does harm.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(3);

    private static readonly Duration[] Pauses =
    [
        Duration.FromSeconds(10), Duration.FromSeconds(30), Duration.FromMinutes(2), Duration.FromMinutes(10), Duration.FromMinutes(30),
        Duration.FromHours(1), Duration.FromHours(2), Duration.FromHours(4), Duration.FromHours(8),
    ];

    /// <summary>When to try again, or <see langword="null"/> when it has failed for good.</summary>
    /// <param name="attempts">How often it was tried, the attempt that failed included; at least 1.</param>
    /// <param name="startedAt">When it was written, or when somebody sent it again.</param>
    /// <param name="failure">How the last attempt failed.</param>
    /// <param name="now">When that was.</param>
    public static Instant? Next(int attempts, Instant startedAt, DeliveryFailure failure, Instant now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        if (failure.IsFinal || attempts >= MostAttempts)
        {
            return null;
        }

        var next = now + Pauses[Math.Min(attempts, Pauses.Length) - 1];
        return next - startedAt > Lifetime ? null : next;
    }
}
