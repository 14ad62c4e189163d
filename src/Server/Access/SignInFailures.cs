using System.Threading.Channels;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>A failed attempt to sign in.</summary>
/// <param name="Email">Whom it was for, as it was typed.</param>
/// <param name="Address">Where it came from.</param>
/// <param name="Failures">How many in a row for this person, from wherever.</param>
/// <param name="IsBlocked">Whether the next one has to wait, for the first time in this row.</param>
internal readonly record struct SignInFailure(string Email, string Address, int Failures, bool IsBlocked);

/// <summary>
/// Writes failed sign-ins of people who exist into the installation's log, and tells the owner once the account has to be
/// protected. Both happen after the answer: it takes as long for an address that nobody has. What was typed for nobody is
/// not written down, because people type passwords there.
/// </summary>
internal sealed class SignInFailures(Database database, LedgerAppender ledger, IOutbox outbox)
{
    /// <summary>How many may wait; of a flood the rest is dropped, which the program's own log still tells.</summary>
    private const int MostWaiting = 1_000;

    private readonly Channel<SignInFailure> waiting = Channel.CreateBounded<SignInFailure>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The failures, for the job.</summary>
    public IAsyncEnumerable<SignInFailure> All(CancellationToken cancel) => waiting.Reader.ReadAllAsync(cancel);

    public void Note(SignInFailure failure) => waiting.Writer.TryWrite(failure);

    public Task<bool> Record(SignInFailure failure, CancellationToken cancel) => database.ForCustomer(CustomerId.Installation, async work =>
    {
        if (await AccessStore.FindPersonByEmail(work, failure.Email) is not { } row)
        {
            return false;
        }

        var person = row.ToPerson();
        if (failure.IsBlocked)
        {
            await outbox.Add(work, Warning(person, failure));
        }

        await ledger.Record(work, CustomerId.Installation, new RecordChange(failure.IsBlocked ? "sign-in.blocked" : "sign-in.failed", Actor.System, "person", person.Id.ToString())
        {
            SubjectName = person.Name,
            After = new { address = failure.Address, failures = failure.Failures },
        });
        return true;
    }, cancel);

    private static OutgoingMessage Warning(Person person, SignInFailure failure) => new()
    {
        Customer = CustomerId.Installation,
        Kind = "sign-in-blocked",
        Inbox = person.Id,
        MailTo = person.Email,
        MailName = person.Name,
        Subject = "Somebody tries to sign in as you",
        Text = $"Hello {person.Name},\n\nthere were {failure.Failures} failed attempts in a row to sign in with your address, the last from {failure.Address}. Further ones have to wait, up to a quarter of an hour each.\n\nIf it was you, wait and try again, or ask for a new password on the sign-in page. If it was not, your password held; a second factor makes it safer still.",
        Path = "/account",
    };
}
