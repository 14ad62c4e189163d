using Cairn.Domain.Access;
using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>
/// Invites one of a customer's people to the portal, or invites them again. An invitation names its customer in its text,
/// is stored as a hash, and is good for one acceptance; a new one takes the ones before back.
/// </summary>
internal sealed class InvitePerson(Database database, LedgerAppender ledger, ICustomerLookup customers, PortalMail mail, Clock clock)
{
    /// <param name="customer">Whose person.</param>
    /// <param name="draft">Who.</param>
    /// <param name="actor">Who invites them.</param>
    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public async Task<Outcome<InvitedBody>> Run(CustomerId customer, PortalPersonDraft draft, Actor actor, InputFaults faults, CancellationToken cancel)
    {
        var now = clock.Now;
        var made = PortalPerson.Invite(draft, new PortalPersonId(NewId.Next()), customer, now, faults);
        if (!made.IsOk)
        {
            return made.Problem;
        }

        var person = made.Value;
        var customerName = await customers.NameOf(customer, cancel);
        return await database.ForCustomer<Outcome<InvitedBody>>(customer, async work =>
        {
            if (await PortalStore.Count(work, customer) >= PortalStore.MostPeople)
            {
                return PortalProblems.TooManyPeople(PortalStore.MostPeople);
            }

            if (!await PortalStore.Add(work, person))
            {
                return PortalProblems.PersonKnown;
            }

            var invited = await Send(work, person, customerName, actor, now);
            await ledger.Record(work, customer, PortalChange.Of("portal-person.invited", actor, person) with { After = PortalPersonBody.Recorded(person) });
            return invited;
        }, cancel);
    }

    /// <summary>
    /// A new invitation for somebody who has not come in yet; where no mail leaves also for somebody who has, who could not
    /// come back otherwise.
    /// </summary>
    public async Task<Outcome<InvitedBody>> Again(CustomerId customer, PortalPersonId id, Actor actor, CancellationToken cancel)
    {
        var now = clock.Now;
        var customerName = await customers.NameOf(customer, cancel);
        return await database.ForCustomer<Outcome<InvitedBody>>(customer, async work =>
        {
            if (await PortalStore.FindForChange(work, customer, id) is not { } row)
            {
                return PortalProblems.PersonNotFound;
            }

            var person = row.ToPerson();
            if ((person.DeactivatedAt is not null ? PortalProblems.PersonDeactivated
                : person.AcceptedAt is not null && mail.IsConfigured ? PortalProblems.AlreadyAccepted
                : null) is { } problem)
            {
                return problem;
            }

            await PortalStore.RevokeInvitations(work, person, now);
            var invited = await Send(work, person, customerName, actor, now);
            await ledger.Record(work, customer, PortalChange.Of("portal-invitation.sent", actor, person));
            return invited;
        }, cancel);
    }

    private async Task<InvitedBody> Send(DbWork work, PortalPerson person, string customerName, Actor actor, Instant now)
    {
        var token = new AccessToken(person.Customer, NewId.Next(), AccessSecrets.New());
        await PortalStore.AddInvitation(work, person, new PortalInvitationId(token.Id), AccessSecrets.Hash(token.Secret), now, actor);
        var path = PortalTokens.EntryPath(token.Write(PortalTokens.InvitationWord));
        await mail.SendInvitation(work, person, customerName, actor, path);
        var body = PortalPersonBody.Of(person, new PortalInvitation(now, null, null), null, now);
        return new InvitedBody(body, mail.IsConfigured, mail.IsConfigured ? null : path);
    }
}

/// <summary>How changes to a customer's people stand in that customer's ledger.</summary>
internal static class PortalChange
{
    public static RecordChange Of(string action, Actor actor, PortalPerson person) =>
        new(action, actor, "portal-person", person.Id.ToString()) { SubjectName = person.Name };
}
