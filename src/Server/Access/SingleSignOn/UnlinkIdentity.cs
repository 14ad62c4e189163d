using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>Takes a linked identity away, unless nothing would be left to sign in with.</summary>
internal sealed class UnlinkIdentity(Database database, LedgerAppender ledger)
{
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Run(PersonId person, IdentityId id, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
        {
            if (await SingleSignOnStore.Remove(work, person, id) is not { } issuer)
            {
                return SignInProblems.IdentityNotFound;
            }

            var row = await AccessStore.FindPerson(work, person);
            var factors = await SecondFactorsStore.FactorsOf(work, person);
            if (row?.PasswordHash is null && factors.Passkeys == 0 && (await SingleSignOnStore.List(work, person)).Count == 0)
            {
                work.Abandon();
                return SignInProblems.LastWayIn;
            }

            await ledger.Record(work, CustomerId.Installation, new RecordChange("identity.unlinked", actor, "identity", id.ToString())
            {
                SubjectName = actor.Name,
                Before = new { person = person.ToString(), issuer },
            });
            return null;
        }, cancel);
}
