using Cairn.Domain.Foundation;
using Cairn.Server.Access.Passkeys;
using Cairn.Server.Access.SingleSignOn;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>How somebody signs in, as they see it themselves.</summary>
/// <param name="HasPassword">False for who comes in by single sign-on alone.</param>
/// <param name="TotpSince">Since when an authenticator app is asked; null without one.</param>
/// <param name="RecoveryCodes">How many recovery codes are left.</param>
/// <param name="IsSecondFactorDemanded">Whether the person's role takes a second factor here.</param>
/// <param name="ProvedUntil">Until when changes need no further proof; may be past.</param>
/// <param name="Passkeys">The passkeys, oldest first.</param>
/// <param name="Identities">Who the person is at identity providers.</param>
internal sealed record AccountSecurityBody(
    bool HasPassword,
    string? TotpSince,
    long RecoveryCodes,
    bool IsSecondFactorDemanded,
    string? ProvedUntil,
    IReadOnlyList<PasskeyBody> Passkeys,
    IReadOnlyList<IdentityBody> Identities);

/// <summary>Who somebody is at an identity provider.</summary>
/// <param name="Email">The address that the provider has of them; it decides nothing.</param>
internal sealed record IdentityBody(string Id, string Issuer, string? Email, string CreatedAt, string? LastUsedAt);

/// <summary>A passkey as its owner sees it.</summary>
/// <param name="IsBackedUp">Whether a password manager keeps it beyond the one device.</param>
internal sealed record PasskeyBody(string Id, string Name, bool IsBackedUp, string CreatedAt, string? LastUsedAt);

/// <summary>What people see of how they sign in.</summary>
internal sealed class SecondFactorsViews(Database database)
{
    /// <summary>All of it but the last member, which belongs to the session.</summary>
    public Task<AccountSecurityBody> Security(PersonId person, StaffRole role, CancellationToken cancel) => database.ForCustomer(CustomerId.Installation, async work =>
    {
        var row = await AccessStore.FindPerson(work, person);
        var totp = await SecondFactorsStore.FindTotp(work, person);
        var factors = await SecondFactorsStore.FactorsOf(work, person);
        return new AccountSecurityBody(
            row?.PasswordHash is not null,
            Text(totp?.ConfirmedAt),
            factors.RecoveryCodes,
            await SecondFactorDemand.Covers(work, role),
            null,
            [.. (await PasskeysStore.List(work, person)).Select(Shown)],
            [.. (await SingleSignOnStore.List(work, person)).Select(Shown)]);
    }, cancel);

    private static PasskeyBody Shown(PasskeyRow passkey) => new(
        new PasskeyId(passkey.PasskeyId).ToString(), passkey.Name, passkey.IsBackedUp, Text(passkey.CreatedAt)!, Text(passkey.LastUsedAt));

    private static IdentityBody Shown(IdentityRow identity) => new(
        new IdentityId(identity.IdentityId).ToString(), identity.Issuer, identity.Email, Text(identity.CreatedAt)!, Text(identity.LastUsedAt));

    private static string? Text(DateTimeOffset? time) => time is { } value ? Rfc3339.Format(NodaTime.Instant.FromDateTimeOffset(value)) : null;
}
