using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.Sessions;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>
/// Changes one's own password, which takes the current one: an unlocked screen must not be enough. Every session ends, and
/// whoever changed it goes on under a new one.
/// </summary>
internal sealed class ChangePassword(
    Database database, LedgerAppender ledger, Passwords passwords, SignInGuard guard, IOutbox outbox, Clock clock)
{
    /// <param name="id">Who.</param>
    /// <param name="current">The password as it is.</param>
    /// <param name="fresh">The password that shall be.</param>
    /// <param name="address">Where the request comes from: guessing the current one is slowed as at the sign-in.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    /// <returns>The text of the new session.</returns>
    public async Task<Outcome<string>> Run(PersonId id, string current, string? fresh, string address, CancellationToken cancel)
    {
        var row = await database.ForCustomer(CustomerId.Installation, work => AccessStore.FindPerson(work, id), cancel);
        var person = row!.ToPerson();
        var faults = new InputFaults();
        PasswordRules.Check(fresh, [person.Name, person.Email], passwords.IsCommon, faults);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        var wait = guard.Begin(person.Email, address, clock.Now);
        if (wait > NodaTime.Duration.Zero)
        {
            return AccessProblems.SignInWait(wait);
        }

        if (!(await passwords.Verify(row.PasswordHash, current, cancel)).IsRight)
        {
            faults.Add("/current", "password-wrong", "This is not your current password.");
            return faults.ToProblem();
        }

        guard.Succeeded(person.Email, address);
        var hash = await passwords.Hash(fresh!, cancel);
        return await database.ForCustomer<Outcome<string>>(CustomerId.Installation, async work =>
        {
            var now = clock.Now;
            await PeopleStore.SetPassword(work, id, hash, now);
            await PeopleStore.VoidLinks(work, id, now);
            var ended = await SessionsStore.EndAll(work, id, null, now);
            var (_, text) = await SignIn.Begin(work, id, now);
            await outbox.Add(work, PasswordNotices.Changed(person));
            await ledger.Record(work, CustomerId.Installation, new RecordChange("password.changed", PasswordNotices.ActorOf(person), "person", id.ToString())
            {
                SubjectName = person.Name,
                After = new { sessionsEnded = ended },
            });
            return text;
        }, cancel);
    }
}
