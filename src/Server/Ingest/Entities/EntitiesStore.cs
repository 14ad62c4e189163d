using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest.Entities;

/// <summary>Which entity of a customer.</summary>
internal readonly record struct EntityKey(string Type, string Id);

/// <summary>The rows of entity state. Written by one follower at a time for a customer, under its offset.</summary>
internal static class EntitiesStore
{
    private sealed class StateRow
    {
        public string EntityType { get; init; } = "";

        public string EntityId { get; init; } = "";

        public string Fold { get; init; } = "";

        public long Changes { get; init; }

        public string FirstPosition { get; init; } = "";

        public string LastPosition { get; init; } = "";
    }

    public static async Task Clear(DbWork work, CustomerId customer)
    {
        await work.Execute("delete from ingest_entities where customer_id = @customer", new { customer = customer.Value });
        await work.Execute("delete from ingest_entity_changes where customer_id = @customer", new { customer = customer.Value });
    }

    /// <summary>The states of these entities; those that are not there yet are left out.</summary>
    public static async Task<Dictionary<EntityKey, EntityState>> States(DbWork work, CustomerId customer, IReadOnlyCollection<EntityKey> keys)
    {
        var rows = await work.List<StateRow>(
            """
            select e.entity_type, e.entity_id, e.fold::text as fold, e.changes, e.first_position, e.last_position
            from unnest(@types, @ids) k(entity_type, entity_id)
            join ingest_entities e on e.customer_id = @customer and e.entity_type = k.entity_type and e.entity_id = k.entity_id
            """,
            Arrays(customer, keys));
        return rows.ToDictionary(
            row => new EntityKey(row.EntityType, row.EntityId),
            row => EntityState.Of(FoldJson.ReadState(row.Fold), row.Changes, FoldJson.ReadPosition(row.FirstPosition), FoldJson.ReadPosition(row.LastPosition)));
    }

    public static Task AddChanges(DbWork work, CustomerId customer, IReadOnlyList<EntityChange> changes) => work.Execute(
        """
        insert into ingest_entity_changes (customer_id, entity_type, entity_id, event_time, generation, log_index, ordinal, fields)
        select @customer, n.entity_type, n.entity_id, n.event_time, n.generation, n.log_index, n.ordinal, n.fields::jsonb
        from unnest(@types, @ids, @times, @generations, @indexes, @ordinals, @fields)
             n(entity_type, entity_id, event_time, generation, log_index, ordinal, fields)
        """,
        new
        {
            customer = customer.Value,
            types = changes.Select(change => change.EntityType).ToArray(),
            ids = changes.Select(change => change.EntityId).ToArray(),
            times = changes.Select(change => change.At.Time.ToDateTimeOffset()).ToArray(),
            generations = changes.Select(change => change.At.Generation).ToArray(),
            indexes = changes.Select(change => change.At.LogIndex).ToArray(),
            ordinals = changes.Select(change => change.At.Ordinal).ToArray(),
            fields = changes.Select(change => FoldJson.Changes(change.Fields)).ToArray(),
        });

    /// <summary>All changes of these entities, in the order in which they count, up to an event time where one is given.</summary>
    public static async Task<Dictionary<EntityKey, List<EntityChange>>> History(
        DbWork work, CustomerId customer, IReadOnlyCollection<EntityKey> keys, Instant? upTo = null)
    {
        var rows = await work.List<ChangeRow>(
            """
            select c.entity_type, c.entity_id, c.event_time, c.generation, c.log_index, c.ordinal, c.fields::text as fields
            from unnest(@types, @ids) k(entity_type, entity_id)
            join ingest_entity_changes c on c.customer_id = @customer and c.entity_type = k.entity_type and c.entity_id = k.entity_id
            where @upTo::timestamptz is null or c.event_time <= @upTo
            order by c.entity_type, c.entity_id, c.event_time, c.generation, c.log_index, c.ordinal
            """,
            new
            {
                customer = customer.Value,
                types = keys.Select(key => key.Type).ToArray(),
                ids = keys.Select(key => key.Id).ToArray(),
                upTo = upTo?.ToDateTimeOffset(),
            });
        return rows.GroupBy(row => new EntityKey(row.EntityType, row.EntityId)).ToDictionary(group => group.Key, group => group.Select(row => row.ToChange()).ToList());
    }

    public static Task Save(DbWork work, CustomerId customer, IReadOnlyList<KeyValuePair<EntityKey, EntityState>> states) => work.Execute(
        """
        insert into ingest_entities (customer_id, entity_type, entity_id, fields, fold, changes, first_at, first_position, last_at, last_position)
        select @customer, n.entity_type, n.entity_id, n.fields::jsonb, n.fold::jsonb, n.changes, n.first_at, n.first_position, n.last_at, n.last_position
        from unnest(@types, @ids, @fields, @folds, @changes, @firsts, @firstPositions, @lasts, @lastPositions)
             n(entity_type, entity_id, fields, fold, changes, first_at, first_position, last_at, last_position)
        on conflict (customer_id, entity_type, entity_id) do update set
            fields = excluded.fields, fold = excluded.fold, changes = excluded.changes, first_at = excluded.first_at,
            first_position = excluded.first_position, last_at = excluded.last_at, last_position = excluded.last_position
        """,
        new
        {
            customer = customer.Value,
            types = states.Select(one => one.Key.Type).ToArray(),
            ids = states.Select(one => one.Key.Id).ToArray(),
            fields = states.Select(one => FoldJson.Values(one.Value.Values())).ToArray(),
            folds = states.Select(one => FoldJson.State(one.Value)).ToArray(),
            changes = states.Select(one => one.Value.Changes).ToArray(),
            firsts = states.Select(one => one.Value.First!.Value.Time.ToDateTimeOffset()).ToArray(),
            firstPositions = states.Select(one => FoldJson.Position(one.Value.First!.Value)).ToArray(),
            lasts = states.Select(one => one.Value.Last!.Value.Time.ToDateTimeOffset()).ToArray(),
            lastPositions = states.Select(one => FoldJson.Position(one.Value.Last!.Value)).ToArray(),
        });

    /// <summary>Removes what one event did, because its payload was erased. Gives the entities that are now to be folded anew.</summary>
    public static async Task<IReadOnlyList<EntityKey>> RemoveChanges(DbWork work, CustomerId customer, short generation, long[] indexes) =>
    [
        .. (await work.List<(string, string)>(
            """
            delete from ingest_entity_changes where customer_id = @customer and generation = @generation and log_index = any(@indexes)
            returning entity_type, entity_id
            """,
            new { customer = customer.Value, generation, indexes })).Select(row => new EntityKey(row.Item1, row.Item2)).Distinct(),
    ];

    public static Task Remove(DbWork work, CustomerId customer, IReadOnlyCollection<EntityKey> keys) => work.Execute(
        """
        delete from ingest_entities e using unnest(@types, @ids) k(entity_type, entity_id)
        where e.customer_id = @customer and e.entity_type = k.entity_type and e.entity_id = k.entity_id
        """,
        Arrays(customer, keys));

    private static object Arrays(CustomerId customer, IReadOnlyCollection<EntityKey> keys) => new
    {
        customer = customer.Value,
        types = keys.Select(key => key.Type).ToArray(),
        ids = keys.Select(key => key.Id).ToArray(),
    };
}

/// <summary>A change as it is stored.</summary>
internal sealed class ChangeRow
{
    public string EntityType { get; init; } = "";

    public string EntityId { get; init; } = "";

    public DateTimeOffset EventTime { get; init; }

    public short Generation { get; init; }

    public long LogIndex { get; init; }

    public short Ordinal { get; init; }

    public string Fields { get; init; } = "";

    public EntityChange ToChange() => new(
        EntityType, EntityId, new EventPosition(Instant.FromDateTimeOffset(EventTime), Generation, LogIndex, Ordinal), FoldJson.ReadChanges(Fields));
}

/// <summary>Turns recorded events into what models look at.</summary>
internal static class EventViews
{
    /// <summary>The view of an event; its payload lives as long as the document.</summary>
    public static EventView Of(LoggedEvent row, short generation, JsonDocument? payload) => new()
    {
        EventId = row.EventId,
        Source = row.Source,
        Type = row.Type,
        Subject = row.Subject,
        At = new EventPosition(Instant.FromDateTimeOffset(row.EventTime), generation, row.LogIndex, 0),
        Data = payload?.RootElement,
    };
}
