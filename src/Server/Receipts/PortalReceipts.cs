using Cairn.Domain.Foundation;
using Cairn.Domain.Receipts;
using Cairn.MerkleLog;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>A receipt in a list of the portal.</summary>
/// <param name="EventId">The sender's own id of the event.</param>
/// <param name="Source">Where it happened.</param>
/// <param name="Type">The type of event.</param>
/// <param name="Time">The event's own time.</param>
/// <param name="RecordedAt">When it was recorded.</param>
internal sealed record PortalReceiptBody(string EventId, string Source, string Type, DateTimeOffset Time, DateTimeOffset RecordedAt);

/// <summary>
/// The receipts that one of a customer's people sees: those of events whose types are shared with them. Any other one,
/// and every entry that is no event, is not found, whatever is asked.
/// </summary>
internal sealed class PortalReceipts(Database database, FindReceipt find)
{
    /// <summary>How far back one page looks for receipts in sight; the next page goes on from there.</summary>
    private const long Stretch = 100_000;

    /// <summary>The newest receipts in sight, one page. A page may be short where few types are shared; the last one has no next.</summary>
    public Task<Page<PortalReceiptBody>> Latest(Caller caller, long? before, int limit, CancellationToken cancel)
    {
        var customer = caller.Customer!.Value;
        return !caller.Sight.SeesAny(ShareKinds.Receipts)
            ? Task.FromResult(new Page<PortalReceiptBody>([], null))
            : database.ForCustomer(customer, async work =>
            {
                var log = await ReceiptsStore.OpenLog(work, customer);
                var to = Math.Min(before ?? log.Size, log.Size);
                var from = Math.Max(0, to - Stretch);
                var types = caller.Sight.SeesEvery(ShareKinds.Receipts) ? null : caller.Sight.Records(ShareKinds.Receipts).ToArray();
                var rows = await ReceiptsViews.OfTypes(work, customer, log.Generation, (from, to), types, limit);
                var next = rows.Count == limit ? rows[^1].LogIndex : from;
                return new Page<PortalReceiptBody>(
                    [.. rows.Select(row => new PortalReceiptBody(row.EventId, row.Source, row.TransactionType, row.EventTime, row.RecordedAt))],
                    next > 0 ? PageCursor.Write(next.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null);
            }, cancel);
    }

    /// <summary>The receipt of an event in sight, exactly as it was issued.</summary>
    public async Task<Outcome<Receipt>> Receipt(Caller caller, string eventId, string? source, CancellationToken cancel)
    {
        var row = await InSight(caller, eventId, source, cancel);
        return row.IsOk ? await find.ReceiptOf(row.Value, cancel) : row.Problem;
    }

    /// <summary>The proof that it is in the log.</summary>
    public async Task<Outcome<TlogProof>> Proof(Caller caller, string eventId, string? source, CancellationToken cancel)
    {
        var row = await InSight(caller, eventId, source, cancel);
        return row.IsOk ? await find.Proof(caller.Customer!.Value, eventId, row.Value.Source, cancel) : row.Problem;
    }

    private async Task<Outcome<LedgerRow>> InSight(Caller caller, string eventId, string? source, CancellationToken cancel)
    {
        var customer = caller.Customer!.Value;
        var rows = await database.ForCustomer(customer, work => ReceiptsViews.ByEventId(work, customer, eventId, source), cancel);
        var seen = rows.Where(row => row.Kind == LedgerKind.Event && caller.Sight.Sees(ShareKinds.Receipts, row.TransactionType)).ToList();
        return seen.Count switch
        {
            0 => PlatformProblems.NotShared,
            1 => seen[0],
            _ => ReceiptsProblems.Ambiguous(eventId, [.. seen.Select(row => row.Source)]),
        };
    }
}
