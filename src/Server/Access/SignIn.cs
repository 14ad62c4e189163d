using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>A session that has begun, and the text that stands for it.</summary>
internal sealed record SignedIn(Person Person, string Text)
{
    /// <summary>Recovery codes that were made on the way in, to be shown this once.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];
}

/// <summary>How somebody came in, for the audit trail.</summary>
/// <param name="Way">What proved who they are: <c>password</c>, <c>password, totp</c>, <c>passkey</c>, <c>single-sign-on</c>.</param>
/// <param name="Address">From where.</param>
internal sealed record SignInWay(string Way, string Address);

/// <summary>How far a right password led: inside, or to the second step.</summary>
/// <param name="SignedIn">The session, when the password is enough.</param>
/// <param name="Ticket">For the second step, when it is not.</param>
internal sealed record Admission(SignedIn? SignedIn, string? Ticket)
{
    /// <summary>The ways to take the second step; empty when one must be set up first.</summary>
    public IReadOnlyList<string> Ways { get; init; } = [];
}

/// <summary>Begins a session for a mail address and a password. Says neither whether the address is known nor which of the two was wrong.</summary>
internal sealed class SignIn(
    Database database, LedgerAppender ledger, Passwords passwords, Tickets tickets, SignInGuard guard, Clock clock, ILogger<SignIn> log)
{
    public async Task<Outcome<Admission>> Run(string givenEmail, string password, string address, CancellationToken cancel)
    {
        var now = clock.Now;
        var email = Person.CanonicalEmail(givenEmail);
        var wait = guard.Begin(email, address, now);
        if (wait > Duration.Zero)
        {
            return Refuse(address, AccessProblems.SignInWait(wait));
        }

        var row = await database.ForCustomer(CustomerId.Installation, work => AccessStore.FindPersonByEmail(work, email), cancel);
        var mayCome = row is { DeactivatedAt: null };
        var check = await passwords.Verify(mayCome ? row!.PasswordHash : null, password, cancel);
        if (row is null || !mayCome || !check.IsRight)
        {
            return Refuse(address, AccessProblems.SignInRefused);
        }

        guard.Succeeded(email, address);
        var person = row.ToPerson();
        return await database.ForCustomer<Outcome<Admission>>(CustomerId.Installation, async work =>
        {
            if (check.NewHash is { } better)
            {
                await AccessStore.SetPasswordHash(work, person.Id, better);
            }

            return await Admit(work, person, check.NewHash ?? row.PasswordHash!, address, now);
        }, cancel);
    }

    /// <summary>A new session with its record, for somebody who has proved everything that is asked.</summary>
    /// <returns>The text of the session.</returns>
    public static async Task<string> Enter(DbWork work, LedgerAppender ledger, Person person, SignInWay way, Instant now)
    {
        var (session, text) = await Begin(work, person.Id, now);
        var actor = new Actor("person", person.Id.ToString(), person.Name);
        await ledger.Record(work, CustomerId.Installation, new RecordChange("session.started", actor, "session", session.ToString())
        {
            SubjectName = person.Name,
            After = new { person = person.Id.ToString(), address = way.Address, way = way.Way },
        });
        return text;
    }

    /// <summary>A new session, always under a new id and secret.</summary>
    public static async Task<(SessionId Session, string Text)> Begin(DbWork work, PersonId person, Instant now)
    {
        var session = new SessionId(NewId.Next());
        var token = new AccessToken(CustomerId.Installation, session.Value, AccessSecrets.New());
        await AccessStore.AddSession(work, session, person, AccessSecrets.Hash(token.Secret), now);
        return (session, token.Write(AccessToken.SessionWord));
    }

    private async Task<Admission> Admit(DbWork work, Person person, string passwordHash, string address, Instant now)
    {
        var factors = await SecondFactorsStore.FactorsOf(work, person.Id);
        var mustEnrol = !factors.Any && await SecondFactorDemand.Covers(work, person.Role);
        if (!factors.Any && !mustEnrol)
        {
            return new Admission(new SignedIn(person, await Enter(work, ledger, person, new SignInWay("password", address), now)), null);
        }

        var step = new SecondStep(person.Id.Value, SecondStep.MarkOf(passwordHash), mustEnrol);
        return new Admission(null, tickets.Write(SecondStep.Purpose, step, SecondStep.Life)) { Ways = mustEnrol ? [] : factors.Ways };
    }

    private Problem Refuse(string address, Problem problem)
    {
        AccessLog.SignInRefused(log, address, problem.Code);
        return problem;
    }
}
