using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;
using Microsoft.AspNetCore.Identity;

namespace Cairn.Server.Access.Passkeys;

/// <summary>A passkey that was added, and recovery codes when there were none.</summary>
internal sealed record AddedPasskey(PasskeyId Id, string Name, string[] RecoveryCodes);

/// <summary>Adds a passkey to somebody who is signed in: a challenge for the browser, then its answer.</summary>
internal sealed class AddPasskey(Database database, LedgerAppender ledger, Tickets tickets, Clock clock)
{
    /// <returns>What the browser needs to make one, as JSON, and the ticket for its answer.</returns>
    public async Task<(string Options, string Ticket)> Begin(PersonId person, HttpContext context)
    {
        var (row, passkeys) = await database.ForCustomer(
            CustomerId.Installation,
            async work => (await AccessStore.FindPerson(work, person), await PasskeysStore.List(work, person)),
            context.RequestAborted);
        var made = await PasskeyOwners.Verification(new PasskeyOwner(person, passkeys)).MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = person.ToString(), Name = row!.Email, DisplayName = row.Name }, context);
        return (made.CreationOptionsJson, tickets.Write(PasskeyTicket.Purpose, new PasskeyTicket(made.AttestationState!, person.Value), PasskeyTicket.Life));
    }

    public async Task<Outcome<AddedPasskey>> Finish(PersonId person, string name, PasskeyAnswer answer, HttpContext context)
    {
        if (tickets.Read<PasskeyTicket>(PasskeyTicket.Purpose, PasskeyTicket.Cookie.Read(context.Request)) is not { } ticket || ticket.Content.Person != person.Value)
        {
            return SignInProblems.PasskeyUnusable;
        }

        var now = clock.Now;
        return await database.ForCustomer<Outcome<AddedPasskey>>(CustomerId.Installation, async work =>
        {
            var passkeys = await PasskeysStore.List(work, person);
            var made = await PasskeyOwners.Verification(new PasskeyOwner(person, passkeys)).PerformAttestationAsync(
                new PasskeyAttestationContext { HttpContext = context, CredentialJson = answer.Json, AttestationState = ticket.Content.State });
            var id = new PasskeyId(NewId.Next());
            if (!made.Succeeded || !await tickets.Spend(work, ticket) || !await PasskeysStore.Add(work, id, person, name, made.Passkey, now))
            {
                work.Abandon();
                return SignInProblems.PasskeyUnusable;
            }

            var hasCodes = (await SecondFactorsStore.FactorsOf(work, person)).RecoveryCodes > 0;
            var codes = hasCodes ? [] : await TotpCodes.NewRecoveryCodes(work, person, now);
            var actor = context.Caller().Actor;
            await ledger.Record(work, CustomerId.Installation, new RecordChange("passkey.added", actor, "passkey", id.ToString())
            {
                SubjectName = name,
                After = new { person = person.ToString(), name, isBackedUp = made.Passkey.IsBackedUp, newRecoveryCodes = codes.Length },
            });
            return new AddedPasskey(id, name, codes);
        }, context.RequestAborted);
    }
}
