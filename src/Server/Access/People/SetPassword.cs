using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.Sessions;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>
/// Sets a password by the link that its owner was sent. It signs nobody in: whoever holds the mailbox alone has not shown
/// a second factor. Every session of the person ends.
/// </summary>
internal sealed class SetPassword(Database database, LedgerAppender ledger, Passwords passwords, CommonPasswords common, IOutbox outbox, Clock clock)
{
    /// <summary>Whom a link is for and what for, so that the page can greet them; it is not used up by asking.</summary>
    public Task<Outcome<(Person Person, PersonLinkRow Link)>> Open(string? text, CancellationToken cancel) =>
        database.ForCustomer(CustomerId.Installation, work => Find(work, text), cancel);

    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public async Task<Problem?> Run(string? text, string? password, InputFaults faults, CancellationToken cancel)
    {
        var opened = await Open(text, cancel);
        if (!opened.IsOk)
        {
            // Before the slow hash, so that guessing links costs the server nothing.
            return faults.Any ? faults.ToProblem() : opened.Problem;
        }

        var person = opened.Value.Person;
        PasswordRules.Check(password, [person.Name, person.Email], common.Contains, faults);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        var hash = await passwords.Hash(password!, cancel);
        return await database.ForCustomer(CustomerId.Installation, async work =>
        {
            var again = await Find(work, text);
            if (!again.IsOk)
            {
                return again.Problem;
            }

            var now = clock.Now;
            var isFirst = again.Value.Link.Kind == PersonLink.Invitation;
            await PeopleStore.VoidLinks(work, person.Id, now);
            await PeopleStore.SetPassword(work, person.Id, hash, now);
            var ended = await SessionsStore.EndAll(work, person.Id, null, now);
            if (!isFirst)
            {
                await outbox.Add(work, PasswordNotices.Changed(person));
            }

            await ledger.Record(work, CustomerId.Installation, new RecordChange(isFirst ? "person.joined" : "password.reset", PasswordNotices.ActorOf(person), "person", person.Id.ToString())
            {
                SubjectName = person.Name,
                After = new { sessionsEnded = ended },
            });
            return null;
        }, cancel);
    }

    private async Task<Outcome<(Person Person, PersonLinkRow Link)>> Find(DbWork work, string? text) =>
        await PersonLinks.Find(work, text, clock.Now) is { } link
        && await AccessStore.FindPerson(work, new PersonId(link.PersonId)) is { DeactivatedAt: null } person
            ? (person.ToPerson(), link)
            : AccessProblems.LinkUnusable;
}

/// <summary>What the owner of an account is told about their password.</summary>
internal static class PasswordNotices
{
    public static OutgoingMessage Changed(Person person) => new()
    {
        Customer = CustomerId.Installation,
        Kind = "password-changed",
        Inbox = person.Id,
        MailTo = person.Email,
        MailName = person.Name,
        Subject = "Your password was changed",
        Text = $"Hello {person.Name},\n\nyour password was changed just now, and every session was ended.\n\nIf it was not you, ask for a new password on the sign-in page and tell an administrator.",
        Path = "/sign-in",
    };

    public static Actor ActorOf(Person person) => new("person", person.Id.ToString(), person.Name);
}
