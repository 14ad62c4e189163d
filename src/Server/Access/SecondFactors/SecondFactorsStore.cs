using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>An authenticator app as stored.</summary>
internal sealed class TotpRow
{
    public byte[] Sealed { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ConfirmedAt { get; init; }

    public long LastStep { get; init; }
}

/// <summary>What a person has beside a password.</summary>
/// <param name="Totp">An authenticator app that was confirmed.</param>
/// <param name="Passkeys">How many passkeys.</param>
/// <param name="RecoveryCodes">How many recovery codes are left.</param>
internal sealed record Factors(bool Totp, long Passkeys, long RecoveryCodes)
{
    /// <summary>Whether the password alone is not enough.</summary>
    public bool Any => Totp || Passkeys > 0;

    /// <summary>The ways to take the second step, for a screen to offer.</summary>
    public IReadOnlyList<string> Ways =>
    [
        .. Totp ? ["totp"] : Array.Empty<string>(),
        .. Passkeys > 0 ? ["passkey"] : Array.Empty<string>(),
        .. RecoveryCodes > 0 ? ["recovery-code"] : Array.Empty<string>(),
    ];
}

/// <summary>
/// The SQL of authenticator apps, recovery codes, tickets and proofs. All of it is found by its person; only the sessions
/// have a customer_id, which for the staff is the installation's.
/// </summary>
internal static class SecondFactorsStore
{
    public static Task<Factors> FactorsOf(DbWork work, PersonId person) => work.Single<Factors>(
        """
        select exists (select from access_totp where person_id = @person and confirmed_at is not null) as totp,
               (select count(*) from access_passkeys where person_id = @person) as passkeys,
               (select count(*) from access_recovery_codes where person_id = @person and used_at is null) as "recoveryCodes"
        """,
        new { person = person.Value });

    public static Task<TotpRow?> FindTotp(DbWork work, PersonId person) => work.Maybe<TotpRow>(
        "select sealed, created_at, confirmed_at, last_step from access_totp where person_id = @person", new { person = person.Value });

    /// <summary>Proposes an app; false when one is confirmed already. A proposal before it is replaced.</summary>
    public static async Task<bool> ProposeTotp(DbWork work, PersonId person, byte[] sealedSecret, Instant now) => await work.Execute(
        """
        insert into access_totp (person_id, sealed, created_at) values (@person, @sealedSecret, @now)
        on conflict (person_id) do update set sealed = excluded.sealed, created_at = excluded.created_at, last_step = 0
        where access_totp.confirmed_at is null
        """,
        new { person = person.Value, sealedSecret, now = now.ToDateTimeOffset() }) == 1;

    public static async Task<bool> ConfirmTotp(DbWork work, PersonId person, long step, Instant now) => await work.Execute(
        "update access_totp set confirmed_at = @now, last_step = @step where person_id = @person and confirmed_at is null",
        new { person = person.Value, step, now = now.ToDateTimeOffset() }) == 1;

    /// <summary>Uses up the code of a step; false when it, or a later one, was used before. Of two at once, one wins.</summary>
    public static async Task<bool> UseStep(DbWork work, PersonId person, long step) => await work.Execute(
        "update access_totp set last_step = @step where person_id = @person and last_step < @step", new { person = person.Value, step }) == 1;

    public static async Task<bool> RemoveTotp(DbWork work, PersonId person) =>
        await work.Execute("delete from access_totp where person_id = @person", new { person = person.Value }) == 1;

    /// <summary>New recovery codes instead of all before.</summary>
    public static async Task ReplaceRecoveryCodes(DbWork work, PersonId person, byte[][] hashes, Instant now)
    {
        await RemoveRecoveryCodes(work, person);
        await work.Execute(
            "insert into access_recovery_codes (person_id, code_hash, created_at) select @person, hash, @now from unnest(@hashes) hash",
            new { person = person.Value, hashes, now = now.ToDateTimeOffset() });
    }

    public static Task RemoveRecoveryCodes(DbWork work, PersonId person) =>
        work.Execute("delete from access_recovery_codes where person_id = @person", new { person = person.Value });

    /// <summary>Uses a recovery code up; false when there is none such, or no more.</summary>
    public static async Task<bool> UseRecoveryCode(DbWork work, PersonId person, byte[] hash, Instant now) => await work.Execute(
        "update access_recovery_codes set used_at = @now where person_id = @person and code_hash = @hash and used_at is null",
        new { person = person.Value, hash, now = now.ToDateTimeOffset() }) == 1;

    /// <summary>Uses a ticket up; false when it was before. What expired meanwhile is forgotten, for it holds no more anyway.</summary>
    public static async Task<bool> SpendTicket(DbWork work, Guid ticket, Instant expires, Instant now)
    {
        await work.Execute("delete from access_spent_tickets where expires_at <= @now", new { now = now.ToDateTimeOffset() });
        return await work.Execute(
            "insert into access_spent_tickets (ticket_id, expires_at) values (@ticket, @expires) on conflict do nothing",
            new { ticket, expires = expires.ToDateTimeOffset() }) == 1;
    }

    /// <summary>When the person of a session last proved that it is them: at the sign-in, or since.</summary>
    public static Task<DateTimeOffset?> ProvedAt(DbWork work, SessionId session) => work.Maybe<DateTimeOffset?>(
        "select coalesce(proved_at, created_at) from access_sessions where customer_id = @customer and session_id = @session and ended_at is null",
        new { customer = CustomerId.Installation.Value, session = session.Value });

    public static Task SetProved(DbWork work, SessionId session, Instant now) => work.Execute(
        "update access_sessions set proved_at = @now where customer_id = @customer and session_id = @session and ended_at is null",
        new { customer = CustomerId.Installation.Value, session = session.Value, now = now.ToDateTimeOffset() });
}
