using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>Changes who somebody is here: name, role, job roles, reach. It holds from their next request on.</summary>
internal sealed class ChangePerson(Database database, LedgerAppender ledger)
{
    /// <param name="id">Who.</param>
    /// <param name="version">The version that the change is based on.</param>
    /// <param name="change">Lays the change over the person as they are, and notes what it cannot read.</param>
    /// <param name="caller">Who changes them.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public async Task<Outcome<Person>> Run(PersonId id, long version, Func<PersonDetails, InputFaults, PersonDetails> change, Caller caller, CancellationToken cancel)
    {
        var faults = new InputFaults();
        if (await database.ForCustomer(CustomerId.Installation, work => AccessStore.FindPerson(work, id), cancel) is not { } standing)
        {
            return AccessProblems.PersonNotFound;
        }

        // Customers are never deleted, so that checking them before the transaction is as good as within it.
        var made = standing.ToPerson().With(change(standing.ToPerson().ToDetails(), faults), faults);
        await NamedCustomers.Check(database, caller, made, faults, cancel);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        return await database.ForCustomer<Outcome<Person>>(CustomerId.Installation, async work =>
        {
            await AccessStore.LockAdministrators(work);
            var row = (await AccessStore.FindPersonForChange(work, id))!;
            var (before, after) = (row.ToPerson(), made.Value);
            if (row.Version != version)
            {
                return PlatformProblems.LostRace(row.Version);
            }

            if (before.Role == StaffRole.Admin && after.Role != StaffRole.Admin && row is { DeactivatedAt: null, JoinedAt: not null }
                && await PeopleStore.OtherAdministrators(work, id) == 0)
            {
                return AccessProblems.LastAdministrator;
            }

            await PeopleStore.Update(work, after);
            await ledger.Record(work, CustomerId.Installation, new RecordChange("person.changed", caller.Actor, "person", id.ToString())
            {
                SubjectName = after.Name,
                Before = StaffBody.Recorded(before),
                After = StaffBody.Recorded(after),
            });
            return after;
        }, cancel);
    }
}
