using NodaTime;

namespace Cairn.Domain.Access.Portal;

/// <summary>
/// The life of one sign-in to the portal. It lasts longer than the staff's (<see cref="Session"/>): whoever comes in by a
/// link in a mail only reads what was chosen for them, and asking for a mail every two hours drives people away.
/// </summary>
/// <param name="CreatedAt">The sign-in.</param>
/// <param name="LastSeenAt">The last request, to the minute.</param>
/// <param name="EndedAt">When somebody ended it.</param>
public readonly record struct PortalSession(Instant CreatedAt, Instant LastSeenAt, Instant? EndedAt)
{
    /// <summary>The longest a session lives, however busy.</summary>
    public static readonly Duration Absolute = Duration.FromDays(7);

    /// <summary>The longest it lives without a request.</summary>
    public static readonly Duration Idle = Duration.FromHours(24);

    /// <summary>How often a request is written down.</summary>
    public static readonly Duration SeenEvery = Duration.FromMinutes(1);

    /// <summary>Without a request for so long, the next one begins a new visit, and "since you were here" counts from the last one.</summary>
    public static readonly Duration VisitEndsAfter = Duration.FromHours(1);

    /// <summary>Whether it lives at this instant. Who finds that it does not ends it for good, so that a clock set back revives nothing.</summary>
    public bool LivesAt(Instant now) => EndedAt is null && now < CreatedAt + Absolute && now < LastSeenAt + Idle;

    /// <summary>Whether this request is worth writing down.</summary>
    public bool IsDueAt(Instant now) => now >= LastSeenAt + SeenEvery;
}

/// <summary>The life of a look that staff take through a person's eyes.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When it was ended.</param>
public readonly record struct PortalView(Instant StartedAt, Instant? EndedAt)
{
    /// <summary>How long it lasts at most, so that nobody goes on looking unaware.</summary>
    public static readonly Duration Lifetime = Duration.FromMinutes(30);

    /// <summary>Whether it lasts at this instant.</summary>
    public bool LivesAt(Instant now) => EndedAt is null && now < StartedAt + Lifetime;
}
