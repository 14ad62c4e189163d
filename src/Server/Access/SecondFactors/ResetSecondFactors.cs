using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.Passkeys;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>
/// Takes all second factors of somebody away who lost them, so that the password is enough once more. The administrator
/// makes sure by other means that it is them who asks.
/// </summary>
internal sealed class ResetSecondFactors(Database database, LedgerAppender ledger)
{
    /// <returns>The refusal, or <see langword="null"/>. Resetting nothing changes nothing.</returns>
    public Task<Problem?> Run(PersonId person, Actor actor, CancellationToken cancel) => database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
    {
        if (await AccessStore.FindPerson(work, person) is not { } row)
        {
            return SignInProblems.AccountNotFound;
        }

        var before = await SecondFactorsStore.FactorsOf(work, person);
        await SecondFactorsStore.RemoveTotp(work, person);
        await SecondFactorsStore.RemoveRecoveryCodes(work, person);
        await PasskeysStore.RemoveAll(work, person);
        if (before.Any)
        {
            await ledger.Record(work, CustomerId.Installation, new RecordChange("second-factors.reset", actor, "person", person.ToString())
            {
                SubjectName = row.Name,
                Before = new { totp = before.Totp, passkeys = before.Passkeys, recoveryCodes = before.RecoveryCodes },
            });
        }

        return null;
    }, cancel);
}
