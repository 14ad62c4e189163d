using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>New recovery codes instead of all before, shown this once.</summary>
internal sealed class RenewRecoveryCodes(Database database, LedgerAppender ledger, Clock clock)
{
    public Task<Outcome<string[]>> Run(PersonId person, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Outcome<string[]>>(CustomerId.Installation, async work =>
        {
            if (!(await SecondFactorsStore.FactorsOf(work, person)).Any)
            {
                return SignInProblems.SecondFactorMissing;
            }

            var codes = await TotpCodes.NewRecoveryCodes(work, person, clock.Now);
            await ledger.Record(work, CustomerId.Installation, new RecordChange("recovery-codes.renewed", actor, "person", person.ToString())
            {
                SubjectName = actor.Name,
                After = new { count = codes.Length },
            });
            return codes;
        }, cancel);
}
