using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>Lets mail that failed wait again, as if it were new. What was wiped cannot be sent any more.</summary>
internal sealed class SendAgain(Database database, LedgerAppender ledger, Clock clock)
{
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Run(MessageId id, Actor actor, CancellationToken cancel) => database.ForOperator<Problem?>(async work =>
    {
        if (await NotifyViews.Delivery(work, id) is not { } row)
        {
            return NotifyProblems.MessageNotFound;
        }

        if (row.State != "failed")
        {
            return NotifyProblems.MessageNotFailed;
        }

        if (row.IsWiped)
        {
            return NotifyProblems.MessageWiped;
        }

        if (await NotifyStore.SendAgain(work, id, clock.Now) == 0)
        {
            return NotifyProblems.MessageNotFailed;
        }

        await NotifyStore.Announce(work, NotifyStore.MailWaits);
        await ledger.Record(work, CustomerId.Of(row.CustomerId), new RecordChange("message.sent-again", actor, "message", id.ToString())
        {
            SubjectName = row.Subject,
            Before = new { state = row.State, failure = row.Failure },
            After = new { state = "waiting" },
        });
        return null;
    }, cancel);

    /// <summary>Sends everything again that failed and can be; how many that are.</summary>
    public Task<int> All(Actor actor, CancellationToken cancel) => database.ForOperator(async work =>
    {
        var count = await NotifyStore.SendAgain(work, null, clock.Now);
        if (count > 0)
        {
            await NotifyStore.Announce(work, NotifyStore.MailWaits);
            await ledger.Record(work, CustomerId.Installation, new RecordChange("messages.sent-again", actor, "messages", "failed")
            {
                Before = new { state = "failed" },
                After = new { state = "waiting", count },
            });
        }

        return count;
    }, cancel);
}
