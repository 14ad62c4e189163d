using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>What somebody gives to prove who they are.</summary>
/// <param name="Code">What their app shows, where they have one.</param>
/// <param name="Address">From where.</param>
internal sealed record GivenProof(string Password, string? Code, string Address);

/// <summary>Proves anew who sits at a session that runs already: with the password, and the app's code where there is an app.</summary>
internal sealed class ProveAgain(Database database, Passwords passwords, TotpCodes codes, SignInGuard guard, Clock clock)
{
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public async Task<Problem?> Run(SessionId session, PersonId person, GivenProof given, CancellationToken cancel)
    {
        var now = clock.Now;
        var counted = $"proof of {person}";
        var wait = guard.Begin(counted, given.Address, now);
        if (wait > NodaTime.Duration.Zero)
        {
            return AccessProblems.SignInWait(wait);
        }

        var row = await database.ForCustomer(CustomerId.Installation, work => AccessStore.FindPerson(work, person), cancel);
        // Somebody without a password has the same work done and is refused like a wrong one.
        var check = await passwords.Verify(row?.PasswordHash, given.Password, cancel);
        if (!check.IsRight)
        {
            return SignInProblems.ProofRefused;
        }

        return await database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
        {
            var factors = await SecondFactorsStore.FactorsOf(work, person);
            if (factors.Totp && !(given.Code is { } code && await codes.Use(work, person, code, now)))
            {
                return SignInProblems.ProofRefused;
            }

            await SecondFactorsStore.SetProved(work, session, now);
            guard.Succeeded(counted, given.Address);
            return null;
        }, cancel);
    }
}
