using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>A session that has begun, and the text that stands for it.</summary>
internal sealed record SignedIn(Person Person, string Text)
{
    /// <summary>Recovery codes that were made on the way in, to be shown this once.</summary>
    public IReadOnlyList<string> RecoveryCodes { get; init; } = [];
}

/// <summary>Begins a session for a mail address and a password. Says neither whether the address is known nor which of the two was wrong.</summary>
internal sealed class SignIn(Database database, Passwords passwords, SignInGuard guard, AdmitPerson admit, Clock clock, ILogger<SignIn> log)
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
            guard.Failed(email, address);
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

            return await admit.Run(work, person, check.NewHash ?? row.PasswordHash!, address, now);
        }, cancel);
    }

    /// <summary>A new session, always under a new id and secret.</summary>
    public static async Task<(SessionId Session, string Text)> Begin(DbWork work, PersonId person, Instant now)
    {
        var session = new SessionId(NewId.Next());
        var token = new AccessToken(CustomerId.Installation, session.Value, AccessSecrets.New());
        await AccessStore.AddSession(work, session, person, AccessSecrets.Hash(token.Secret), now);
        return (session, token.Write(AccessToken.SessionWord));
    }

    private Problem Refuse(string address, Problem problem)
    {
        AccessLog.SignInRefused(log, address, problem.Code);
        return problem;
    }
}
