using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>
/// Makes an account for somebody and sends them a link to come in. Nobody but them ever knows the password; the link works
/// once, and a newer one makes it void.
/// </summary>
internal sealed class InvitePerson(Database database, LedgerAppender ledger, IOutbox outbox, Clock clock)
{
    /// <param name="Person">Who was invited.</param>
    /// <param name="Path">Where the link leads; it holds the secret.</param>
    public sealed record Invited(Person Person, string Path);

    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    public async Task<Outcome<Invited>> Run(string? email, PersonDetails details, Caller caller, InputFaults faults, CancellationToken cancel)
    {
        var made = Person.Invite(email, details, new PersonId(NewId.Next()), faults);
        await NamedCustomers.Check(database, caller, made, faults, cancel);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        var person = made.Value;
        return await database.ForCustomer<Outcome<Invited>>(CustomerId.Installation, async work =>
        {
            var now = clock.Now;
            if (!await PeopleStore.Invite(work, person, now))
            {
                return AccessProblems.EmailTaken;
            }

            var path = await PersonLinks.Send(work, outbox, person, PersonLink.Invitation, caller.Actor, now);
            await ledger.Record(work, CustomerId.Installation, new RecordChange("person.invited", caller.Actor, "person", person.Id.ToString())
            {
                SubjectName = person.Name,
                After = StaffBody.Recorded(person),
            });
            return new Invited(person, path);
        }, cancel);
    }

    /// <summary>Sends somebody who has not come in yet another link; the one before is void.</summary>
    public Task<Outcome<Invited>> Again(PersonId id, Caller caller, CancellationToken cancel) =>
        database.ForCustomer<Outcome<Invited>>(CustomerId.Installation, async work =>
        {
            if (await AccessStore.FindPersonForChange(work, id) is not { } row)
            {
                return AccessProblems.PersonNotFound;
            }

            if (row.DeactivatedAt is not null || row.JoinedAt is not null)
            {
                return row.DeactivatedAt is not null ? AccessProblems.PersonIsDeactivated : AccessProblems.AlreadyJoined;
            }

            var person = row.ToPerson();
            var path = await PersonLinks.Send(work, outbox, person, PersonLink.Invitation, caller.Actor, clock.Now);
            await ledger.Record(work, CustomerId.Installation, new RecordChange("person.invited", caller.Actor, "person", person.Id.ToString()) { SubjectName = person.Name });
            return new Invited(person, path);
        }, cancel);
}

/// <summary>Sees to it that a reach names customers that are there.</summary>
internal static class NamedCustomers
{
    public static async Task Check(Database database, Caller caller, Outcome<Person> made, InputFaults faults, CancellationToken cancel)
    {
        if (!made.IsOk || made.Value.Reach.Customers.Count == 0)
        {
            return;
        }

        var customers = made.Value.Reach.Customers;
        await database.ForCaller(caller, async work =>
        {
            for (var at = 0; at < customers.Count; at++)
            {
                if (!await CustomerScope.Exists(work, customers[at]))
                {
                    faults.Add($"/customers/{at}", Reach.CustomerUnknown, $"There is no customer {customers[at]}.");
                }
            }

            return true;
        }, cancel);
    }
}
