using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Quality;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Quality;

/// <summary>Over what data quality is asked for. Times are those of recording; a batch narrows further.</summary>
internal sealed record QualityScope(CustomerId Customer, DateTimeOffset? From, DateTimeOffset? To, Guid? Batch)
{
    public object Values => new
    {
        customer = Customer.Value,
        from = From is { } from ? Slots.Of(from) : (DateTimeOffset?)null,
        fromHour = From is { } hour ? Slots.HourOf(hour) : (DateTimeOffset?)null,
        to = To,
        toHour = To is { } end ? Slots.HourOf(end.AddHours(1).AddTicks(-1)) : (DateTimeOffset?)null,
        batch = Batch,
    };
}

/// <summary>Reads of data quality.</summary>
internal static class QualityViews
{
    private const string InScope =
        """
        customer_id = @customer and (@from::timestamptz is null or slot >= @from) and (@to::timestamptz is null or slot < @to)
          and (@batch::uuid is null or batch_id = @batch)
        """;

    private const string FieldsInScope =
        """
        customer_id = @customer and (@fromHour::timestamptz is null or hour >= @fromHour) and (@toHour::timestamptz is null or hour < @toHour)
          and (@batch::uuid is null or batch_id = @batch)
        """;

    /// <summary>A Monday at midnight, so that stretches of a day and a week begin where people expect it.</summary>
    private static readonly DateTimeOffset SeriesOrigin = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Task<CountsRow> Counts(DbWork work, QualityScope scope) => work.Single<CountsRow>(
        $"""
        select coalesce(sum(events), 0)::bigint as events, coalesce(sum(json), 0)::bigint as json, coalesce(sum(not_json), 0)::bigint as not_json,
               coalesce(sum(timed), 0)::bigint as timed, coalesce(sum(late), 0)::bigint as late, coalesce(sum(misfits), 0)::bigint as misfits,
               coalesce(sum(entity_faulty), 0)::bigint as entity_faulty, coalesce(sum(broken_texts), 0)::bigint as broken_texts,
               coalesce(sum(faulty), 0)::bigint as faulty, coalesce(ingest_sum_counts(lateness), array[]::bigint[]) as lateness,
               coalesce(extract(epoch from max(slot) - min(slot))::bigint + @slot, 0) as active_seconds,
               min(first_time) as first_time, max(last_time) as last_time,
               coalesce((select max(s) from (select sum(events)::bigint as s from ingest_quality_counts where {InScope} group by slot) x), 0) as peak_events
        from ingest_quality_counts where {InScope}
        """,
        With(scope, new { slot = (long)QualityLimits.Slot.TotalSeconds }));

    public static Task<IReadOnlyList<TypeCountsRow>> Types(DbWork work, QualityScope scope) => work.List<TypeCountsRow>(
        $"""
        select event_type, sum(events)::bigint as events, sum(faulty)::bigint as faulty, sum(misfits)::bigint as misfits, sum(late)::bigint as late,
               min(first_time) as first_time, max(last_time) as last_time
        from ingest_quality_counts where {InScope} group by event_type order by event_type
        """,
        scope.Values);

    public static Task<AnswersRow> Answers(DbWork work, QualityScope scope) => work.Single<AnswersRow>(
        """
        select coalesce(sum(accepted), 0)::bigint as accepted, coalesce(sum(repeated), 0)::bigint as repeated, coalesce(sum(refused), 0)::bigint as refused,
               coalesce(ingest_sum_counts(latency), array[]::bigint[]) as latency
        from ingest_quality_answers
        where customer_id = @customer and (@from::timestamptz is null or slot >= @from) and (@to::timestamptz is null or slot < @to)
        """,
        scope.Values);

    /// <summary>The first and the last stretch with anything counted.</summary>
    public static Task<ExtentRow> Extent(DbWork work, QualityScope scope) => work.Single<ExtentRow>(
        $"""
        select min(first_slot) as first, max(last_slot) as last from (
            select min(slot) as first_slot, max(slot) as last_slot from ingest_quality_counts where {InScope}
            union all select min(slot), max(slot) from ingest_quality_refusals where {InScope}) x
        """,
        scope.Values);

    /// <summary>What was counted, by stretches of <paramref name="seconds"/> that begin at whole multiples; stretches without anything are left out.</summary>
    public static Task<IReadOnlyList<SeriesRow>> Series(DbWork work, QualityScope scope, long seconds) => work.List<SeriesRow>(
        $"""
        with counts as (
            select date_bin(make_interval(secs => @seconds), slot, @origin) as at, sum(events)::bigint as events, sum(faulty)::bigint as faulty, sum(late)::bigint as late
            from ingest_quality_counts where {InScope} group by 1),
        refusals as (
            select date_bin(make_interval(secs => @seconds), slot, @origin) as at, sum(refused)::bigint as refused
            from ingest_quality_refusals where {InScope} group by 1),
        answers as (
            select date_bin(make_interval(secs => @seconds), slot, @origin) as at, sum(repeated)::bigint as repeated, ingest_sum_counts(latency) as latency
            from ingest_quality_answers
            where customer_id = @customer and @batch::uuid is null
              and (@from::timestamptz is null or slot >= @from) and (@to::timestamptz is null or slot < @to)
            group by 1)
        select at, coalesce(events, 0) as events, coalesce(faulty, 0) as faulty, coalesce(late, 0) as late, coalesce(refused, 0) as refused,
               coalesce(repeated, 0) as repeated, coalesce(latency, array[]::bigint[]) as latency
        from counts full join refusals using (at) full join answers using (at)
        order by at
        """,
        With(scope, new { seconds = (double)seconds, origin = SeriesOrigin }));

    public static Task<IReadOnlyList<RefusalsRow>> Refusals(DbWork work, QualityScope scope) => work.List<RefusalsRow>(
        $"select event_type, code, sum(refused)::bigint as refused from ingest_quality_refusals where {InScope} group by event_type, code order by refused desc, event_type, code limit 100",
        scope.Values);

    /// <summary>Members of payloads with their counts, by type and pointer.</summary>
    public static Task<IReadOnlyList<FieldRow>> Fields(DbWork work, QualityScope scope, string? type, (string Type, string Field)? after, int? limit) => work.List<FieldRow>(
        $"""
        with totals as (
            select event_type, sum(json)::bigint as events from ingest_quality_counts
            where customer_id = @customer and (@fromHour::timestamptz is null or slot >= @fromHour) and (@toHour::timestamptz is null or slot < @toHour)
              and (@batch::uuid is null or batch_id = @batch)
            group by event_type)
        select f.event_type, f.field, t.events, sum(present)::bigint as present, sum(nulls)::bigint as nulls, sum(blanks)::bigint as blanks, sum(texts)::bigint as texts,
               sum(numbers)::bigint as numbers, sum(booleans)::bigint as booleans, sum(objects)::bigint as objects, sum(lists)::bigint as lists
        from ingest_quality_fields f join totals t on t.event_type = f.event_type
        where {FieldsInScope}
          and (@type::text is null or f.event_type = @type)
          and (@afterType::text is null or (f.event_type, f.field) > (@afterType, @afterField))
        group by f.event_type, f.field, t.events
        order by f.event_type, f.field
        limit @limit
        """,
        With(scope, new { type, afterType = after?.Type, afterField = after?.Field, limit }));

    /// <summary>Single faults, newest first.</summary>
    public static Task<IReadOnlyList<FaultRow>> Faults(DbWork work, QualityScope scope, FaultFilter filter, Guid? after, int limit) => work.List<FaultRow>(
        """
        select fault_id, found_at, kind, batch_id, event_type, generation, log_index, event_id, source, place, pointer, code, detail
        from ingest_quality_faults
        where customer_id = @customer and (@from::timestamptz is null or found_at >= @from) and (@to::timestamptz is null or found_at < @to)
          and (@batch::uuid is null or batch_id = @batch)
          and (@kind::text is null or kind = @kind) and (@code::text is null or code = @code) and (@type::text is null or event_type = @type)
          and (@after::uuid is null or fault_id < @after)
        order by fault_id desc
        limit @limit
        """,
        With(scope, new { kind = filter.Kind, code = filter.Code, type = filter.EventType, after, limit }));

    public static Task<IReadOnlyList<AlertRow>> Alerts(DbWork work, CustomerId customer, bool? isOpen, Guid? after, int limit) => work.List<AlertRow>(
        """
        select alert_id, kind, opened_at, closed_at, value, threshold, unit, detail
        from ingest_quality_alerts
        where customer_id = @customer and (@isOpen::boolean is null or (closed_at is null) = @isOpen) and (@after::uuid is null or alert_id < @after)
        order by alert_id desc
        limit @limit
        """,
        new { customer = customer.Value, isOpen, after, limit });

    /// <summary>What happened since then, customer by customer; those with an open alert too, so that it can close.</summary>
    public static Task<IReadOnlyList<WindowRow>> Windows(DbWork work, DateTimeOffset since) => work.List<WindowRow>(
        """
        with counts as (
            select customer_id, sum(events)::bigint as events, sum(faulty)::bigint as faulty,
                   ingest_sum_counts(lateness) filter (where batch_id = '00000000-0000-0000-0000-000000000000') as lateness
            from ingest_quality_counts where slot >= @since group by customer_id),
        answers as (
            select customer_id, sum(refused)::bigint as refused, ingest_sum_counts(latency) as latency
            from ingest_quality_answers where slot >= @since group by customer_id),
        alerts as (
            select customer_id, array_agg(kind) as kinds from ingest_quality_alerts where closed_at is null group by customer_id)
        select customer_id, coalesce(events, 0) as events, coalesce(faulty, 0) as faulty, coalesce(refused, 0) as refused,
               coalesce(latency, array[]::bigint[]) as latency, coalesce(lateness, array[]::bigint[]) as lateness, coalesce(kinds, array[]::text[]) as open_kinds
        from counts full join answers using (customer_id) full join alerts using (customer_id)
        """,
        new { since });

    private static Dapper.DynamicParameters With(QualityScope scope, object more)
    {
        var values = new Dapper.DynamicParameters(scope.Values);
        values.AddDynamicParams(more);
        return values;
    }
}

/// <summary>Which single faults.</summary>
internal sealed record FaultFilter(string? Kind, string? Code, string? EventType);
