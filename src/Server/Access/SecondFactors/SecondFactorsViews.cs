using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>How somebody signs in, as they see it themselves.</summary>
/// <param name="HasPassword">False for who comes in by single sign-on alone.</param>
/// <param name="TotpSince">Since when an authenticator app is asked; null without one.</param>
/// <param name="RecoveryCodes">How many recovery codes are left.</param>
/// <param name="IsSecondFactorDemanded">Whether the person's role takes a second factor here.</param>
/// <param name="ProvedUntil">Until when changes need no further proof; may be past.</param>
internal sealed record AccountSecurityBody(bool HasPassword, string? TotpSince, long RecoveryCodes, bool IsSecondFactorDemanded, string? ProvedUntil);

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
            null);
    }, cancel);

    private static string? Text(DateTimeOffset? time) => time is { } value ? Rfc3339.Format(NodaTime.Instant.FromDateTimeOffset(value)) : null;
}
