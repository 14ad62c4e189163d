using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>Takes an authenticator app away, and the recovery codes with the last factor. Removing none changes nothing.</summary>
internal sealed class RemoveTotp(Database database, LedgerAppender ledger)
{
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Run(PersonId person, StaffRole role, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
        {
            var factors = await SecondFactorsStore.FactorsOf(work, person);
            if (factors is { Totp: true, Passkeys: 0 } && await SecondFactorDemand.Covers(work, role))
            {
                return SignInProblems.SecondFactorDemanded;
            }

            await SecondFactorsStore.RemoveTotp(work, person);
            if (!factors.Totp)
            {
                // At most a proposal that nobody confirmed: nothing that a record would tell of.
                return null;
            }

            if (factors.Passkeys == 0)
            {
                await SecondFactorsStore.RemoveRecoveryCodes(work, person);
            }

            await ledger.Record(work, CustomerId.Installation, new RecordChange("second-factor.removed", actor, "person", person.ToString())
            {
                SubjectName = actor.Name,
                Before = new { factor = "totp" },
            });
            return null;
        }, cancel);
}
