using System.Security.Cryptography;
using System.Text;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>What a browser brings back from the provider.</summary>
/// <param name="Session">The session that the browser shows beside it.</param>
internal sealed record ProviderReturn(string? State, string? Code, string? Issuer, SessionId? Session, string Address);

/// <summary>A way to the provider and back that came to its end.</summary>
/// <param name="To">Where to go on.</param>
/// <param name="SessionText">A session that began; <see langword="null"/> when one was there, or none began.</param>
/// <param name="Problem">Why nothing came of it; <see langword="null"/> when something did.</param>
internal sealed record CameBack(string To, string? SessionText, Problem? Problem);

/// <summary>Takes up a browser that comes back from the provider. Whatever it brings, its ticket is used up first, so that nothing can be tried twice.</summary>
internal sealed class FinishSingleSignOn(
    Database database, IdentityProvider provider, Tickets tickets, AdmitIdentity identities, Clock clock, ILogger<FinishSingleSignOn> log)
{
    private const int LongestCode = 4_000;

    public async Task<CameBack> Run(string? ticketText, ProviderReturn back, Uri callback, CancellationToken cancel)
    {
        const string door = "/sign-in";
        if (tickets.Read<SingleSignOnTicket>(SingleSignOnTicket.Purpose, ticketText) is not { } ticket
            || !IsSame(back.State, ticket.Content.State)
            || !await database.ForCustomer(CustomerId.Installation, work => tickets.Spend(work, ticket), cancel))
        {
            return new CameBack(door, null, SignInProblems.SingleSignOnExpired);
        }

        var asked = ticket.Content;
        var came = await Ask(ticket, back, callback, cancel);
        if (came.IsOk)
        {
            return new CameBack(asked.To, came.Value, null);
        }

        AccessLog.SignInRefused(log, back.Address, came.Problem.Code);
        return new CameBack(asked.Aim == SingleSignOnAim.SignIn ? door : asked.To, null, came.Problem);
    }

    /// <returns>The text of a session that began; <see langword="null"/> when one was there.</returns>
    private async Task<Outcome<string?>> Ask(Ticket<SingleSignOnTicket> ticket, ProviderReturn back, Uri callback, CancellationToken cancel)
    {
        // Another provider's answer is not taken for this one's (RFC 9207).
        if (back.Code is not { Length: > 0 and <= LongestCode } code || (back.Issuer is not null && back.Issuer != provider.Options.IssuerText))
        {
            return SignInProblems.SingleSignOnRefused;
        }

        var asked = ticket.Content;
        var after = asked.Aim == SingleSignOnAim.Prove ? ticket.ExpiresAt - SingleSignOnTicket.Life : (Instant?)null;
        var expected = new IdTokenExpectation(provider.Options.IssuerText, provider.Options.ClientId, asked.Nonce, after);
        try
        {
            return await provider.Exchange(code, asked.Verifier, callback, expected, cancel) is { } who
                ? await database.ForCustomer(CustomerId.Installation, work => Take(work, asked, who, back), cancel)
                : SignInProblems.SingleSignOnRefused;
        }
        catch (ProviderException e)
        {
            AccessLog.ProviderFailed(log, e.Message);
            return SignInProblems.SingleSignOnRefused;
        }
    }

    private async Task<Outcome<string?>> Take(DbWork work, SingleSignOnTicket asked, ProviderPerson who, ProviderReturn back)
    {
        var now = clock.Now;
        if (asked.Aim == SingleSignOnAim.SignIn)
        {
            var entered = await identities.Enter(work, who, back.Address, now);
            return entered.IsOk ? entered.Value : entered.Problem;
        }

        // Linking and proving are for the session that asked, and for no other that the browser may show by now.
        if (asked.Session is not { } session || back.Session?.Value != session
            || await AccessStore.FindSession(work, new SessionId(session)) is not { } row || !row.ToSession().LivesAt(now))
        {
            return AccessProblems.SessionEnded;
        }

        var person = new PersonId(row.PersonId);
        var problem = asked.Aim == SingleSignOnAim.Link
            ? await identities.Link(work, person, who, now)
            : await identities.Prove(work, person, new SessionId(session), who, now);
        return problem is null ? (string?)null : problem;
    }

    private static bool IsSame(string? state, string expected) =>
        state is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(expected));
}
