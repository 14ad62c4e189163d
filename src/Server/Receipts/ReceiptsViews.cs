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

    /// <summary>The entries between two indexes for the audit trail, newest last, filtered, one page.</summary>
    public static Task<IReadOnlyList<AuditRow>> AuditPage(
        DbWork work, CustomerId customer, short generation, long from, long to, AuditFilter filter, int limit) => work.List<AuditRow>(
        """
        select e.log_index, e.kind, e.event_id, e.source, e.transaction_type, e.subject, e.actor, e.recorded_at, e.event_time, e.late, e.data::text as data
        from ledger_entries e
        where e.customer_id = @customer and e.generation = @generation and e.log_index >= @from and e.log_index < @to
          and (@kind::text is null or e.kind = @kind)
          and (@action::text is null or e.transaction_type = @action)
          and (@actor::text is null or e.actor = @actor)
          and (@subject::text is null or e.subject = @subject)
        order by e.log_index limit @limit
        """,
        new { customer = customer.Value, generation, from, to, filter.Kind, filter.Action, filter.Actor, filter.Subject, limit });
}

/// <summary>An entry as the audit trail reads it.</summary>
internal sealed record AuditRow(
    long LogIndex, string Kind, string EventId, string Source, string TransactionType, string? Subject, string Actor,
    DateTimeOffset RecordedAt, DateTimeOffset EventTime, bool Late, string? Data);

/// <summary>What a reader of the audit trail asks for; each member that is set narrows it.</summary>
internal sealed record AuditFilter(string? Kind, string? Action, string? Actor, string? Subject);
