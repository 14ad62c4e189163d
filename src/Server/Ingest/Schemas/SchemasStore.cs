using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest.Schemas;

/// <summary>What a customer says about one type of event, as stored.</summary>
internal sealed class EventTypeRow
{
    public string EventType { get; init; } = "";

    public long Version { get; init; }

    /// <summary>The JSON Schema as it was given; its text decides, not a re-written form of it.</summary>
    public string? Schema { get; init; }

    public string OnViolation { get; init; } = "";

    public string? EntityModel { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public string ChangedBy { get; init; } = "";

    public OnViolation Violation => OnViolation == "reject" ? Schemas.OnViolation.Reject : Schemas.OnViolation.Flag;
}

/// <summary>The rows of event types and their versions.</summary>
internal static class SchemasStore
{
    private const string Columns = "event_type, version, schema, on_violation, entity_model, changed_at, changed_by";

    /// <summary>A number that grows with every change of the customer's event types; 0 when there never was one.</summary>
    public static Task<long> Revision(DbWork work, CustomerId customer) => work.Single<long>(
        "select count(*) from ingest_event_type_versions where customer_id = @customer", new { customer = customer.Value });

    public static Task<IReadOnlyList<EventTypeRow>> All(DbWork work, CustomerId customer) => work.List<EventTypeRow>(
        $"select {Columns} from ingest_event_types where customer_id = @customer order by event_type", new { customer = customer.Value });

    public static Task<IReadOnlyList<EventTypeRow>> Page(DbWork work, CustomerId customer, string? after, int limit) => work.List<EventTypeRow>(
        $"""
        select {Columns} from ingest_event_types
        where customer_id = @customer and (@after::text is null or event_type > @after) order by event_type limit @limit
        """,
        new { customer = customer.Value, after, limit });

    public static Task<EventTypeRow?> One(DbWork work, CustomerId customer, string type) => work.Maybe<EventTypeRow>(
        $"select {Columns} from ingest_event_types where customer_id = @customer and event_type = @type", new { customer = customer.Value, type });

    /// <summary>Holds off every other change of the customer's event types until this transaction ends.</summary>
    public static Task Lock(DbWork work, CustomerId customer) => work.Execute(
        "select pg_advisory_xact_lock(hashtextextended('event types ' || @customer::text, 0))", new { customer = customer.Value });

    public static Task<long> LastVersion(DbWork work, CustomerId customer, string type) => work.Single<long>(
        "select coalesce(max(version), 0) from ingest_event_type_versions where customer_id = @customer and event_type = @type",
        new { customer = customer.Value, type });

    public static async Task Save(DbWork work, CustomerId customer, EventTypeRow row)
    {
        var values = new { customer = customer.Value, row.EventType, row.Version, row.Schema, row.OnViolation, row.EntityModel, row.ChangedAt, row.ChangedBy };
        await work.Execute(
            """
            insert into ingest_event_types (customer_id, event_type, version, schema, on_violation, entity_model, changed_at, changed_by)
            values (@customer, @EventType, @Version, @Schema, @OnViolation, @EntityModel, @ChangedAt, @ChangedBy)
            on conflict (customer_id, event_type) do update set version = excluded.version, schema = excluded.schema,
                on_violation = excluded.on_violation, entity_model = excluded.entity_model, changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            values);
        await work.Execute(
            """
            insert into ingest_event_type_versions (customer_id, event_type, version, schema, on_violation, entity_model, changed_at, changed_by)
            values (@customer, @EventType, @Version, @Schema, @OnViolation, @EntityModel, @ChangedAt, @ChangedBy)
            """,
            values);
    }

    /// <summary>Removes the rules of a type; a version without any says so.</summary>
    public static async Task Remove(DbWork work, CustomerId customer, string type, long version, Instant now, string actor)
    {
        await work.Execute("delete from ingest_event_types where customer_id = @customer and event_type = @type", new { customer = customer.Value, type });
        await work.Execute(
            """
            insert into ingest_event_type_versions (customer_id, event_type, version, changed_at, changed_by)
            values (@customer, @type, @version, @now, @actor)
            """,
            new { customer = customer.Value, type, version, now = now.ToDateTimeOffset(), actor });
    }

    /// <summary>Whether an event id is recorded already, so that a repeat must be answered as one.</summary>
    public static Task<bool> IsRecorded(DbWork work, CustomerId customer, string eventId, string source) => work.Single<bool>(
        "select exists (select from ingest_events where customer_id = @customer and event_id = @eventId and source = @source)",
        new { customer = customer.Value, eventId, source });
}
