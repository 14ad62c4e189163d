using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.People;

/// <summary>A person as the lists of people show them.</summary>
internal sealed class ListedPersonRow
{
    public Guid PersonId { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    public string[] JobRoles { get; init; } = [];

    public string Reach { get; init; } = "";

    public Guid[] ReachCustomers { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? JoinedAt { get; init; }

    public DateTimeOffset? DeactivatedAt { get; init; }

    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>What the list is ordered by, as the database sees it.</summary>
    public string SortName { get; init; } = "";

    /// <summary>The end of an invitation that is still open.</summary>
    public DateTimeOffset? InvitedUntil { get; init; }

    public long Version { get; init; }
}

/// <summary>A link as stored, with whose it is.</summary>
internal sealed class PersonLinkRow
{
    public Guid LinkId { get; init; }

    public string Kind { get; init; } = "";

    public byte[] SecretHash { get; init; } = [];

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public Guid PersonId { get; init; }

    public PersonLink ToLink() => new(Instant.FromDateTimeOffset(ExpiresAt), AccessStore.ToInstant(UsedAt));
}

/// <summary>A link that is about to be stored.</summary>
internal sealed record NewPersonLink(PersonLinkId Id, PersonId Person, string Kind, byte[] SecretHash, Actor By);

/// <summary>The SQL of people and their links. People are few, so that lists are made in one statement.</summary>
internal static class PeopleStore
{
    /// <summary>Adds somebody without a password; false when the address is taken.</summary>
    public static async Task<bool> Invite(DbWork work, Person person, Instant now) => await work.Execute(
        """
        insert into access_people (person_id, email, name, role, job_roles, reach, reach_customers, created_at)
        values (@id, @email, @name, @role, @jobs, @reach, @customers, @now) on conflict (email) do nothing
        """,
        Parameters(person, now)) == 1;

    /// <summary>Writes name, role, job roles and reach over the version before.</summary>
    public static Task Update(DbWork work, Person person) => work.Execute(
        """
        update access_people set name = @name, role = @role, job_roles = @jobs, reach = @reach, reach_customers = @customers, version = version + 1
        where person_id = @id
        """,
        Parameters(person, default));

    /// <summary>Ends or opens somebody's access; false when it was so before.</summary>
    public static async Task<bool> SetDeactivated(DbWork work, PersonId person, Instant? at) => await work.Execute(
        """
        update access_people set deactivated_at = @at, version = version + 1
        where person_id = @person and (deactivated_at is null) <> (@at::timestamptz is null)
        """,
        new { person = person.Value, at = at?.ToDateTimeOffset() }) == 1;

    /// <summary>How many administrators beside this person can come in.</summary>
    public static Task<long> OtherAdministrators(DbWork work, PersonId person) => work.Single<long>(
        "select count(*) from access_people where role = 'Admin' and deactivated_at is null and joined_at is not null and person_id <> @person",
        new { person = person.Value });

    /// <summary>People by name, after the given place.</summary>
    public static Task<IReadOnlyList<ListedPersonRow>> List(DbWork work, PersonId? only, string? holds, IReadOnlyList<string>? after, int limit) => work.List<ListedPersonRow>(
        """
        select p.person_id, p.email, p.name, p.role, p.job_roles, p.reach, p.reach_customers, p.created_at, p.joined_at, p.deactivated_at, p.version, lower(p.name) as sort_name,
               (select max(s.last_seen_at) from access_sessions s where s.customer_id = @installation and s.person_id = p.person_id) as last_seen_at,
               (select max(l.expires_at) from access_links l
                where l.customer_id = @installation and l.person_id = p.person_id and l.kind = 'invitation' and l.used_at is null) as invited_until
        from access_people p
        where (@only::uuid is null or p.person_id = @only)
          and (@holds::text is null or position(lower(@holds) in lower(p.name || ' ' || p.email)) > 0)
          and (@name::text is null or (lower(p.name), p.person_id) > (@name, @id))
        order by lower(p.name), p.person_id limit @limit
        """,
        new
        {
            installation = CustomerId.Installation.Value,
            only = only?.Value,
            holds,
            name = after?[0],
            id = after is [_, var id] && TypedId.TryParse<PersonId>(id, out var last) ? last.Value : Guid.Empty,
            limit,
        });

    /// <summary>Makes a link; every older one of the person is void from now on.</summary>
    public static async Task AddLink(DbWork work, NewPersonLink link, Instant now)
    {
        await VoidLinks(work, link.Person, now);
        await work.Execute(
            """
            insert into access_links (customer_id, link_id, person_id, kind, secret_hash, created_at, created_by, expires_at)
            values (@installation, @link, @person, @kind, @secretHash, @now, @by, @expires)
            """,
            new
            {
                installation = CustomerId.Installation.Value,
                link = link.Id.Value,
                person = link.Person.Value,
                kind = link.Kind,
                secretHash = link.SecretHash,
                now = now.ToDateTimeOffset(),
                by = link.By.Id,
                expires = (now + PersonLink.LifeOf(link.Kind)).ToDateTimeOffset(),
            });
    }

    /// <summary>Loads a link that is about to be used: of several at once, one wins.</summary>
    public static Task<PersonLinkRow?> FindLink(DbWork work, PersonLinkId link) => work.Maybe<PersonLinkRow>(
        "select link_id, kind, secret_hash, expires_at, used_at, person_id from access_links where customer_id = @installation and link_id = @link for update",
        new { installation = CustomerId.Installation.Value, link = link.Value });

    public static Task VoidLinks(DbWork work, PersonId person, Instant now) => work.Execute(
        "update access_links set used_at = @now where customer_id = @installation and person_id = @person and used_at is null",
        new { installation = CustomerId.Installation.Value, person = person.Value, now = now.ToDateTimeOffset() });

    /// <summary>Sets a password that its owner chose. They have joined with it.</summary>
    public static Task SetPassword(DbWork work, PersonId person, string hash, Instant now) => work.Execute(
        "update access_people set password_hash = @hash, password_changed_at = @now, joined_at = coalesce(joined_at, @now) where person_id = @person",
        new { person = person.Value, hash, now = now.ToDateTimeOffset() });

    private static object Parameters(Person person, Instant now) => new
    {
        id = person.Id.Value,
        email = person.Email,
        name = person.Name,
        role = person.Role.ToString(),
        jobs = person.JobRoles.ToArray(),
        reach = person.Reach.Word,
        customers = person.Reach.Customers.Select(customer => customer.Value).ToArray(),
        now = now.ToDateTimeOffset(),
    };
}
