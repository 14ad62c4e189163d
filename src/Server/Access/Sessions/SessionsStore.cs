using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Sessions;

/// <summary>A session as its owner sees it.</summary>
internal sealed class ListedSessionRow
{
    public Guid SessionId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public string? Agent { get; init; }

    public string? Address { get; init; }

    public Session ToSession(SessionLimits limits) =>
        new(Instant.FromDateTimeOffset(CreatedAt), Instant.FromDateTimeOffset(LastSeenAt), null) { Limits = limits };
}

/// <summary>The SQL of sessions as a whole: a person's, all that are old, and how long they live.</summary>
internal static class SessionsStore
{
    /// <summary>Sessions of a person that nobody has ended; whether they have run out is for <see cref="Session"/> to say.</summary>
    public static Task<IReadOnlyList<ListedSessionRow>> Open(DbWork work, PersonId person) => work.List<ListedSessionRow>(
        """
        select session_id, created_at, last_seen_at, agent, address from access_sessions
        where customer_id = @installation and person_id = @person and ended_at is null order by last_seen_at desc, session_id
        """,
        new { installation = CustomerId.Installation.Value, person = person.Value });

    /// <summary>Ends all sessions of a person but the given one; the number of those that ended.</summary>
    public static Task<int> EndAll(DbWork work, PersonId person, SessionId? but, Instant now) => work.Execute(
        """
        update access_sessions set ended_at = @now
        where customer_id = @installation and person_id = @person and ended_at is null and (@but::uuid is null or session_id <> @but)
        """,
        new { installation = CustomerId.Installation.Value, person = person.Value, but = but?.Value, now = now.ToDateTimeOffset() });

    /// <summary>Ends one session of a person; false when there is no such open one of theirs.</summary>
    public static async Task<bool> End(DbWork work, PersonId person, SessionId session, Instant now) => await work.Execute(
        "update access_sessions set ended_at = @now where customer_id = @installation and person_id = @person and session_id = @session and ended_at is null",
        new { installation = CustomerId.Installation.Value, person = person.Value, session = session.Value, now = now.ToDateTimeOffset() }) == 1;

    public static async Task<SessionLimits> Limits(DbWork work)
    {
        var (idle, absolute) = await work.Single<(int Idle, int Absolute)>("select idle_minutes, absolute_minutes from access_settings");
        return new SessionLimits(idle, absolute);
    }

    public static Task SetLimits(DbWork work, SessionLimits limits) => work.Execute(
        "update access_settings set idle_minutes = @IdleMinutes, absolute_minutes = @AbsoluteMinutes", new { limits.IdleMinutes, limits.AbsoluteMinutes });

    /// <summary>Forgets what ended or began so long ago that nobody asks any more; the ledger keeps the sign-ins themselves.</summary>
    public static async Task<int> Purge(DbWork work, Instant before)
    {
        var parameters = new { installation = CustomerId.Installation.Value, before = before.ToDateTimeOffset() };
        return await work.Execute("delete from access_sessions where customer_id = @installation and coalesce(ended_at, expires_at) < @before", parameters)
            + await work.Execute("delete from access_links where customer_id = @installation and coalesce(used_at, expires_at) < @before", parameters)
            + await work.Execute("delete from access_setup_links where expires_at < @before", parameters);
    }
}
