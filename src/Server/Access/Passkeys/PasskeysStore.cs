using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Cairn.Server.Access.Passkeys;

/// <summary>A passkey as stored: the public half of it, which opens nothing.</summary>
internal sealed class PasskeyRow
{
    public Guid PasskeyId { get; init; }

    public Guid PersonId { get; init; }

    public byte[] CredentialId { get; init; } = [];

    public string Name { get; init; } = "";

    public byte[] PublicKey { get; init; } = [];

    public long SignCount { get; init; }

    public string[] Transports { get; init; } = [];

    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>As the framework's verification takes it. What it was made with is not kept, because attestation is not asked for.</summary>
    public UserPasskeyInfo ToInfo() => new(
        CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports, isUserVerified: true, IsBackupEligible, IsBackedUp, [], []);
}

/// <summary>The SQL of passkeys. They belong to people, who are a reference table, so that none has a customer_id.</summary>
internal static class PasskeysStore
{
    private const string Columns =
        "passkey_id, person_id, credential_id, name, public_key, sign_count, transports, is_backup_eligible, is_backed_up, created_at, last_used_at";

    public static Task<IReadOnlyList<PasskeyRow>> List(DbWork work, PersonId person) => work.List<PasskeyRow>(
        $"select {Columns} from access_passkeys where person_id = @person order by passkey_id", new { person = person.Value });

    /// <summary>Finds a passkey and holds off its other uses until this transaction ends, so that its counter is checked by one at a time.</summary>
    public static Task<PasskeyRow?> FindByCredential(DbWork work, byte[] credential) => work.Maybe<PasskeyRow>(
        $"select {Columns} from access_passkeys where credential_id = @credential for update", new { credential });

    /// <summary>Adds a passkey; false when somebody has it already.</summary>
    public static async Task<bool> Add(DbWork work, PasskeyId id, PersonId person, string name, UserPasskeyInfo passkey, Instant now) => await work.Execute(
        """
        insert into access_passkeys
            (passkey_id, person_id, credential_id, name, public_key, sign_count, transports, is_backup_eligible, is_backed_up, created_at)
        values (@id, @person, @credential, @name, @publicKey, @signCount, @transports, @isBackupEligible, @isBackedUp, @now)
        on conflict (credential_id) do nothing
        """,
        new
        {
            id = id.Value,
            person = person.Value,
            credential = passkey.CredentialId,
            name,
            publicKey = passkey.PublicKey,
            signCount = (long)passkey.SignCount,
            transports = passkey.Transports ?? [],
            isBackupEligible = passkey.IsBackupEligible,
            isBackedUp = passkey.IsBackedUp,
            now = now.ToDateTimeOffset(),
        }) == 1;

    public static Task Use(DbWork work, PasskeyRow row, UserPasskeyInfo used, Instant now) => work.Execute(
        "update access_passkeys set sign_count = @signCount, is_backed_up = @isBackedUp, last_used_at = @now where passkey_id = @id",
        new { id = row.PasskeyId, signCount = (long)used.SignCount, isBackedUp = used.IsBackedUp, now = now.ToDateTimeOffset() });

    public static Task<string?> Rename(DbWork work, PersonId person, PasskeyId id, string name) => work.Maybe<string>(
        """
        update access_passkeys p set name = @name from access_passkeys before
        where p.person_id = @person and p.passkey_id = @id and before.passkey_id = p.passkey_id
        returning before.name
        """,
        new { person = person.Value, id = id.Value, name });

    public static Task<string?> Remove(DbWork work, PersonId person, PasskeyId id) => work.Maybe<string>(
        "delete from access_passkeys where person_id = @person and passkey_id = @id returning name", new { person = person.Value, id = id.Value });

    public static Task RemoveAll(DbWork work, PersonId person) => work.Execute("delete from access_passkeys where person_id = @person", new { person = person.Value });
}
