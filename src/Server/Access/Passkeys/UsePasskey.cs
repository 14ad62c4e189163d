using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;
using Microsoft.AspNetCore.Identity;
using NodaTime;

namespace Cairn.Server.Access.Passkeys;

/// <summary>Signs somebody in with a passkey, or has them prove anew who they are. The device verified its owner, so it is both factors at once.</summary>
internal sealed class UsePasskey(Database database, AdmitPerson admit, Tickets tickets, Clock clock, ILogger<UsePasskey> log)
{
    /// <returns>What the browser needs to ask for one, as JSON, and the ticket for its answer. It names nobody: the device knows whose passkeys it has.</returns>
    public async Task<(string Options, string Ticket)> Begin(HttpContext context)
    {
        var asked = await PasskeyOwners.Verification(null).MakeRequestOptionsAsync(null, context);
        return (asked.RequestOptionsJson, tickets.Write(PasskeyTicket.Purpose, new PasskeyTicket(asked.AssertionState!, null), PasskeyTicket.Life));
    }

    public async Task<Outcome<SignedIn>> SignIn(PasskeyAnswer answer, string address, HttpContext context)
    {
        var now = clock.Now;
        var made = await database.ForCustomer<Outcome<SignedIn>>(CustomerId.Installation, async work =>
        {
            if (await Verify(work, answer, context, now) is not { } row
                || await AccessStore.FindPerson(work, new PersonId(row.PersonId)) is not { DeactivatedAt: null } found)
            {
                work.Abandon();
                return SignInProblems.PasskeyRefused;
            }

            var person = found.ToPerson();
            return new SignedIn(person, await admit.Enter(work, person, new SignInWay("passkey", address), now));
        }, context.RequestAborted);
        if (!made.IsOk)
        {
            AccessLog.SignInRefused(log, address, made.Problem.Code);
        }

        return made;
    }

    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Prove(SessionId session, PersonId person, PasskeyAnswer answer, HttpContext context)
    {
        var now = clock.Now;
        return database.ForCustomer<Problem?>(CustomerId.Installation, async work =>
        {
            if (await Verify(work, answer, context, now) is not { } row || row.PersonId != person.Value)
            {
                work.Abandon();
                return SignInProblems.ProofRefused;
            }

            await SecondFactorsStore.SetProved(work, session, now);
            return null;
        }, context.RequestAborted);
    }

    /// <summary>Checks challenge, origin, address, owner's verification, signature and counter, and uses the challenge up.</summary>
    private async Task<PasskeyRow?> Verify(DbWork work, PasskeyAnswer answer, HttpContext context, Instant now)
    {
        if (tickets.Read<PasskeyTicket>(PasskeyTicket.Purpose, PasskeyTicket.Cookie.Read(context.Request)) is not { Content.Person: null } ticket
            || await PasskeysStore.FindByCredential(work, answer.Id) is not { } row)
        {
            return null;
        }

        var checkedAnswer = await PasskeyOwners.Verification(new PasskeyOwner(new PersonId(row.PersonId), [row])).PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer.Json, AssertionState = ticket.Content.State });
        if (!checkedAnswer.Succeeded || !await tickets.Spend(work, ticket))
        {
            return null;
        }

        await PasskeysStore.Use(work, row, checkedAnswer.Passkey, now);
        return row;
    }
}
