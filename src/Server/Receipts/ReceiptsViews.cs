using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>Reads of the ledger's entries.</summary>
internal static class ReceiptsViews
{
    /// <summary>All entries under an event id: one per source.</summary>
    public static Task<IReadOnlyList<LedgerRow>> ByEventId(DbWork work, CustomerId customer, string eventId, string? source) => work.List<LedgerRow>(
        $"""
        select {LedgerRow.Columns} from ledger_entries e
        join ledger_heads h on h.customer_id = e.customer_id and h.generation = e.generation
        where e.customer_id = @customer and e.event_id = @eventId and (@source::text is null or e.source = @source)
        order by e.source limit 20
        """,
        new { customer = customer.Value, eventId, source });

    /// <summary>Entries of one log by index, the lower bound included, the upper not.</summary>
    public static Task<IReadOnlyList<LedgerRow>> Range(DbWork work, CustomerId customer, short generation, long from, long to) => work.List<LedgerRow>(
        $"""
        select {LedgerRow.Columns} from ledger_entries e
        join ledger_heads h on h.customer_id = e.customer_id and h.generation = e.generation
        where e.customer_id = @customer and e.generation = @generation and e.log_index >= @from and e.log_index < @to
        order by e.log_index
        """,
        new { customer = customer.Value, generation, from, to });

    /// <summary>The first index recorded at or after a moment; the log's size when there is none.</summary>
    public static Task<long> FirstIndexAt(DbWork work, CustomerId customer, short generation, DateTimeOffset moment) => work.Single<long>(
        "select ledger_first_index_at(@customer, @generation, @moment)", new { customer = customer.Value, generation, moment });

    /// <summary>Whether the customer has that batch (a read-only look-up over the ingest module's directory of runs).</summary>
    public static Task<bool> HasBatch(DbWork work, CustomerId customer, BatchId batch) => work.Single<bool>(
        "select exists (select from ledger_batches where customer_id = @customer and batch_id = @batch)",
        new { customer = customer.Value, batch = batch.Value });

    /// <summary>The runs of entries of a batch after an ordinal, in line order.</summary>
    public static Task<IReadOnlyList<RunRow>> BatchRuns(DbWork work, CustomerId customer, BatchId batch, long after, int limit) => work.List<RunRow>(
        """
        select ordinal, generation, first_index, last_index from ledger_batch_runs
        where customer_id = @customer and batch_id = @batch and ordinal > @after order by ordinal limit @limit
        """,
        new { customer = customer.Value, batch = batch.Value, after, limit });

    /// <summary>The entries between two indexes for the audit trail, filtered, one page.</summary>
    public static Task<IReadOnlyList<AuditRow>> AuditPage(
        DbWork work, CustomerId customer, short generation, AuditRequest request, AuditPlace place) => work.List<AuditRow>(
        $"""
        select e.log_index, e.kind, e.event_id, e.source, e.transaction_type, e.subject, e.actor, e.recorded_at, e.data::text as data
        from ledger_entries e
        where e.customer_id = @customer and e.generation = @generation and e.log_index >= @from and e.log_index < @to
          and (@kind::text is null or e.kind = @kind)
          and (@actions::text[] is null or e.transaction_type = any (@actions)
               or exists (select from unnest(@beginnings::text[]) b where starts_with(e.transaction_type, b)))
          and (@actor::text is null or e.actor = @actor)
          and (@subject::text is null or e.subject = @subject)
        order by e.log_index {(request.Descending ? "desc" : "asc")} limit @limit
        """,
        new
        {
            customer = customer.Value,
            generation,
            from = place.From,
            to = place.To,
            kind = request.Filter.Kind,
            actions = request.Filter.Actions,
            beginnings = request.Filter.Beginnings,
            actor = request.Filter.Actor,
            subject = request.Filter.Subject,
            limit = request.Limit + 1,
        });

    /// <summary>Changes of records below an index, newest first, one page. The end of an import is left out: its batch tells more.</summary>
    public static Task<IReadOnlyList<AuditRow>> Records(DbWork work, CustomerId customer, short generation, ActivityRequest request, long below) => work.List<AuditRow>(
        """
        select e.log_index, e.kind, e.event_id, e.source, e.transaction_type, e.subject, e.actor, e.recorded_at, e.data::text as data
        from ledger_entries e
        where e.customer_id = @customer and e.generation = @generation and e.kind = 'record' and e.log_index < @below
          and e.transaction_type like any(@actions) and e.transaction_type <> 'import.finished' and (@actor::text is null or e.actor = @actor)
        order by e.log_index desc limit @limit
        """,
        new { customer = customer.Value, generation, below, actions = ReadActivity.Actions(request.About), actor = request.Actor, limit = request.Limit + 1 });

    /// <summary>Batches of events before a place, newest first, one page.</summary>
    public static Task<IReadOnlyList<BatchRow>> Batches(DbWork work, CustomerId customer, ActivityRequest request, ActivityPlace place) => work.List<BatchRow>(
        """
        select batch_id, kind, actor, started_at, finished_at, accepted, repeated, rejected from ledger_batches
        where customer_id = @customer and (started_at, batch_id) < (@before, @batch) and (@actor::text is null or actor = @actor)
        order by started_at desc, batch_id desc limit @limit
        """,
        new { customer = customer.Value, before = place.Before, batch = place.Batch, actor = request.Actor, limit = request.Limit + 1 });

    /// <summary>The names of keys, by id, as they were made.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> KeyNames(DbWork work, CustomerId customer, short generation, string[] keys) => (await work.List<KeyName>(
        """
        select e.subject as id, coalesce(e.data -> 'subject' ->> 'name', '') as name from ledger_entries e
        where e.customer_id = @customer and e.generation = @generation and e.kind = 'record' and e.transaction_type = 'api-key.created' and e.subject = any(@keys)
        """,
        new { customer = customer.Value, generation, keys })).ToDictionary(key => key.Id, key => key.Name);
}

/// <summary>An entry as the audit trail reads it.</summary>
internal sealed class AuditRow
{
    public long LogIndex { get; init; }

    public string Kind { get; init; } = "";

    public string EventId { get; init; } = "";

    public string Source { get; init; } = "";

    public string TransactionType { get; init; } = "";

    public string? Subject { get; init; }

    public string Actor { get; init; } = "";

    public DateTimeOffset RecordedAt { get; init; }

    public string? Data { get; init; }
}

/// <summary>Neighbouring entries that neighbouring lines of a batch became.</summary>
internal sealed class RunRow
{
    public long Ordinal { get; init; }

    public short Generation { get; init; }

    public long FirstIndex { get; init; }

    public long LastIndex { get; init; }
}

/// <summary>What a reader of the audit trail asks for; each member that is set narrows it.</summary>
internal sealed record AuditFilter(string? Kind, string? Action, string? Actor, string? Subject)
{
    private const char Separator = ',';
    private const char Rest = '*';

    /// <summary>The whole actions that are asked for; <see langword="null"/> when any will do.</summary>
    public string[]? Actions => Words()?.Where(word => !word.EndsWith(Rest)).ToArray();

    /// <summary>The beginnings of actions that are asked for.</summary>
    public string[] Beginnings => [.. (Words() ?? []).Where(word => word.EndsWith(Rest)).Select(word => word.TrimEnd(Rest))];

    private string[]? Words() => Action?.Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
