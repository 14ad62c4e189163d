using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.Sessions;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>
/// Ends somebody's access: sessions and open links end in the same transaction, so that it is over at once. What they did
/// stays under their name. Letting them in again opens nothing that was open before: they sign in anew.
/// </summary>
internal sealed class DeactivatePerson(Database database, LedgerAppender ledger, Clock clock)
{
    /// <returns>The refusal, or <see langword="null"/>. Ending what is ended changes nothing and succeeds.</returns>
    public Task<Problem?> Run(PersonId id, Caller caller, CancellationToken cancel) => database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
    {
        await AccessStore.LockAdministrators(work);
        if (await AccessStore.FindPersonForChange(work, id) is not { } row)
        {
            return AccessProblems.PersonNotFound;
        }

        if (row is { Role: nameof(StaffRole.Admin), DeactivatedAt: null, JoinedAt: not null } && await PeopleStore.OtherAdministrators(work, id) == 0)
        {
            return AccessProblems.LastAdministrator;
        }

        var now = clock.Now;
        if (await PeopleStore.SetDeactivated(work, id, now))
        {
            var ended = await SessionsStore.EndAll(work, id, null, now);
            await PeopleStore.VoidLinks(work, id, now);
            await ledger.Record(work, CustomerId.Installation, new RecordChange("person.deactivated", caller.Actor, "person", id.ToString())
            {
                SubjectName = row.Name,
                After = new { sessionsEnded = ended },
            });
        }

        return null;
    }, cancel);

    /// <summary>Lets somebody in again, with the role and reach that they had.</summary>
    public Task<Problem?> Undo(PersonId id, Caller caller, CancellationToken cancel) => database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
    {
        if (await AccessStore.FindPersonForChange(work, id) is not { } row)
        {
            return AccessProblems.PersonNotFound;
        }

        if (await PeopleStore.SetDeactivated(work, id, null))
        {
            await ledger.Record(work, CustomerId.Installation, new RecordChange("person.reactivated", caller.Actor, "person", id.ToString()) { SubjectName = row.Name });
        }

        return null;
    }, cancel);
}
