using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>A page of a customer's activity that is asked for.</summary>
/// <param name="About">One of <see cref="ReadActivity.Abouts"/>, or everything.</param>
/// <param name="Actor">The id of whoever did it, or anybody.</param>
/// <param name="Limit">How many at most.</param>
/// <param name="Place">Where the page before ended.</param>
internal sealed record ActivityRequest(string? About, string? Actor, int Limit, ActivityPlace? Place);

/// <summary>What is not yet read: entries of the log below an index, batches that began before one.</summary>
internal sealed record ActivityPlace(long Below, DateTimeOffset Before, Guid Batch)
{
    private static readonly string Times = "O";

    /// <summary>The place in a cursor; <see langword="null"/> when it is none that this list gave out.</summary>
    public static ActivityPlace? Read(IReadOnlyList<string> cursor) =>
        long.TryParse(cursor[0], NumberStyles.None, CultureInfo.InvariantCulture, out var below)
        && DateTimeOffset.TryParseExact(cursor[1], Times, CultureInfo.InvariantCulture, DateTimeStyles.None, out var before)
        && Guid.TryParse(cursor[2], out var batch)
            ? new ActivityPlace(below, before, batch)
            : null;

    public string Write() => PageCursor.Write(Below.ToString(CultureInfo.InvariantCulture), Before.ToString(Times, CultureInfo.InvariantCulture), Batch.ToString());
}

/// <summary>
/// What happened to a customer, newest first: every change of its records and every batch of events. It is the log read
/// for people; single events stand in the event stream, and logged reads in the audit trail.
/// </summary>
internal sealed class ReadActivity(Database database)
{
    /// <summary>What activity can be about.</summary>
    public static IReadOnlyList<string> Abouts { get; } = ["record", "people", "keys", "data"];

    public Task<Page<ActivityItem>> Read(CustomerId customer, ActivityRequest request, CancellationToken cancel) =>
        database.ForCustomer(customer, async work =>
        {
            var log = await ReceiptsStore.OpenLog(work, customer);
            var place = request.Place ?? new ActivityPlace(log.Size, DateTimeOffset.MaxValue, Guid.Empty);
            var records = await ReceiptsViews.Records(work, customer, log.Generation, request, place.Below);
            IReadOnlyList<BatchRow> batches = request.About is null or "data" ? await ReceiptsViews.Batches(work, customer, request, place) : [];
            var names = await ReceiptsViews.KeyNames(work, customer, log.Generation, [.. batches.Select(batch => batch.Actor).Distinct()]);
            var all = records.Select(row => (At: row.RecordedAt, Record: (AuditRow?)row, Batch: (BatchRow?)null))
                .Concat(batches.Select(batch => (At: batch.StartedAt, Record: (AuditRow?)null, Batch: (BatchRow?)batch)))
                .OrderByDescending(item => item.At).ToList();
            foreach (var (_, record, batch) in all.Take(request.Limit))
            {
                place = record is not null ? place with { Below = record.LogIndex } : place with { Before = batch!.StartedAt, Batch = batch.BatchId };
            }

            var shown = all.Take(request.Limit)
                .Select(item => item.Record is { } record ? ActivityItem.Of(record) : ActivityItem.Of(item.Batch!, names)).ToList();
            return new Page<ActivityItem>(shown, all.Count > request.Limit ? place.Write() : null);
        }, cancel);

    /// <summary>The beginnings of the actions that a reader means.</summary>
    public static string[] Actions(string? about) => about switch
    {
        "record" => ["customer.%", "calendar.%"],
        "people" => ["contact.%", "team-member.%", "portal%", "invitation.%"],
        "keys" => ["api-key.%"],
        "data" => ["event%", "import%"],
        _ => ["%"],
    };
}

/// <summary>One thing that happened.</summary>
internal sealed record ActivityItem
{
    /// <summary>The entry's id, or the batch's.</summary>
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What was done, for instance <c>contact.created</c>; <c>events.received</c> for a batch.</summary>
    public required string Action { get; init; }

    public required AuditParty Actor { get; init; }

    public required AuditParty? Subject { get; init; }

    /// <summary>The changed members before.</summary>
    public JsonElement? Before { get; init; }

    /// <summary>The changed members after.</summary>
    public JsonElement? After { get; init; }

    /// <summary>The events that came together; null for a change of a record.</summary>
    public ActivityBatch? Batch { get; init; }

    public static ActivityItem Of(AuditRow row)
    {
        var item = AuditItem.Of(row);
        return new ActivityItem
        {
            Id = item.EventId,
            At = item.At,
            Action = item.Action,
            Actor = item.Actor,
            Subject = item.Subject,
            Before = item.Before,
            After = item.After,
        };
    }

    public static ActivityItem Of(BatchRow row, IReadOnlyDictionary<string, string> names)
    {
        var id = BatchId.Of(row.BatchId).ToString();
        return new ActivityItem
        {
            Id = id,
            At = row.StartedAt,
            Action = "events.received",
            Actor = new AuditParty(row.Actor.Split('_')[0] switch { "key" => "api-key", "per" => "person", _ => "command-line" }, row.Actor, names.GetValueOrDefault(row.Actor)),
            Subject = new AuditParty("batch", id, null),
            Batch = new ActivityBatch(row.Kind, row.Accepted, row.Repeated, row.Rejected, row.FinishedAt),
        };
    }
}

/// <summary>Events that came together.</summary>
/// <param name="Kind">How they came: a stream, a JSON batch, an import.</param>
/// <param name="Accepted">How many are new.</param>
/// <param name="Repeated">How many had been recorded before.</param>
/// <param name="Rejected">How many were refused.</param>
/// <param name="FinishedAt">When the last was recorded; null while they come, or when the sender went away.</param>
internal sealed record ActivityBatch(string Kind, long Accepted, long Repeated, long Rejected, DateTimeOffset? FinishedAt);

/// <summary>A batch as stored.</summary>
internal sealed class BatchRow
{
    public Guid BatchId { get; init; }

    public string Kind { get; init; } = "";

    public string Actor { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public long Accepted { get; init; }

    public long Repeated { get; init; }

    public long Rejected { get; init; }
}

/// <summary>The name that a key has, or had.</summary>
internal sealed record KeyName(string Id, string Name);
