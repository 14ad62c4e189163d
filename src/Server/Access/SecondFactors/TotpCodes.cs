using System.Security.Cryptography;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>The secrets of authenticator apps, which only leave the box to be compared, and the codes that are used up.</summary>
internal sealed class TotpCodes(SecretBox box)
{
    /// <summary>A new secret, and how it is stored.</summary>
    public (byte[] Secret, byte[] Sealed) New(PersonId person)
    {
        var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        return (secret, box.Seal(Purpose(person), secret));
    }

    /// <summary>The step that a code belongs to; <see langword="null"/> when it holds no more or never did.</summary>
    public long? Match(PersonId person, TotpRow row, string code, Instant now) => Totp.Match(box.Unseal(Purpose(person), row.Sealed), code, now, row.LastStep);

    /// <summary>Checks a code of the confirmed app and uses it up.</summary>
    public async Task<bool> Use(DbWork work, PersonId person, string code, Instant now) =>
        await SecondFactorsStore.FindTotp(work, person) is { ConfirmedAt: not null } row
        && Match(person, row, code, now) is { } step
        && await SecondFactorsStore.UseStep(work, person, step);

    /// <summary>Confirms the app that is being set up, by a code of it.</summary>
    /// <returns>New recovery codes when there were none; none when those there are stay.</returns>
    public async Task<Outcome<string[]>> Confirm(DbWork work, PersonId person, string code, Instant now)
    {
        var row = await SecondFactorsStore.FindTotp(work, person);
        if (row is null || row.ConfirmedAt is not null)
        {
            return row is null ? SignInProblems.TotpNotStarted : SignInProblems.TotpEnrolled;
        }

        if (Match(person, row, code, now) is not { } step)
        {
            return SignInProblems.TotpCodeWrong;
        }

        var before = await SecondFactorsStore.FactorsOf(work, person);
        if (!await SecondFactorsStore.ConfirmTotp(work, person, step, now))
        {
            return SignInProblems.TotpEnrolled;
        }

        return before.RecoveryCodes > 0 ? Array.Empty<string>() : await NewRecoveryCodes(work, person, now);
    }

    /// <summary>New recovery codes instead of all before, as they are shown this once.</summary>
    public static async Task<string[]> NewRecoveryCodes(DbWork work, PersonId person, Instant now)
    {
        var codes = Enumerable.Range(0, RecoveryCode.Count).Select(_ => RandomNumberGenerator.GetString(AccessToken.SecretAlphabet, RecoveryCode.Length)).ToList();
        await SecondFactorsStore.ReplaceRecoveryCodes(work, person, [.. codes.Select(AccessSecrets.Hash)], now);
        return [.. codes.Select(RecoveryCode.Write)];
    }

    /// <summary>Uses a recovery code up; false when it is none of theirs, or was used.</summary>
    public static Task<bool> UseRecoveryCode(DbWork work, PersonId person, string typed, Instant now) =>
        SecondFactorsStore.UseRecoveryCode(work, person, AccessSecrets.Hash(RecoveryCode.Canonical(typed)), now);

    private static string Purpose(PersonId person) => $"totp secret of {person}";
}
