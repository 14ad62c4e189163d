using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>What an app needs to know, shown until a code confirms that it does.</summary>
/// <param name="Secret">To be typed in groups of four, where there is no camera.</param>
/// <param name="Uri">To be shown as a QR code.</param>
internal sealed record TotpProposal(string Secret, string Uri);

/// <summary>Sets up an authenticator app in two steps: a secret for the app, then a code that shows that the app has it.</summary>
internal sealed class EnrolTotp(Database database, LedgerAppender ledger, TotpCodes codes, Clock clock)
{
    private const string Issuer = "Cairn";

    /// <summary>Proposes a secret. A proposal that nobody confirmed is replaced and asks nothing of anybody.</summary>
    public Task<Outcome<TotpProposal>> Propose(PersonId person, CancellationToken cancel) =>
        database.ForCustomer<Outcome<TotpProposal>>(CustomerId.Installation, async work =>
        {
            var (secret, stored) = codes.New(person);
            return await AccessStore.FindPerson(work, person) is { } row && await SecondFactorsStore.ProposeTotp(work, person, stored, clock.Now)
                ? new TotpProposal(Totp.Base32(secret), Totp.Uri(Issuer, row.Email, secret))
                : SignInProblems.TotpEnrolled;
        }, cancel);

    /// <returns>New recovery codes when there were none; an empty list when those there are stay.</returns>
    public Task<Outcome<string[]>> Confirm(PersonId person, string code, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Outcome<string[]>>(CustomerId.Installation, async work =>
        {
            var confirmed = await codes.Confirm(work, person, code, clock.Now);
            if (confirmed.IsOk)
            {
                await ledger.Record(work, CustomerId.Installation, new RecordChange("second-factor.added", actor, "person", person.ToString())
                {
                    SubjectName = actor.Name,
                    After = new { factor = "totp", newRecoveryCodes = confirmed.Value.Length },
                });
            }

            return confirmed;
        }, cancel);
}
