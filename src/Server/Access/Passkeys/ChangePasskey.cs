using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Passkeys;

/// <summary>Renames a passkey or takes it away; with the last factor the recovery codes go.</summary>
internal sealed class ChangePasskey(Database database, LedgerAppender ledger)
{
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Rename(PersonId person, PasskeyId id, string name, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
        {
            if (await PasskeysStore.Rename(work, person, id, name) is not { } before)
            {
                return SignInProblems.PasskeyNotFound;
            }

            await ledger.Record(work, CustomerId.Installation, new RecordChange("passkey.renamed", actor, "passkey", id.ToString())
            {
                SubjectName = name,
                Before = new { name = before },
                After = new { name },
            });
            return null;
        }, cancel);

    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Remove(PersonId person, StaffRole role, PasskeyId id, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
        {
            if (await PasskeysStore.Remove(work, person, id) is not { } name)
            {
                return SignInProblems.PasskeyNotFound;
            }

            if (!(await SecondFactorsStore.FactorsOf(work, person)).Any)
            {
                if (await SecondFactorDemand.Covers(work, role))
                {
                    work.Abandon();
                    return SignInProblems.SecondFactorDemanded;
                }

                await SecondFactorsStore.RemoveRecoveryCodes(work, person);
            }

            await ledger.Record(work, CustomerId.Installation, new RecordChange("passkey.removed", actor, "passkey", id.ToString())
            {
                SubjectName = name,
                Before = new { person = person.ToString(), name },
            });
            return null;
        }, cancel);
}
