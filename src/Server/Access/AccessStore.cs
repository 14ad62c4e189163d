using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>An API key as stored: without its secret, which is only kept as a hash.</summary>
internal sealed class ApiKeyRow
{
    public Guid CustomerId { get; init; }

    public Guid KeyId { get; init; }

    public string Name { get; init; } = "";

    public byte[] SecretHash { get; init; } = [];

    public string[] Scopes { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public string CreatedBy { get; init; } = "";

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public int? RateLimitPerMinute { get; init; }

    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>The secret before the last rotation, which is good until <see cref="PreviousUntil"/>.</summary>
    public byte[]? PreviousSecretHash { get; init; }

    public DateTimeOffset? PreviousUntil { get; init; }

    public ApiKey ToKey() => new()
    {
        Id = new ApiKeyId(KeyId),
        Customer = new CustomerId(CustomerId),
        Name = Name,
        Scopes = Scopes,
        CreatedAt = Instant.FromDateTimeOffset(CreatedAt),
        ExpiresAt = AccessStore.ToInstant(ExpiresAt),
        RevokedAt = AccessStore.ToInstant(RevokedAt),
    };
}

/// <summary>A person as stored.</summary>
internal sealed class PersonRow
{
    public Guid PersonId { get; init; }

    public string Email { get; init; } = "";

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    public string[] JobRoles { get; init; } = [];

    public string Reach { get; init; } = "";

    public Guid[] ReachCustomers { get; init; } = [];

    public string? PasswordHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When they first came in; an invitation is open until then.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    public DateTimeOffset? DeactivatedAt { get; init; }

    public long Version { get; init; }

    public Person ToPerson() => new(new PersonId(PersonId), Name, Email, Enum.Parse<StaffRole>(Role))
    {
        JobRoles = JobRoles,
        Reach = AccessStore.ToReach(Reach, ReachCustomers),
    };
}

/// <summary>A session as stored, with whose it is.</summary>
internal sealed class SessionRow
{
    public byte[] SecretHash { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public Guid PersonId { get; init; }

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    public string Reach { get; init; } = "";

    public Guid[] ReachCustomers { get; init; } = [];

    public DateTimeOffset? DeactivatedAt { get; init; }

    public string? Agent { get; init; }

    public string? Address { get; init; }

    public int IdleMinutes { get; init; }

    public int AbsoluteMinutes { get; init; }

    public Session ToSession() => new(
        Instant.FromDateTimeOffset(CreatedAt), Instant.FromDateTimeOffset(LastSeenAt), AccessStore.ToInstant(EndedAt ?? DeactivatedAt))
    {
        Limits = new SessionLimits(IdleMinutes, AbsoluteMinutes),
    };
}

/// <summary>A setup link as stored.</summary>
internal sealed class SetupLinkRow
{
    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? UsedAt { get; init; }
}

/// <summary>The SQL of people, sessions and keys.</summary>
internal static class AccessStore
{
    private const long AdministratorLock = 0x0CA1_0101;

    private const string PersonColumns =
        "person_id, email, name, role, job_roles, reach, reach_customers, password_hash, created_at, joined_at, deactivated_at, version";

    private const string KeyColumns =
        "customer_id, key_id, name, secret_hash, scopes, created_at, created_by, expires_at, last_used_at, revoked_at, rate_limit_per_minute, rotated_at, previous_secret_hash, previous_until";

    public static Task AddKey(DbWork work, ApiKey key, byte[] secretHash, Actor by) => work.Execute(
        """
        insert into access_api_keys (customer_id, key_id, name, secret_hash, scopes, created_at, created_by, expires_at)
        values (@customer, @id, @name, @secretHash, @scopes, @at, @by, @expires)
        """,
        new
        {
            customer = key.Customer.Value,
            id = key.Id.Value,
            name = key.Name,
            secretHash,
            scopes = key.Scopes.ToArray(),
            at = key.CreatedAt.ToDateTimeOffset(),
            by = by.Id,
            expires = key.ExpiresAt?.ToDateTimeOffset(),
        });

    public static Task<ApiKeyRow?> FindKey(DbWork work, CustomerId customer, ApiKeyId key) => work.Maybe<ApiKeyRow>(
        $"select {KeyColumns} from access_api_keys where customer_id = @customer and key_id = @key",
        new { customer = customer.Value, key = key.Value });

    /// <summary>The keys of a customer, newest last, after the given one.</summary>
    public static Task<IReadOnlyList<ApiKeyRow>> ListKeys(DbWork work, CustomerId customer, ApiKeyId? after, int limit) => work.List<ApiKeyRow>(
        $"""
        select {KeyColumns} from access_api_keys
        where customer_id = @customer and (@after::uuid is null or key_id > @after) order by key_id limit @limit
        """,
        new { customer = customer.Value, after = after?.Value, limit });

    /// <summary>Ends a key; false when it was ended before, or is none of the customer's. Every server hears of it at commit.</summary>
    public static async Task<bool> RevokeKey(DbWork work, CustomerId customer, ApiKeyId key, Instant now)
    {
        var changed = await work.Execute(
            "update access_api_keys set revoked_at = @now where customer_id = @customer and key_id = @key and revoked_at is null",
            new { customer = customer.Value, key = key.Value, now = now.ToDateTimeOffset() });
        await work.Execute("select pg_notify(@Channel, @key)", new { KnownApiKeys.Channel, key = key.ToString() });
        return changed == 1;
    }

    /// <summary>Gives a key another secret; the one before is good until the given time. Every server hears of it at commit.</summary>
    public static async Task RotateKey(DbWork work, ApiKey key, byte[] secretHash, Instant now, Instant previousUntil)
    {
        await work.Execute(
            """
            update access_api_keys set previous_secret_hash = secret_hash, previous_until = @until, secret_hash = @secretHash, rotated_at = @now
            where customer_id = @customer and key_id = @key
            """,
            new { customer = key.Customer.Value, key = key.Id.Value, secretHash, now = now.ToDateTimeOffset(), until = previousUntil.ToDateTimeOffset() });
        await work.Execute("select pg_notify(@Channel, @key)", new { KnownApiKeys.Channel, key = key.Id.ToString() });
    }

    /// <summary>Sets how many requests a minute a key may send; null for the standard. Every server hears of it at commit.</summary>
    public static async Task SetRateLimit(DbWork work, CustomerId customer, ApiKeyId key, int? perMinute)
    {
        await work.Execute(
            "update access_api_keys set rate_limit_per_minute = @perMinute where customer_id = @customer and key_id = @key",
            new { customer = customer.Value, key = key.Value, perMinute });
        await work.Execute("select pg_notify(@Channel, @key)", new { KnownApiKeys.Channel, key = key.ToString() });
    }

    /// <summary>Notes a use, unless another server noted one within the minute.</summary>
    public static Task<int> TouchKey(DbWork work, CustomerId customer, ApiKeyId key, Instant now) => work.Execute(
        """
        update access_api_keys set last_used_at = @now
        where customer_id = @customer and key_id = @key and (last_used_at is null or last_used_at <= @before)
        """,
        new { customer = customer.Value, key = key.Value, now = now.ToDateTimeOffset(), before = (now - KnownApiKeys.UsedEvery).ToDateTimeOffset() });

    /// <summary>Holds off every other first administrator until this transaction ends.</summary>
    public static Task LockAdministrators(DbWork work) => work.Execute("select pg_advisory_xact_lock(@AdministratorLock)", new { AdministratorLock });

    public static Task<bool> HasPeople(DbWork work) => work.Single<bool>("select exists (select from access_people)");

    public static Task AddPerson(DbWork work, Person person, string passwordHash, Instant now) => work.Execute(
        """
        insert into access_people (person_id, email, name, role, password_hash, created_at, joined_at, password_changed_at)
        values (@id, @email, @name, @role, @passwordHash, @now, @now, @now)
        """,
        new { id = person.Id.Value, email = person.Email, name = person.Name, role = person.Role.ToString(), passwordHash, now = now.ToDateTimeOffset() });

    public static Task<PersonRow?> FindPersonByEmail(DbWork work, string email) => work.Maybe<PersonRow>(
        $"select {PersonColumns} from access_people where email = @email", new { email });

    public static Task<PersonRow?> FindPerson(DbWork work, PersonId person) => work.Maybe<PersonRow>(
        $"select {PersonColumns} from access_people where person_id = @person", new { person = person.Value });

    /// <summary>Loads somebody who is about to change: a second change waits until this one is through, and then sees it.</summary>
    public static Task<PersonRow?> FindPersonForChange(DbWork work, PersonId person) => work.Maybe<PersonRow>(
        $"select {PersonColumns} from access_people where person_id = @person for update", new { person = person.Value });

    /// <summary>Everybody, by name.</summary>
    public static Task<IReadOnlyList<PersonRow>> ListPeople(DbWork work) => work.List<PersonRow>(
        "select person_id, email, name, role, deactivated_at from access_people order by lower(name), person_id");

    public static Task SetPasswordHash(DbWork work, PersonId person, string passwordHash) => work.Execute(
        "update access_people set password_hash = @passwordHash where person_id = @person", new { person = person.Value, passwordHash });

    /// <summary>Begins a session. Who begins their first one has joined.</summary>
    public static Task AddSession(DbWork work, SessionId session, PersonId person, byte[] secretHash, Instant now) => work.Execute(
        """
        with joined as (update access_people set joined_at = @now where person_id = @person and joined_at is null)
        insert into access_sessions (customer_id, session_id, person_id, secret_hash, created_at, last_seen_at, expires_at)
        select @customer, @session, @person, @secretHash, @now, @now, @now + make_interval(mins => absolute_minutes) from access_settings
        """,
        new
        {
            customer = CustomerId.Installation.Value,
            session = session.Value,
            person = person.Value,
            secretHash,
            now = now.ToDateTimeOffset(),
        });

    public static Task<SessionRow?> FindSession(DbWork work, SessionId session) => work.Maybe<SessionRow>(
        """
        select s.secret_hash, s.created_at, s.last_seen_at, s.ended_at, s.agent, s.address,
               p.person_id, p.name, p.role, p.reach, p.reach_customers, p.deactivated_at, t.idle_minutes, t.absolute_minutes
        from access_sessions s join access_people p on p.person_id = s.person_id cross join access_settings t
        where s.customer_id = @customer and s.session_id = @session
        """,
        new { customer = CustomerId.Installation.Value, session = session.Value });

    /// <summary>Notes a request of a session, and from where it came.</summary>
    public static Task<int> TouchSession(DbWork work, SessionId session, Instant now, string? agent, string? address) => work.Execute(
        """
        update access_sessions set last_seen_at = greatest(last_seen_at, @now), agent = @agent, address = @address
        where customer_id = @customer and session_id = @session
        """,
        new { customer = CustomerId.Installation.Value, session = session.Value, now = now.ToDateTimeOffset(), agent, address });

    public static Task<int> EndSession(DbWork work, SessionId session, Instant now) => work.Execute(
        "update access_sessions set ended_at = @now where customer_id = @customer and session_id = @session and ended_at is null",
        new { customer = CustomerId.Installation.Value, session = session.Value, now = now.ToDateTimeOffset() });

    public static Task AddSetupLink(DbWork work, byte[] tokenHash, Instant now, Instant expires) => work.Execute(
        "insert into access_setup_links (token_hash, created_at, expires_at) values (@tokenHash, @now, @expires)",
        new { tokenHash, now = now.ToDateTimeOffset(), expires = expires.ToDateTimeOffset() });

    public static Task<SetupLinkRow?> FindSetupLink(DbWork work, byte[] tokenHash) => work.Maybe<SetupLinkRow>(
        "select expires_at, used_at from access_setup_links where token_hash = @tokenHash", new { tokenHash });

    public static Task UseSetupLink(DbWork work, byte[] tokenHash, Instant now) => work.Execute(
        "update access_setup_links set used_at = @now where token_hash = @tokenHash", new { tokenHash, now = now.ToDateTimeOffset() });

    public static Reach ToReach(string word, Guid[] customers) =>
        new((ReachKind)Reach.Words.ToList().IndexOf(word), [.. customers.Select(customer => new CustomerId(customer))]);

    public static Instant? ToInstant(DateTimeOffset? time) => time is { } value ? Instant.FromDateTimeOffset(value) : null;
}
