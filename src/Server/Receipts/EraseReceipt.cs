using Cairn.Domain.Foundation;
using Cairn.Domain.Receipts;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>
/// Erases the payload and the salt of an event. What remains is a commitment that nothing can be guessed from; the
/// receipt's signature, its place in the log and every proof still hold. The erasure itself is an entry of the log.
/// </summary>
internal sealed class EraseReceipt(Database database, FindReceipt find, LedgerAppender ledger, Clock clock)
{
    public async Task<Outcome<LedgerRow>> Erase(CustomerId customer, Actor actor, string eventId, string? source, string? reason, CancellationToken cancel)
    {
        var row = await find.Row(customer, eventId, source, cancel);
        if (!row.IsOk)
        {
            return row.Problem;
        }

        if (row.Value.Kind != LedgerKind.Event)
        {
            return ReceiptsProblems.NotErasable(eventId);
        }

        return await database.ForCustomer(customer, async work =>
        {
            var isErased = await ReceiptsStore.Erase(work, customer, row.Value.Generation, row.Value.LogIndex, clock.Now);
            if (!isErased)
            {
                return (Outcome<LedgerRow>)ReceiptsProblems.AlreadyErased(eventId);
            }

            await ledger.Record(work, customer, new RecordChange("event.erased", actor, "event", eventId)
            {
                Before = new { index = row.Value.LogIndex, source = row.Value.Source, payload = "present" },
                After = new { index = row.Value.LogIndex, source = row.Value.Source, payload = "erased", reason },
            });
            var left = await ReceiptsViews.ByEventId(work, customer, eventId, row.Value.Source);
            return left[0];
        }, cancel);
    }
}
