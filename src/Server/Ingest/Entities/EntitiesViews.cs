using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest.Entities;

/// <summary>Reads of entity state.</summary>
internal static class EntitiesViews
{
    /// <summary>Entities by type and id. <paramref name="search"/> is found in the id or in any value, whatever the case.</summary>
    public static Task<IReadOnlyList<EntityRow>> Page(DbWork work, CustomerId customer, string? type, string? search, EntityKey? after, int limit) =>
        work.List<EntityRow>(
            """
            select entity_type, entity_id, fields::text as fields, changes, first_at, last_at, last_position
            from ingest_entities
            where customer_id = @customer
              and (@type::text is null or entity_type = @type)
              and (@afterType::text is null or (entity_type, entity_id) > (@afterType, @afterId))
              and (@search::text is null or position(lower(@search) in lower(entity_id)) > 0 or exists (
                    select from jsonb_each_text(fields) f where position(lower(@search) in lower(f.value)) > 0))
            order by entity_type, entity_id
            limit @limit
            """,
            new { customer = customer.Value, type, search, afterType = after?.Type, afterId = after?.Id, limit });

    public static Task<EntityRow?> One(DbWork work, CustomerId customer, EntityKey key) => work.Maybe<EntityRow>(
        """
        select entity_type, entity_id, fields::text as fields, changes, first_at, last_at, last_position
        from ingest_entities where customer_id = @customer and entity_type = @type and entity_id = @id
        """,
        new { customer = customer.Value, type = key.Type, id = key.Id });

    public static Task<IReadOnlyList<EntityTypeRow>> Types(DbWork work, CustomerId customer) => work.List<EntityTypeRow>(
        """
        select entity_type, count(*) as entities, max(last_at) as last_at
        from ingest_entities where customer_id = @customer group by entity_type order by entity_type
        """,
        new { customer = customer.Value });

    /// <summary>The changes of an entity, in the order in which they count.</summary>
    public static async Task<IReadOnlyList<EntityChange>> History(DbWork work, CustomerId customer, EntityKey key, Instant? upTo = null) =>
        (await EntitiesStore.History(work, customer, [key], upTo)).GetValueOrDefault(key, []);

    /// <summary>Per field of an entity the last change, up to an event time where one is given, and how many there were.</summary>
    public static Task<IReadOnlyList<FieldOriginRow>> Origins(DbWork work, CustomerId customer, EntityKey key, DateTimeOffset? upTo) => work.List<FieldOriginRow>(
        """
        with told as (
            select f ->> 'field' as field, f ? 'add' as is_added, c.event_time, c.generation, c.log_index, c.ordinal
            from ingest_entity_changes c cross join lateral jsonb_array_elements(c.fields -> 'changes') f
            where c.customer_id = @customer and c.entity_type = @type and c.entity_id = @id
              and (@upTo::timestamptz is null or c.event_time <= @upTo)),
        last as (
            select distinct on (field) field, is_added, event_time, generation, log_index, count(*) over (partition by field) as changes
            from told order by field, event_time desc, generation desc, log_index desc, ordinal desc)
        select l.field, l.is_added, l.event_time, l.log_index, l.changes, e.event_id, e.source, e.type as event_type
        from last l
        left join ingest_events e on e.customer_id = @customer and e.generation = l.generation and e.log_index = l.log_index
        order by l.field
        """,
        new { customer = customer.Value, type = key.Type, id = key.Id, upTo });

    /// <summary>The names of the events behind changes, by their place.</summary>
    public static async Task<Dictionary<(short, long), NamedEvent>> Events(DbWork work, CustomerId customer, IReadOnlyList<EventPosition> places) =>
        (await work.List<NamedEvent>(
            """
            select e.generation, e.log_index, e.event_id, e.source, e.type, e.recorded_at, e.actor
            from unnest(@generations, @indexes) p(generation, log_index)
            join ingest_events e on e.customer_id = @customer and e.generation = p.generation and e.log_index = p.log_index
            """,
            new
            {
                customer = customer.Value,
                generations = places.Select(place => place.Generation).ToArray(),
                indexes = places.Select(place => place.LogIndex).ToArray(),
            })).DistinctBy(row => (row.Generation, row.LogIndex)).ToDictionary(row => (row.Generation, row.LogIndex));
}

/// <summary>An entity as it is stored.</summary>
internal sealed class EntityRow
{
    public string EntityType { get; init; } = "";

    public string EntityId { get; init; } = "";

    public string Fields { get; init; } = "";

    public long Changes { get; init; }

    public DateTimeOffset FirstAt { get; init; }

    public DateTimeOffset LastAt { get; init; }

    public string LastPosition { get; init; } = "";
}

/// <summary>A kind of entity and how many there are.</summary>
internal sealed class EntityTypeRow
{
    public string EntityType { get; init; } = "";

    public long Entities { get; init; }

    public DateTimeOffset LastAt { get; init; }
}

/// <summary>The last change of a field.</summary>
internal sealed class FieldOriginRow
{
    public string Field { get; init; } = "";

    public bool IsAdded { get; init; }

    public DateTimeOffset EventTime { get; init; }

    public long LogIndex { get; init; }

    public long Changes { get; init; }

    public string? EventId { get; init; }

    public string? Source { get; init; }

    public string? EventType { get; init; }
}

/// <summary>An event by its names.</summary>
internal sealed class NamedEvent
{
    public short Generation { get; init; }

    public long LogIndex { get; init; }

    public string EventId { get; init; } = "";

    public string Source { get; init; } = "";

    public string Type { get; init; } = "";

    public DateTimeOffset RecordedAt { get; init; }

    public string Actor { get; init; } = "";
}
