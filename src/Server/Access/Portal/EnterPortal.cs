using Cairn.Domain.Access;
using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>What somebody shows at the portal's door.</summary>
/// <param name="Token">The text of an invitation or a sign-in link.</param>
/// <param name="BrowserSecret">What the browser keeps since it asked for the link; <see langword="null"/> elsewhere.</param>
/// <param name="IsConfirmed">Whether a person has said that they want to come in.</param>
/// <param name="Address">Where from, for the ledger.</param>
internal sealed record PortalEntry(string Token, string? BrowserSecret, bool IsConfirmed, string Address);

/// <summary>
/// Begins a session of the portal from an invitation or a sign-in link, which it uses up. Programs that open every link
/// of a mail use nothing up: the token stands behind the hash, and outside the browser that asked for it nothing happens
/// without a confirmation.
/// </summary>
internal sealed class EnterPortal(Database database, LedgerAppender ledger, ICustomerLookup customers, Clock clock)
{
    /// <summary>The text of the session, for the cookie.</summary>
    public async Task<Outcome<string>> Run(PortalEntry entry, CancellationToken cancel)
    {
        var isInvitation = AccessToken.TryParse(PortalTokens.InvitationWord, entry.Token, out var token);
        if (!isInvitation && !AccessToken.TryParse(PortalTokens.LinkWord, entry.Token, out token))
        {
            return PortalProblems.TokenUnknown;
        }

        var customer = token.Customer;
        var name = await customers.NameOf(customer, cancel);
        return await database.ForCustomer<Outcome<string>>(customer, async work =>
        {
            var now = clock.Now;
            var row = isInvitation ? await PortalEntryStore.FindInvitation(work, customer, token.Id) : await PortalEntryStore.FindLink(work, customer, token.Id);
            if (row is null || !AccessSecrets.Matches(token.Secret, row.SecretHash)
                || await PortalStore.FindForChange(work, customer, new PortalPersonId(row.PortalPersonId)) is not { } standing)
            {
                return PortalProblems.TokenUnknown;
            }

            var person = standing.ToPerson();
            if (Refusal(row, isInvitation, person, now) is { } refusal)
            {
                return refusal;
            }

            if (!entry.IsConfirmed && !IsWhereItWasAskedFor(row, entry))
            {
                return PortalProblems.ConfirmationRequired(name, person.Name, person.Email, isInvitation);
            }

            var isFirst = isInvitation ? await PortalEntryStore.UseInvitation(work, customer, token.Id, now) : await PortalEntryStore.UseLink(work, customer, token.Id, now);
            return isFirst ? await Begin(work, person, isInvitation, entry.Address, now) : PortalProblems.TokenUsed;
        }, cancel);
    }

    private async Task<Outcome<string>> Begin(DbWork work, PortalPerson person, bool isInvitation, string address, Instant now)
    {
        if (person.AcceptedAt is null)
        {
            person = person with { AcceptedAt = now, Version = person.Version + 1 };
            await PortalStore.Update(work, person);
        }

        var text = await BeginSession(work, person, now);
        await PortalEntryStore.SeePerson(work, person.Customer, person.Id, now);
        var actor = new Actor("portal-person", person.Id.ToString(), person.Name);
        await ledger.Record(work, person.Customer, PortalChange.Of(isInvitation ? "portal-invitation.accepted" : "portal-session.started", actor, person) with
        {
            After = new { address },
        });
        return text;
    }

    /// <summary>A new session, always under a new id and secret.</summary>
    public static async Task<string> BeginSession(DbWork work, PortalPerson person, Instant now)
    {
        var token = new AccessToken(person.Customer, NewId.Next(), AccessSecrets.New());
        await PortalEntryStore.AddSession(work, person, new PortalSessionId(token.Id), AccessSecrets.Hash(token.Secret), now);
        return token.Write(PortalTokens.SessionWord);
    }

    private static Problem? Refusal(PortalTokenRow row, bool isInvitation, PortalPerson person, Instant now)
    {
        var (created, used) = (Instant.FromDateTimeOffset(row.CreatedAt), AccessStore.ToInstant(row.UsedAt));
        var refusal = isInvitation
            ? new PortalInvitation(created, used, AccessStore.ToInstant(row.RevokedAt)).RefusalAt(now)
            : new PortalLink(created, used).RefusalAt(now);
        // Deactivation ends every token, so that this is the second lock.
        return refusal ?? (person.DeactivatedAt is not null ? PortalProblems.TokenRevoked : null);
    }

    private static bool IsWhereItWasAskedFor(PortalTokenRow row, PortalEntry entry) =>
        row.BrowserHash is { } hash && entry.BrowserSecret is { } secret && AccessSecrets.Matches(secret, hash);
}

/// <summary>Ends a session of the portal for good. Ending an ended one changes nothing.</summary>
internal sealed class LeavePortal(Database database, LedgerAppender ledger, Clock clock)
{
    public Task Run(string text, Actor actor, CancellationToken cancel)
    {
        // Recognised a moment ago, so it can be read.
        AccessToken.TryParse(PortalTokens.SessionWord, text, out var token);
        var session = new PortalSessionId(token.Id);
        return database.ForCustomer(token.Customer, async work =>
        {
            if (await PortalEntryStore.EndSession(work, token.Customer, session, clock.Now) == 1)
            {
                await ledger.Record(work, token.Customer, new RecordChange("portal-session.ended", actor, "portal-session", session.ToString()));
            }

            return true;
        }, cancel);
    }
}
