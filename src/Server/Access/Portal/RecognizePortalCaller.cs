using Cairn.Domain.Access;
using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>
/// Says which of a customer's people makes a request, and what they see. Read anew for every request: what is unshared,
/// or whoever is deactivated, is gone with the next one.
/// </summary>
internal sealed class RecognizePortalCaller(Database database, Clock clock)
{
    public async ValueTask<Outcome<Caller>> BySession(string text)
    {
        if (!AccessToken.TryParse(PortalTokens.SessionWord, text, out var token))
        {
            return PortalProblems.SessionEnded;
        }

        var (customer, session) = (token.Customer, new PortalSessionId(token.Id));
        var now = clock.Now;
        return await database.ForCustomer<Outcome<Caller>>(customer, async work =>
        {
            if (await PortalEntryStore.FindSession(work, customer, session) is not { } row || !AccessSecrets.Matches(token.Secret, row.SecretHash))
            {
                return PortalProblems.SessionEnded;
            }

            var life = row.ToSession();
            if (!life.LivesAt(now))
            {
                // For good, so that a clock set back revives nothing.
                await PortalEntryStore.EndSession(work, customer, session, now);
                return PortalProblems.SessionEnded;
            }

            var person = new PortalPersonId(row.PortalPersonId);
            if (life.IsDueAt(now))
            {
                await PortalEntryStore.Touch(work, customer, session, person, now);
            }

            return new Caller
            {
                Kind = CallerKind.PortalPerson,
                Customer = customer,
                PortalPerson = person,
                PortalRoles = row.Roles,
                Sight = await SharesStore.SightOf(work, customer, row.Roles),
                Actor = new Actor("portal-person", person.ToString(), row.Name),
            };
        });
    }

    /// <summary>A member of the staff who looks through somebody's eyes. It takes their own session beside the text of the look, and their reach.</summary>
    public async ValueTask<Outcome<Caller>> ByView(Caller staff, string text)
    {
        if (staff.Person is not { } looker || !AccessToken.TryParse(PortalTokens.ViewWord, text, out var token) || !staff.Reaches(token.Customer))
        {
            return PortalProblems.ViewEnded;
        }

        var (customer, view) = (token.Customer, new PortalViewId(token.Id));
        return await database.ForCustomer<Outcome<Caller>>(customer, async work =>
            await PortalEntryStore.FindView(work, customer, view) is { } row && AccessSecrets.Matches(token.Secret, row.SecretHash)
            && row.PersonId == looker.Value && row.ToView().LivesAt(clock.Now)
                ? new Caller
                {
                    Kind = CallerKind.PortalPerson,
                    Customer = customer,
                    PortalPerson = new PortalPersonId(row.PortalPersonId),
                    PortalRoles = row.Roles,
                    Sight = await SharesStore.SightOf(work, customer, row.Roles),
                    View = view,
                    Actor = staff.Actor,
                }
                : PortalProblems.ViewEnded);
    }
}

/// <summary>The words with which the texts of the portal's tokens begin. Each kind has its own, so that none passes for another.</summary>
internal static class PortalTokens
{
    public const string InvitationWord = "portalinvite";

    public const string LinkWord = "portallink";

    public const string SessionWord = "portal";

    public const string ViewWord = "portalview";

    /// <summary>Where a browser shows the text of a look: a header, so that each tab has its own and none outlives its tab.</summary>
    public const string ViewHeader = "Cairn-Portal-View";

    /// <summary>Where a link leads. The token stands behind the hash, which browsers send to no server and no other site.</summary>
    public static string EntryPath(string token) => "/portal/enter#" + token;
}
