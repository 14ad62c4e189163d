using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>A person of a customer as stored, with the newest invitation.</summary>
internal sealed class PortalPersonRow
{
    public Guid CustomerId { get; init; }

    public Guid PortalPersonId { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string[] Roles { get; init; } = [];

    public DateTimeOffset InvitedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset? DeactivatedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    public DateTimeOffset? PreviousVisitAt { get; init; }

    public long Version { get; init; }

    public Guid? InvitationId { get; init; }

    public DateTimeOffset? InvitationCreatedAt { get; init; }

    public DateTimeOffset? InvitationAcceptedAt { get; init; }

    public DateTimeOffset? InvitationRevokedAt { get; init; }

    public PortalPerson ToPerson() => new()
    {
        Id = new PortalPersonId(PortalPersonId),
        Customer = new CustomerId(CustomerId),
        Name = Name,
        Email = Email,
        Roles = Roles,
        InvitedAt = Instant.FromDateTimeOffset(InvitedAt),
        AcceptedAt = AccessStore.ToInstant(AcceptedAt),
        DeactivatedAt = AccessStore.ToInstant(DeactivatedAt),
        Version = Version,
    };

    /// <summary>The newest invitation; <see langword="null"/> only in the transaction that makes the first.</summary>
    public PortalInvitation? ToInvitation() => InvitationCreatedAt is { } created
        ? new PortalInvitation(Instant.FromDateTimeOffset(created), AccessStore.ToInstant(InvitationAcceptedAt), AccessStore.ToInstant(InvitationRevokedAt))
        : null;
}

/// <summary>The SQL of a customer's people in the portal and of their invitations.</summary>
internal static class PortalStore
{
    /// <summary>The most people that one customer may have in the portal, deactivated ones included.</summary>
    public const int MostPeople = 1_000;

    private const string Columns =
        """
        p.customer_id, p.portal_person_id, p.email, p.name, p.roles, p.invited_at, p.accepted_at, p.deactivated_at, p.last_seen_at,
        p.previous_visit_at, p.version,
        i.invitation_id, i.created_at as invitation_created_at, i.accepted_at as invitation_accepted_at, i.revoked_at as invitation_revoked_at
        """;

    private const string Newest =
        """
        left join lateral (
            select n.invitation_id, n.created_at, n.accepted_at, n.revoked_at from access_portal_invitations n
            where n.customer_id = p.customer_id and n.portal_person_id = p.portal_person_id
            order by n.invitation_id desc limit 1) i on true
        """;

    /// <summary>A person, to look at.</summary>
    public static Task<PortalPersonRow?> Find(DbWork work, CustomerId customer, PortalPersonId person) => work.Maybe<PortalPersonRow>(
        $"select {Columns} from access_portal_people p {Newest} where p.customer_id = @customer and p.portal_person_id = @person",
        new { customer = customer.Value, person = person.Value });

    /// <summary>A person, held until the transaction ends, so that of two who change them at once one waits.</summary>
    public static async Task<PortalPersonRow?> FindForChange(DbWork work, CustomerId customer, PortalPersonId person)
    {
        await work.Execute(
            "select from access_portal_people where customer_id = @customer and portal_person_id = @person for update",
            new { customer = customer.Value, person = person.Value });
        return await Find(work, customer, person);
    }

    /// <summary>A customer's people in the order in which they were first invited, after the given one.</summary>
    public static Task<IReadOnlyList<PortalPersonRow>> List(DbWork work, CustomerId customer, PortalPersonId? after, int limit) => work.List<PortalPersonRow>(
        $"""
        select {Columns} from access_portal_people p {Newest}
        where p.customer_id = @customer and (@after::uuid is null or p.portal_person_id > @after)
        order by p.portal_person_id limit @limit
        """,
        new { customer = customer.Value, after = after?.Value, limit });

    /// <summary>Everybody of any customer who may come in under this mail address; for a transaction that reaches all customers.</summary>
    public static Task<IReadOnlyList<PortalPersonRow>> ByEmail(DbWork work, string email, int limit) => work.List<PortalPersonRow>(
        $"""
        select {Columns} from access_portal_people p {Newest}
        where p.email = @email and p.accepted_at is not null and p.deactivated_at is null
        order by p.customer_id limit @limit
        """,
        new { email, limit });

    public static Task<long> Count(DbWork work, CustomerId customer) =>
        work.Single<long>("select count(*) from access_portal_people where customer_id = @customer", new { customer = customer.Value });

    /// <summary>Adds a person; false when the customer has one with this address.</summary>
    public static async Task<bool> Add(DbWork work, PortalPerson person) => await work.Execute(
        """
        insert into access_portal_people (customer_id, portal_person_id, email, name, roles, invited_at)
        values (@customer, @person, @email, @name, @roles, @at) on conflict (customer_id, email) do nothing
        """,
        new
        {
            customer = person.Customer.Value,
            person = person.Id.Value,
            email = person.Email,
            name = person.Name,
            roles = person.Roles.ToArray(),
            at = person.InvitedAt.ToDateTimeOffset(),
        }) == 1;

    /// <summary>Writes what can change of a person. Their row is held (<see cref="FindForChange"/>).</summary>
    public static Task Update(DbWork work, PortalPerson person) => work.Execute(
        """
        update access_portal_people
        set name = @name, roles = @roles, accepted_at = @accepted, deactivated_at = @deactivated, version = @version
        where customer_id = @customer and portal_person_id = @person
        """,
        new
        {
            customer = person.Customer.Value,
            person = person.Id.Value,
            name = person.Name,
            roles = person.Roles.ToArray(),
            accepted = person.AcceptedAt?.ToDateTimeOffset(),
            deactivated = person.DeactivatedAt?.ToDateTimeOffset(),
            version = person.Version,
        });

    public static Task AddInvitation(DbWork work, PortalPerson person, PortalInvitationId invitation, byte[] secretHash, Instant now, Actor by) => work.Execute(
        """
        insert into access_portal_invitations (customer_id, invitation_id, portal_person_id, secret_hash, created_at, created_by)
        values (@customer, @invitation, @person, @secretHash, @now, @by)
        """,
        new
        {
            customer = person.Customer.Value,
            invitation = invitation.Value,
            person = person.Id.Value,
            secretHash,
            now = now.ToDateTimeOffset(),
            by = by.Id,
        });

    /// <summary>Takes back every invitation of a person that nobody has used; how many there were.</summary>
    public static Task<int> RevokeInvitations(DbWork work, PortalPerson person, Instant now) => work.Execute(
        """
        update access_portal_invitations set revoked_at = @now
        where customer_id = @customer and portal_person_id = @person and accepted_at is null and revoked_at is null
        """,
        new { customer = person.Customer.Value, person = person.Id.Value, now = now.ToDateTimeOffset() });
}
