using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>
/// Changes one of a customer's people: their name and roles, whether they may come in, and whether their invitation holds.
/// What they see follows with their next request, because nothing about them is remembered between two.
/// </summary>
internal sealed class ChangePortalPerson(Database database, LedgerAppender ledger, Clock clock)
{
    /// <summary>Another name or other roles, based on a version of the record.</summary>
    /// <param name="customer">Whose person.</param>
    /// <param name="id">Which person.</param>
    /// <param name="version">The version that the change is based on.</param>
    /// <param name="change">Lays the change over the person as they are.</param>
    /// <param name="actor">Who changes them.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public Task<Outcome<PortalPersonRow>> Edit(
        CustomerId customer, PortalPersonId id, long version, Func<PortalPerson, Outcome<PortalPerson>> change, Actor actor, CancellationToken cancel) =>
        Change(customer, id, (actor, "portal-person.changed"), (_, person) => Task.FromResult(
            person.Version != version ? PlatformProblems.LostRace(person.Version) : change(person)), cancel);

    /// <summary>Ends a person's access at once: sessions, links and invitations.</summary>
    public Task<Outcome<PortalPersonRow>> Deactivate(CustomerId customer, PortalPersonId id, Actor actor, CancellationToken cancel) =>
        Change(customer, id, (actor, "portal-person.deactivated"), async (work, person) =>
        {
            if (person.DeactivatedAt is not null)
            {
                return person;
            }

            var now = clock.Now;
            await PortalEntryStore.EndEverything(work, person, now);
            await PortalStore.RevokeInvitations(work, person, now);
            return person with { DeactivatedAt = now };
        }, cancel);

    /// <summary>Lets a person come in again: by a link they ask for, or by a new invitation if they never did.</summary>
    public Task<Outcome<PortalPersonRow>> Reactivate(CustomerId customer, PortalPersonId id, Actor actor, CancellationToken cancel) =>
        Change(customer, id, (actor, "portal-person.reactivated"), (_, person) => Task.FromResult<Outcome<PortalPerson>>(person with { DeactivatedAt = null }), cancel);

    /// <summary>Takes a pending invitation back.</summary>
    public Task<Problem?> RevokeInvitation(CustomerId customer, PortalPersonId id, Actor actor, CancellationToken cancel) => database.ForCustomer<Problem?>(customer, async work =>
    {
        if (await PortalStore.FindForChange(work, customer, id) is not { } row)
        {
            return PortalProblems.PersonNotFound;
        }

        var person = row.ToPerson();
        if (await PortalStore.RevokeInvitations(work, person, clock.Now) == 0)
        {
            return PortalProblems.NoPendingInvitation;
        }

        await ledger.Record(work, customer, PortalChange.Of("portal-invitation.revoked", actor, person));
        return null;
    }, cancel);

    private Task<Outcome<PortalPersonRow>> Change(
        CustomerId customer, PortalPersonId id, (Actor Actor, string Action) entry, Func<DbWork, PortalPerson, Task<Outcome<PortalPerson>>> change, CancellationToken cancel) =>
        database.ForCustomer<Outcome<PortalPersonRow>>(customer, async work =>
        {
            if (await PortalStore.FindForChange(work, customer, id) is not { } row)
            {
                return PortalProblems.PersonNotFound;
            }

            var before = row.ToPerson();
            var changed = await change(work, before);
            if (!changed.IsOk)
            {
                return changed.Problem;
            }

            if (changed.Value.Name == before.Name && changed.Value.Roles.SequenceEqual(before.Roles) && changed.Value.DeactivatedAt == before.DeactivatedAt)
            {
                return row;
            }

            var after = changed.Value with { Version = before.Version + 1 };
            await PortalStore.Update(work, after);
            await ledger.Record(work, customer, PortalChange.Of(entry.Action, entry.Actor, after) with
            {
                Before = PortalPersonBody.Recorded(before),
                After = PortalPersonBody.Recorded(after),
            });
            return (await PortalStore.Find(work, customer, id))!;
        }, cancel);
}
