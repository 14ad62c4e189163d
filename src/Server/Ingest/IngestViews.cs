using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>Reads of events and batches.</summary>
internal static class IngestViews
{
    /// <summary>One page of events by log index. The filters are all optional and narrow together.</summary>
    public static Task<IReadOnlyList<EventRow>> Page(DbWork work, CustomerId customer, EventFilter filter, long? after, int limit) => work.List<EventRow>(
        $"""
        select log_index, generation, event_id, source, type, subject, data_schema, content_type, event_time, time_given, recorded_at, late, actor, batch_id,
               data::text as data, erased_at is not null as is_erased
        from ingest_events
        where customer_id = @customer
          and generation = (select max(generation) from ledger_heads where customer_id = @customer)
          and (@after::bigint is null or log_index {(filter.Descending ? "<" : ">")} @after)
          and (@type::text is null or type = @type)
          and (@source::text is null or source = @source)
          and (@subject::text is null or subject = @subject)
          and (@eventId::text is null or event_id = @eventId)
          and (@index::bigint is null or log_index = @index)
          and (@batch::uuid is null or batch_id = @batch)
          and (@late::boolean is null or late = @late)
          and (@timeFrom::timestamptz is null or event_time >= @timeFrom)
          and (@timeTo::timestamptz is null or event_time < @timeTo)
        order by log_index {(filter.Descending ? "desc" : "asc")}
        limit @limit
        """,
        new
        {
            customer = customer.Value,
            after,
            filter.Type,
            filter.Source,
            filter.Subject,
            filter.EventId,
            filter.Index,
            batch = filter.Batch,
            filter.Late,
            filter.TimeFrom,
            filter.TimeTo,
            limit,
        });

    /// <summary>How many entries the customer's open log has.</summary>
    public static Task<long> LogSize(DbWork work, CustomerId customer) => work.Single<long>(
        "select size from ledger_heads where customer_id = @customer and closed_at is null", new { customer = customer.Value });

    /// <summary>The events of a stretch of a log, by index; with types, only those.</summary>
    public static Task<IReadOnlyList<LoggedEvent>> Stretch(DbWork work, LogStretch stretch, string[]? types = null) => work.List<LoggedEvent>(
        $"""
        select log_index, event_id, source, type, subject, event_time, time_given is not null as is_timed, recorded_at, late, batch_id,
               case when data is not null then data_raw end as json, data is null and octet_length(data_raw) > 0 as is_not_json, erased_at is not null as is_erased
        from ingest_events
        where customer_id = @customer and generation = @generation and log_index >= @from and log_index < @to
          {(types is null ? "" : "and type = any(@types)")}
        order by log_index
        """,
        new { customer = stretch.Customer.Value, generation = stretch.Generation, from = stretch.From, to = stretch.To, types });

    /// <summary>The events whose erasure stands in a stretch of a log, with where they stand themselves.</summary>
    public static Task<IReadOnlyList<(short Generation, long LogIndex)>> Erased(DbWork work, LogStretch stretch) => work.List<(short, long)>(
        """
        select e.generation, e.log_index
        from ingest_erasures x
        join ingest_events e on e.customer_id = x.customer_id and e.event_id = x.event_id and e.source = x.source
        where x.customer_id = @customer and x.generation = @generation and x.log_index >= @from and x.log_index < @to
        """,
        new { customer = stretch.Customer.Value, generation = stretch.Generation, from = stretch.From, to = stretch.To });

    public static Task<BatchRow?> Batch(DbWork work, CustomerId customer, BatchId batch) => work.Maybe<BatchRow>(
        """
        select batch_id, kind, actor, started_at, finished_at, accepted, repeated, rejected
        from ledger_batches where customer_id = @customer and batch_id = @batch
        """,
        new { customer = customer.Value, batch = batch.Value });
}

/// <summary>What a reader of events asks for.</summary>
internal sealed record EventFilter
{
    public string? Type { get; init; }

    public string? Source { get; init; }

    public string? Subject { get; init; }

    public string? EventId { get; init; }

    public long? Index { get; init; }

    public Guid? Batch { get; init; }

    public bool? Late { get; init; }

    public DateTimeOffset? TimeFrom { get; init; }

    public DateTimeOffset? TimeTo { get; init; }

    public bool Descending { get; init; }
}

/// <summary>An event as it is stored.</summary>
internal sealed class EventRow
{
    public long LogIndex { get; init; }

    public short Generation { get; init; }

    public string EventId { get; init; } = "";

    public string Source { get; init; } = "";

    public string Type { get; init; } = "";

    public string? Subject { get; init; }

    public string? DataSchema { get; init; }

    public string? ContentType { get; init; }

    public DateTimeOffset EventTime { get; init; }

    public string? TimeGiven { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public bool Late { get; init; }

    public string Actor { get; init; } = "";

    public Guid? BatchId { get; init; }

    public string? Data { get; init; }

    public bool IsErased { get; init; }
}

/// <summary>An event as those read it who follow the log.</summary>
internal sealed class LoggedEvent
{
    public long LogIndex { get; init; }

    public string EventId { get; init; } = "";

    public string Source { get; init; } = "";

    public string Type { get; init; } = "";

    public string? Subject { get; init; }

    public DateTimeOffset EventTime { get; init; }

    /// <summary>Whether its sender gave a time.</summary>
    public bool IsTimed { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public bool Late { get; init; }

    public Guid? BatchId { get; init; }

    /// <summary>The payload, when it is JSON and not erased.</summary>
    public byte[]? Json { get; init; }

    public bool IsNotJson { get; init; }

    public bool IsErased { get; init; }
}

/// <summary>A stream, batch or import and what it came to.</summary>
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
