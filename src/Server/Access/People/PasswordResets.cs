using System.Threading.Channels;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>
/// Takes requests for a new password. The answer says nothing and takes the same time whether the address is known: all
/// work happens later, in <see cref="PasswordResetsJob"/>.
/// </summary>
internal sealed class PasswordResets(Database database, LedgerAppender ledger, IOutbox outbox, SignInGuard guard, Clock clock)
{
    /// <summary>How many may wait; more are dropped, since whoever waits for a mail asks again.</summary>
    private const int MostWaiting = 1_000;

    private readonly Channel<string> waiting = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>The requests, for the job.</summary>
    public IAsyncEnumerable<string> Requests(CancellationToken cancel) => waiting.Reader.ReadAllAsync(cancel);

    /// <summary>Takes a request; how long to wait instead, where one place asks too often.</summary>
    public NodaTime.Duration Ask(string givenEmail, string address)
    {
        var email = Person.CanonicalEmail(givenEmail);
        // Under names of their own, so that asking for a link locks nobody out of signing in.
        var wait = guard.Begin("reset " + email, "reset " + address, clock.Now);
        if (wait == NodaTime.Duration.Zero)
        {
            waiting.Writer.TryWrite(email);
        }

        return wait;
    }

    /// <summary>Sends the link, where there is somebody to send it to. Who never came in gets another invitation instead.</summary>
    public Task<bool> Send(string email, CancellationToken cancel) => database.ForCustomer(CustomerId.Installation, async work =>
    {
        if (await AccessStore.FindPersonByEmail(work, email) is not { DeactivatedAt: null } row)
        {
            return false;
        }

        var person = row.ToPerson();
        var kind = row.JoinedAt is null ? PersonLink.Invitation : PersonLink.Reset;
        await PersonLinks.Send(work, outbox, person, kind, Actor.System, clock.Now);
        await ledger.Record(work, CustomerId.Installation, new RecordChange("password.reset-asked", Actor.System, "person", person.Id.ToString()) { SubjectName = person.Name });
        return true;
    }, cancel);
}
