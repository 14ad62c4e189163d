using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>An invitation or a sign-in link as stored.</summary>
internal sealed class PortalTokenRow
{
    public Guid PortalPersonId { get; init; }

    public byte[] SecretHash { get; init; } = [];

    public byte[]? BrowserHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>A session of the portal as stored, with whose it is.</summary>
internal sealed class PortalSessionRow
{
    public byte[] SecretHash { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public Guid PortalPersonId { get; init; }

    public string Name { get; init; } = "";

    public string[] Roles { get; init; } = [];

    public DateTimeOffset? DeactivatedAt { get; init; }

    public PortalSession ToSession() => new(
        Instant.FromDateTimeOffset(CreatedAt), Instant.FromDateTimeOffset(LastSeenAt), AccessStore.ToInstant(EndedAt ?? DeactivatedAt));
}

/// <summary>A look through a person's eyes as stored, with whose they are.</summary>
internal sealed class PortalViewRow
{
    public byte[] SecretHash { get; init; } = [];

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The member of the staff who looks.</summary>
    public Guid PersonId { get; init; }

    public Guid PortalPersonId { get; init; }

    public string[] Roles { get; init; } = [];

    public PortalView ToView() => new(Instant.FromDateTimeOffset(StartedAt), AccessStore.ToInstant(EndedAt));
}

/// <summary>The SQL of everything by which people come in: invitations, links, sessions.</summary>
internal static class PortalEntryStore
{
    public static Task<PortalTokenRow?> FindInvitation(DbWork work, CustomerId customer, Guid invitation) => work.Maybe<PortalTokenRow>(
        """
        select portal_person_id, secret_hash, created_at, accepted_at as used_at, revoked_at from access_portal_invitations
        where customer_id = @customer and invitation_id = @invitation
        """,
        new { customer = customer.Value, invitation });

    /// <summary>Uses an invitation up; false when somebody was faster or took it back.</summary>
    public static async Task<bool> UseInvitation(DbWork work, CustomerId customer, Guid invitation, Instant now) => await work.Execute(
        """
        update access_portal_invitations set accepted_at = @now
        where customer_id = @customer and invitation_id = @invitation and accepted_at is null and revoked_at is null
        """,
        new { customer = customer.Value, invitation, now = now.ToDateTimeOffset() }) == 1;

    public static Task<PortalTokenRow?> FindLink(DbWork work, CustomerId customer, Guid link) => work.Maybe<PortalTokenRow>(
        "select portal_person_id, secret_hash, browser_hash, created_at, used_at from access_portal_links where customer_id = @customer and link_id = @link",
        new { customer = customer.Value, link });

    /// <summary>Uses a link up; false when somebody was faster.</summary>
    public static async Task<bool> UseLink(DbWork work, CustomerId customer, Guid link, Instant now) => await work.Execute(
        "update access_portal_links set used_at = @now where customer_id = @customer and link_id = @link and used_at is null",
        new { customer = customer.Value, link, now = now.ToDateTimeOffset() }) == 1;

    /// <summary>Adds a link, unless the person has as many as can be alive at a time, used ones included.</summary>
    public static async Task<bool> AddLink(DbWork work, PortalPerson person, Guid link, byte[] secretHash, byte[] browserHash, Instant now) => await work.Execute(
        """
        insert into access_portal_links (customer_id, link_id, portal_person_id, secret_hash, browser_hash, created_at)
        select @customer, @link, @person, @secretHash, @browserHash, @now
        where (select count(*) from access_portal_links
               where customer_id = @customer and portal_person_id = @person and created_at > @since) < @most
        """,
        new
        {
            customer = person.Customer.Value,
            link,
            person = person.Id.Value,
            secretHash,
            browserHash,
            now = now.ToDateTimeOffset(),
            since = (now - PortalLink.Lifetime).ToDateTimeOffset(),
            most = PortalLink.MostAlive,
        }) == 1;

    public static Task AddSession(DbWork work, PortalPerson person, PortalSessionId session, byte[] secretHash, Instant now) => work.Execute(
        """
        insert into access_portal_sessions (customer_id, session_id, portal_person_id, secret_hash, created_at, last_seen_at)
        values (@customer, @session, @person, @secretHash, @now, @now)
        """,
        new { customer = person.Customer.Value, session = session.Value, person = person.Id.Value, secretHash, now = now.ToDateTimeOffset() });

    public static Task<PortalSessionRow?> FindSession(DbWork work, CustomerId customer, PortalSessionId session) => work.Maybe<PortalSessionRow>(
        """
        select s.secret_hash, s.created_at, s.last_seen_at, s.ended_at, p.portal_person_id, p.name, p.roles, p.deactivated_at
        from access_portal_sessions s
        join access_portal_people p on p.customer_id = s.customer_id and p.portal_person_id = s.portal_person_id
        where s.customer_id = @customer and s.session_id = @session
        """,
        new { customer = customer.Value, session = session.Value });

    /// <summary>Writes down that the person is here. After a pause the visit before becomes the one since which changes count.</summary>
    public static async Task Touch(DbWork work, CustomerId customer, PortalSessionId session, PortalPersonId person, Instant now)
    {
        await work.Execute(
            "update access_portal_sessions set last_seen_at = @now where customer_id = @customer and session_id = @session and last_seen_at < @now",
            new { customer = customer.Value, session = session.Value, now = now.ToDateTimeOffset() });
        await SeePerson(work, customer, person, now);
    }

    /// <summary>Writes down on the person that they are here.</summary>
    public static Task SeePerson(DbWork work, CustomerId customer, PortalPersonId person, Instant now) => work.Execute(
        """
        update access_portal_people
        set previous_visit_at = case when last_seen_at < @visit then last_seen_at else previous_visit_at end, last_seen_at = @now
        where customer_id = @customer and portal_person_id = @person and (last_seen_at is null or last_seen_at < @now)
        """,
        new { customer = customer.Value, person = person.Value, now = now.ToDateTimeOffset(), visit = (now - PortalSession.VisitEndsAfter).ToDateTimeOffset() });

    public static Task<int> EndSession(DbWork work, CustomerId customer, PortalSessionId session, Instant now) => work.Execute(
        "update access_portal_sessions set ended_at = @now where customer_id = @customer and session_id = @session and ended_at is null",
        new { customer = customer.Value, session = session.Value, now = now.ToDateTimeOffset() });

    public static Task AddView(DbWork work, PortalPerson seen, PortalViewId view, PersonId staff, byte[] secretHash, Instant now) => work.Execute(
        """
        insert into access_portal_views (customer_id, view_id, portal_person_id, person_id, secret_hash, started_at)
        values (@customer, @view, @person, @staff, @secretHash, @now)
        """,
        new { customer = seen.Customer.Value, view = view.Value, person = seen.Id.Value, staff = staff.Value, secretHash, now = now.ToDateTimeOffset() });

    public static Task<PortalViewRow?> FindView(DbWork work, CustomerId customer, PortalViewId view) => work.Maybe<PortalViewRow>(
        """
        select v.secret_hash, v.started_at, v.ended_at, v.person_id, p.portal_person_id, p.roles
        from access_portal_views v
        join access_portal_people p on p.customer_id = v.customer_id and p.portal_person_id = v.portal_person_id
        where v.customer_id = @customer and v.view_id = @view
        """,
        new { customer = customer.Value, view = view.Value });

    /// <summary>Ends a look; whose eyes it went through, or <see langword="null"/> when there was none to end.</summary>
    public static Task<Guid?> EndView(DbWork work, CustomerId customer, PortalViewId view, PersonId staff, Instant now) => work.Maybe<Guid?>(
        """
        update access_portal_views set ended_at = @now
        where customer_id = @customer and view_id = @view and person_id = @staff and ended_at is null returning portal_person_id
        """,
        new { customer = customer.Value, view = view.Value, staff = staff.Value, now = now.ToDateTimeOffset() });

    /// <summary>Ends every session, every link of a person, and every look through their eyes.</summary>
    public static async Task EndEverything(DbWork work, PortalPerson person, Instant now)
    {
        var whose = new { customer = person.Customer.Value, person = person.Id.Value, now = now.ToDateTimeOffset() };
        await work.Execute("update access_portal_sessions set ended_at = @now where customer_id = @customer and portal_person_id = @person and ended_at is null", whose);
        await work.Execute("update access_portal_links set used_at = @now where customer_id = @customer and portal_person_id = @person and used_at is null", whose);
        await work.Execute("update access_portal_views set ended_at = @now where customer_id = @customer and portal_person_id = @person and ended_at is null", whose);
    }
}
