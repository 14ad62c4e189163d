using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>The life of one sign-in.</summary>
/// <param name="CreatedAt">The sign-in.</param>
/// <param name="LastSeenAt">The last request, to the minute.</param>
/// <param name="EndedAt">When somebody ended it.</param>
public readonly record struct Session(Instant CreatedAt, Instant LastSeenAt, Instant? EndedAt)
{
    /// <summary>The longest a session lives, however busy.</summary>
    public static readonly Duration Absolute = Duration.FromHours(12);

    /// <summary>The longest it lives without a request.</summary>
    public static readonly Duration Idle = Duration.FromHours(2);

    /// <summary>How often a request is written down: a finer trace would cost a write a request.</summary>
    public static readonly Duration SeenEvery = Duration.FromMinutes(1);

    /// <summary>Whether it lives at this instant. Who finds that it does not ends it for good, so that a clock set back revives nothing.</summary>
    public bool LivesAt(Instant now) => EndedAt is null && now < CreatedAt + Absolute && now < LastSeenAt + Idle;

    /// <summary>Whether this request is worth writing down.</summary>
    public bool IsDueAt(Instant now) => now >= LastSeenAt + SeenEvery;
}
