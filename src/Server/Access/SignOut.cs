using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>Ends a session for good. Ending an ended one changes nothing.</summary>
internal sealed class SignOut(Database database, LedgerAppender ledger, Clock clock)
{
    public Task Run(SessionId session, Actor actor, CancellationToken cancel) => database.ForCustomer(CustomerId.Installation, async work =>
    {
        if (await AccessStore.EndSession(work, session, clock.Now) == 1)
        {
            await ledger.Record(work, CustomerId.Installation, new RecordChange("session.ended", actor, "session", session.ToString()));
        }

        return true;
    }, cancel);
}
