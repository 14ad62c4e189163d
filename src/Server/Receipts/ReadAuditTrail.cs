using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Receipts;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>A page of the audit trail that is asked for.</summary>
internal sealed record AuditRequest(AuditPeriod Period, AuditFilter Filter, bool Descending, int Limit, AuditPlace? Place);

/// <summary>Where the next page goes on: the entries between two indexes that are not yet read.</summary>
internal sealed record AuditPlace(long From, long To)
{
    public static AuditPlace? Read(IReadOnlyList<string>? cursor) => cursor is null
        ? null
        : new AuditPlace(long.Parse(cursor[0], CultureInfo.InvariantCulture), long.Parse(cursor[1], CultureInfo.InvariantCulture));

    public string Write() => PageCursor.Write(From.ToString(CultureInfo.InvariantCulture), To.ToString(CultureInfo.InvariantCulture));
}

/// <summary>
/// The audit trail is the log itself, read by date. Reading is logged too: one entry for the whole read, written with its
/// first page, and not part of what it reads.
/// </summary>
internal sealed class ReadAuditTrail(Database database, LedgerAppender ledger)
{
    public Task<Page<AuditItem>> Read(CustomerId customer, Actor actor, AuditRequest request, CancellationToken cancel) =>
        database.ForCustomer(customer, async work =>
        {
            var log = await ReceiptsStore.OpenLog(work, customer);
            var place = request.Place ?? await Bounds(work, customer, log, request.Period);
            var rows = await ReceiptsViews.AuditPage(work, customer, log.Generation, request, place);
            if (request.Place is null)
            {
                await ledger.Record(work, customer, Logged(actor, customer, request));
            }

            var page = rows.Take(request.Limit).ToList();
            var next = rows.Count <= request.Limit ? null
                : request.Descending ? place with { To = page[^1].LogIndex }
                : place with { From = page[^1].LogIndex + 1 };
            return new Page<AuditItem>([.. page.Select(AuditItem.Of)], next?.Write());
        }, cancel);

    private static async Task<AuditPlace> Bounds(DbWork work, CustomerId customer, ReceiptsStore.Log log, AuditPeriod period)
    {
        var from = period.From is { } start ? await ReceiptsViews.FirstIndexAt(work, customer, log.Generation, start.ToDateTimeOffset()) : 0;
        var to = period.To is { } end ? await ReceiptsViews.FirstIndexAt(work, customer, log.Generation, end.ToDateTimeOffset()) : log.Size;
        return new AuditPlace(from, to);
    }

    private static RecordChange Logged(Actor actor, CustomerId customer, AuditRequest request) => new("audit-trail.read", actor, "audit-trail", customer.ToString())
    {
        Kind = LedgerKind.Read,
        After = new
        {
            from = request.Period.From is { } from ? Rfc3339.Format(from) : null,
            to = request.Period.To is { } to ? Rfc3339.Format(to) : null,
            kind = request.Filter.Kind,
            action = request.Filter.Action,
            actor = request.Filter.Actor,
            subject = request.Filter.Subject,
        },
    };
}

/// <summary>One line of the audit trail: who did what, when, to what, before and after.</summary>
/// <param name="Index">Its place in the log.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Kind"><c>event</c>, <c>record</c> (a change of a record) or <c>read</c> (a logged read).</param>
/// <param name="Action">What was done, or the type of the event.</param>
/// <param name="Actor">Who did it.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Before">The record's members before; null for a new one, and for events.</param>
/// <param name="After">The members after; for events the payload.</param>
/// <param name="EventId">The entry's id.</param>
/// <param name="Source">The entry's source.</param>
/// <param name="Receipt">Where its receipt is.</param>
internal sealed record AuditItem(
    long Index, DateTimeOffset At, string Kind, string Action, AuditParty Actor, AuditParty? Subject, JsonElement? Before, JsonElement? After,
    string EventId, string Source, string Receipt)
{
    public static AuditItem Of(AuditRow row)
    {
        var receipt = $"/v1/receipts/{Uri.EscapeDataString(row.EventId)}?source={Uri.EscapeDataString(row.Source)}";
        JsonElement? data = row.Data is null ? null : JsonDocument.Parse(row.Data).RootElement;
        if (row.Kind == LedgerKind.Event || data is not { } change)
        {
            return new AuditItem(
                row.LogIndex, row.RecordedAt, row.Kind, row.TransactionType, new AuditParty("api-key", row.Actor, null),
                row.Subject is null ? null : new AuditParty("entity", row.Subject, null), null, data, row.EventId, row.Source, receipt);
        }

        return new AuditItem(
            row.LogIndex, row.RecordedAt, row.Kind, row.TransactionType, AuditParty.Of(change.GetProperty("actor")), AuditParty.Of(change.GetProperty("subject")),
            NotNull(change.GetProperty("before")), NotNull(change.GetProperty("after")), row.EventId, row.Source, receipt);
    }

    private static JsonElement? NotNull(JsonElement element) => element.ValueKind == JsonValueKind.Null ? null : element;
}

/// <summary>Somebody or something that the audit trail names.</summary>
/// <param name="Kind">A person, a key, a customer …</param>
/// <param name="Id">Its id as shown.</param>
/// <param name="Name">Its name then.</param>
internal sealed record AuditParty(string Kind, string Id, string? Name)
{
    public static AuditParty Of(JsonElement element) => new(
        element.GetProperty("kind").GetString()!, element.GetProperty("id").GetString()!, element.GetProperty("name").GetString());
}
