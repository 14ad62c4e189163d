using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Access.Portal;

/// <summary>Where an invitation stands.</summary>
public enum InvitationState
{
    /// <summary>It can be accepted.</summary>
    Pending,

    /// <summary>It was accepted, which uses it up.</summary>
    Accepted,

    /// <summary>Somebody took it back, or sent another in its place.</summary>
    Revoked,

    /// <summary>Its time is over.</summary>
    Expired,
}

/// <summary>The life of an invitation to the portal: for one person of one customer, good for one acceptance.</summary>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="AcceptedAt">When it was used.</param>
/// <param name="RevokedAt">When somebody took it back.</param>
public readonly record struct PortalInvitation(Instant CreatedAt, Instant? AcceptedAt, Instant? RevokedAt)
{
    /// <summary>How long it can be accepted: long enough for a holiday week, short enough that a forgotten mail is no key.</summary>
    public static readonly Duration Lifetime = Duration.FromDays(7);

    /// <summary>The instant from which on it cannot be accepted.</summary>
    public Instant ExpiresAt => CreatedAt + Lifetime;

    /// <summary>Where it stands. What happened to it counts before its time does.</summary>
    public InvitationState StateAt(Instant now) =>
        AcceptedAt is not null ? InvitationState.Accepted
        : RevokedAt is not null ? InvitationState.Revoked
        : now >= ExpiresAt ? InvitationState.Expired
        : InvitationState.Pending;

    /// <summary>Why it cannot be accepted now; <see langword="null"/> when it can.</summary>
    public Problem? RefusalAt(Instant now) => StateAt(now) switch
    {
        InvitationState.Pending => null,
        InvitationState.Accepted => PortalProblems.TokenUsed,
        InvitationState.Revoked => PortalProblems.TokenRevoked,
        InvitationState.Expired => PortalProblems.TokenExpired,
    };
}

/// <summary>The life of a sign-in link that a person asked for by mail: good for one sign-in.</summary>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="UsedAt">When it was used.</param>
public readonly record struct PortalLink(Instant CreatedAt, Instant? UsedAt)
{
    /// <summary>How long it can be used.</summary>
    public static readonly Duration Lifetime = Duration.FromMinutes(15);

    /// <summary>The most links of a person that can be alive at a time: asking again and again floods nobody's mailbox.</summary>
    public const int MostAlive = 3;

    /// <summary>Why it cannot be used now; <see langword="null"/> when it can.</summary>
    public Problem? RefusalAt(Instant now) =>
        UsedAt is not null ? PortalProblems.TokenUsed
        : now >= CreatedAt + Lifetime ? PortalProblems.TokenExpired
        : null;
}
