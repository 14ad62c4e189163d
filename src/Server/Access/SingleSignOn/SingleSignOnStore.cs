using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>Who somebody is at a provider, as stored.</summary>
internal sealed class IdentityRow
{
    public Guid IdentityId { get; init; }

    public string Issuer { get; init; } = "";

    public Guid PersonId { get; init; }

    public string? Email { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }
}

/// <summary>The SQL of linked identities. They belong to people, who are a reference table, so that none has a customer_id.</summary>
internal static class SingleSignOnStore
{
    private const string Columns = "identity_id, issuer, person_id, email, created_at, last_used_at";

    public static Task<IdentityRow?> Find(DbWork work, string issuer, string subject) => work.Maybe<IdentityRow>(
        $"select {Columns} from access_identities where issuer = @issuer and subject = @subject", new { issuer, subject });

    public static Task<IReadOnlyList<IdentityRow>> List(DbWork work, PersonId person) => work.List<IdentityRow>(
        $"select {Columns} from access_identities where person_id = @person order by identity_id", new { person = person.Value });

    /// <summary>Links an identity; false when it is linked already. Of two at once, one wins.</summary>
    public static async Task<bool> Add(DbWork work, IdentityId id, PersonId person, string issuer, ProviderPerson who, Instant now) => await work.Execute(
        """
        insert into access_identities (identity_id, issuer, subject, person_id, email, created_at)
        values (@id, @issuer, @subject, @person, @email, @now) on conflict (issuer, subject) do nothing
        """,
        new { id = id.Value, issuer, subject = who.Subject, person = person.Value, email = who.Email, now = now.ToDateTimeOffset() }) == 1;

    public static Task Use(DbWork work, Guid identity, string? email, Instant now) => work.Execute(
        "update access_identities set last_used_at = @now, email = @email where identity_id = @identity", new { identity, email, now = now.ToDateTimeOffset() });

    public static Task<string?> Remove(DbWork work, PersonId person, IdentityId id) => work.Maybe<string>(
        "delete from access_identities where person_id = @person and identity_id = @id returning issuer", new { person = person.Value, id = id.Value });

    /// <summary>Adds somebody who has no password; false when the address is taken.</summary>
    public static async Task<bool> AddPerson(DbWork work, Person person, Instant now) => await work.Execute(
        "insert into access_people (person_id, email, name, role, created_at) values (@id, @email, @name, @role, @now) on conflict (email) do nothing",
        new { id = person.Id.Value, email = person.Email, name = person.Name, role = person.Role.ToString(), now = now.ToDateTimeOffset() }) == 1;

    /// <summary>Gives a role; false when it would leave nobody who administers. Call it under <see cref="AccessStore.LockAdministrators"/>.</summary>
    public static async Task<bool> SetRole(DbWork work, PersonId person, StaffRole role) => await work.Execute(
        """
        update access_people set role = @role, version = version + 1
        where person_id = @person
          and (role <> @admin or @role = @admin
               or exists (select from access_people other where other.role = @admin and other.person_id <> @person and other.deactivated_at is null))
        """,
        new { person = person.Value, role = role.ToString(), admin = nameof(StaffRole.Admin) }) == 1;
}
