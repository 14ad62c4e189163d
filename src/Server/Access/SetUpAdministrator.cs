using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>Makes the first administrator from the one-time link, and signs them in. Of several at once, one wins.</summary>
internal sealed class SetUpAdministrator(Database database, LedgerAppender ledger, Passwords passwords, CommonPasswords common, Clock clock)
{
    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    public async Task<Outcome<SignedIn>> Run(string? token, PersonDraft draft, InputFaults faults, CancellationToken cancel)
    {
        const int tokenLength = 200;
        var shown = faults.Required("/token", token, tokenLength);
        var made = Person.Create(draft, new PersonId(NewId.Next()), StaffRole.Admin, common.Contains, faults);
        if (!made.IsOk)
        {
            return made.Problem;
        }

        var person = made.Value;
        var tokenHash = AccessSecrets.Hash(shown);
        if (await database.ForCustomer(CustomerId.Installation, work => Refusal(work, tokenHash), cancel) is { } early)
        {
            // Before the slow hash, so that guessing links costs the server nothing.
            return early;
        }

        var passwordHash = await passwords.Hash(draft.Password!, cancel);
        return await database.ForCustomer<Outcome<SignedIn>>(CustomerId.Installation, async work =>
        {
            await AccessStore.LockAdministrators(work);
            if (await Refusal(work, tokenHash) is { } late)
            {
                return late;
            }

            var now = clock.Now;
            await AccessStore.UseSetupLink(work, tokenHash, now);
            await AccessStore.AddPerson(work, person, passwordHash, now);
            var (_, text) = await SignIn.Begin(work, person.Id, now);
            await ledger.Record(work, CustomerId.Installation, EnsureAdministrator.Created(person, new Actor("person", person.Id.ToString(), person.Name)));
            return new SignedIn(person, text);
        }, cancel);
    }

    private async Task<Problem?> Refusal(DbWork work, byte[] tokenHash) =>
        await AccessStore.FindSetupLink(work, tokenHash) is not { } link ? AccessProblems.SetupLinkUnknown
        : link.UsedAt is not null ? AccessProblems.SetupLinkUsed
        : clock.Now.ToDateTimeOffset() >= link.ExpiresAt ? AccessProblems.SetupLinkExpired
        : await AccessStore.HasPeople(work) ? AccessProblems.SetupIsDone
        : null;
}
