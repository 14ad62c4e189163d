using Cairn.Domain.Access;
using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>A look that has begun.</summary>
/// <param name="Id">Which look.</param>
/// <param name="Path">Where it leads; shown this once.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
internal sealed record PortalViewBody(string Id, string Path, string ExpiresAt);

/// <summary>
/// Lets a member of the staff see the portal as one of a customer's people does. It takes the role Manager or above, or a
/// place in the customer's team; it writes nothing; its start, its end and every read in it are entries in the customer's
/// ledger. It is good in the hands of the one who began it only, beside their own session.
/// </summary>
internal sealed class SeeAsPerson(Database database, LedgerAppender ledger, IPortfolioLookup portfolios, Clock clock)
{
    public async Task<Outcome<PortalViewBody>> Begin(CustomerId customer, PortalPersonId id, Caller staff, CancellationToken cancel)
    {
        var person = staff.Person ?? throw new InvalidOperationException("The policy lets people of the staff through and nobody else.");
        if (staff.Role is not >= StaffRole.Manager && !(await portfolios.PortfolioOf(person, cancel)).Contains(customer))
        {
            return PortalProblems.NotOfTheTeam;
        }

        return await database.ForCustomer<Outcome<PortalViewBody>>(customer, async work =>
        {
            if (await PortalStore.Find(work, customer, id) is not { } row)
            {
                return PortalProblems.PersonNotFound;
            }

            var seen = row.ToPerson();
            if (seen.DeactivatedAt is not null)
            {
                return PortalProblems.PersonDeactivated;
            }

            var now = clock.Now;
            var token = new AccessToken(customer, NewId.Next(), AccessSecrets.New());
            var view = new PortalViewId(token.Id);
            await PortalEntryStore.AddView(work, seen, view, person, AccessSecrets.Hash(token.Secret), now);
            await ledger.Record(work, customer, PortalChange.Of("portal-view.started", staff.Actor, seen) with { Kind = LedgerKind.Read, After = new { view = view.ToString() } });
            return new PortalViewBody(view.ToString(), $"/portal/see-as#{token.Write(PortalTokens.ViewWord)}", Rfc3339.Format(now + PortalView.Lifetime));
        }, cancel);
    }

    /// <summary>Ends a look of this member of the staff. Ending an ended one, or another's, changes nothing.</summary>
    public Task End(CustomerId customer, PortalViewId view, Caller staff, CancellationToken cancel) => database.ForCustomer(customer, async work =>
    {
        if (await PortalEntryStore.EndView(work, customer, view, staff.Person!.Value, clock.Now) is { } seen)
        {
            await ledger.Record(work, customer, new RecordChange("portal-view.ended", staff.Actor, "portal-person", new PortalPersonId(seen).ToString())
            {
                Kind = LedgerKind.Read,
                After = new { view = view.ToString() },
            });
        }

        return true;
    }, cancel);
}
