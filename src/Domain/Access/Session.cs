using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>How long sessions live; an administrator decides.</summary>
/// <param name="IdleMinutes">The longest a session lives without a request.</param>
/// <param name="AbsoluteMinutes">The longest it lives at all, however busy.</param>
public readonly record struct SessionLimits(int IdleMinutes, int AbsoluteMinutes)
{
    /// <summary>The shortest of either, in minutes: below it people would sign in all day.</summary>
    public const int Least = 5;

    /// <summary>The longest of either, in minutes: thirty days.</summary>
    public const int Most = 30 * 24 * 60;

    /// <summary>Two hours without a request, half a day at all.</summary>
    public static SessionLimits Standard { get; } = new(120, 720);

    /// <summary>The longest without a request.</summary>
    public Duration Idle => Duration.FromMinutes(IdleMinutes);

    /// <summary>The longest at all.</summary>
    public Duration Absolute => Duration.FromMinutes(AbsoluteMinutes);
}

/// <summary>The life of one sign-in.</summary>
/// <param name="CreatedAt">The sign-in.</param>
/// <param name="LastSeenAt">The last request, to the minute.</param>
/// <param name="EndedAt">When somebody ended it.</param>
public readonly record struct Session(Instant CreatedAt, Instant LastSeenAt, Instant? EndedAt)
{
    /// <summary>How often a request is written down: a finer trace would cost a write a request.</summary>
    public static readonly Duration SeenEvery = Duration.FromMinutes(1);

    /// <summary>How long it may live.</summary>
    public SessionLimits Limits { get; init; } = SessionLimits.Standard;

    /// <summary>When it ends by itself if no further request comes; the end somebody gave it, where there is one.</summary>
    public Instant EndsAt => EndedAt ?? Instant.Min(CreatedAt + Limits.Absolute, LastSeenAt + Limits.Idle);

    /// <summary>Whether it lives at this instant. Who finds that it does not ends it for good, so that a clock set back revives nothing.</summary>
    public bool LivesAt(Instant now) => EndedAt is null && now < EndsAt;

    /// <summary>Whether this request is worth writing down.</summary>
    public bool IsDueAt(Instant now) => now >= LastSeenAt + SeenEvery;
}
