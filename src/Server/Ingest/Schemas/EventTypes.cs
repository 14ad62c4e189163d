using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Domain.Ingest.Schemas;
using Cairn.Server.Ingest.Entities;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Schemas;

/// <summary>What becomes of an event that does not fit its type's schema.</summary>
internal enum OnViolation
{
    /// <summary>It is refused; nothing is stored.</summary>
    Reject,

    /// <summary>It is recorded, and counted as a fault of data quality.</summary>
    Flag,
}

/// <summary>What a customer says about one type of event, ready to be applied.</summary>
internal sealed record EventTypeRules(string Type, long Version, EventSchema? Schema, OnViolation OnViolation);

/// <summary>All that a customer says about its event types.</summary>
internal sealed record CustomerEventTypes(long Revision, FrozenDictionary<string, EventTypeRules> Rules, FrozenDictionary<string, EventModel> Models)
{
    public static CustomerEventTypes None { get; } =
        new(0, FrozenDictionary<string, EventTypeRules>.Empty, FrozenDictionary<string, EventModel>.Empty);
}

/// <summary>
/// The customers' event types, compiled. Ingest asks for them with every event, so one look-up serves a second's events:
/// a change holds on this server at once and on every other one within that second.
/// </summary>
internal sealed class EventTypes(Database database)
{
    /// <summary>How long they are trusted without asking the database again.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(1);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<CustomerId, Entry> entries = new();
    private readonly ConcurrentDictionary<CustomerId, CustomerEventTypes> compiled = new();

    /// <summary>The customer's event types as they were at most a second ago.</summary>
    public ValueTask<CustomerEventTypes> Get(CustomerId customer)
    {
        if (entries.TryGetValue(customer, out var entry) && entry.Age < Trust)
        {
            return new(entry.Rules);
        }

        return new(Refresh(customer, entry));
    }

    /// <summary>Exactly what this transaction sees.</summary>
    public async Task<CustomerEventTypes> Read(DbWork work, CustomerId customer)
    {
        var revision = await SchemasStore.Revision(work, customer);
        if (compiled.TryGetValue(customer, out var known) && known.Revision == revision)
        {
            return known;
        }

        var rules = revision == 0 ? CustomerEventTypes.None : Compile(revision, await SchemasStore.All(work, customer));
        if (compiled.Count >= Most)
        {
            compiled.Clear();
        }

        compiled[customer] = rules;
        return rules;
    }

    /// <summary>Called once a change is committed.</summary>
    public void Forget(CustomerId customer) => entries.TryRemove(customer, out _);

    private async Task<CustomerEventTypes> Refresh(CustomerId customer, Entry? stale)
    {
        if (entries.Count >= Most)
        {
            entries.Clear();
        }

        // Not cancelled with the request that happens to start it: others wait for it too.
        var fresh = new Entry(() => database.ForCustomer(customer, work => Read(work, customer)));
        var isFirst = stale is null ? entries.TryAdd(customer, fresh) : entries.TryUpdate(customer, fresh, stale);
        if (!isFirst && entries.TryGetValue(customer, out var other))
        {
            return await other.Rules;
        }

        try
        {
            return await fresh.Rules;
        }
        catch
        {
            entries.TryRemove(new KeyValuePair<CustomerId, Entry>(customer, fresh));
            throw;
        }
    }

    private static CustomerEventTypes Compile(long revision, IReadOnlyList<EventTypeRow> rows)
    {
        var models = new Dictionary<string, EventModel>(StringComparer.Ordinal);
        var rules = new Dictionary<string, EventTypeRules>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            rules[row.EventType] = new EventTypeRules(row.EventType, row.Version, SchemaOf(row), row.Violation);
            if (row.EntityModel is { } model)
            {
                models[row.EventType] = EventModelReader.Read(row.EventType, model, row.EventType).Value;
            }
        }

        return new CustomerEventTypes(revision, rules.ToFrozenDictionary(StringComparer.Ordinal), models.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private static EventSchema? SchemaOf(EventTypeRow row)
    {
        if (row.Schema is null)
        {
            return null;
        }

        // It was linted when it was put; the clone inside survives the document.
        using var json = JsonDocument.Parse(row.Schema);
        return SchemaReader.Read(json.RootElement).Value;
    }

    /// <summary>Age is physical time, not the product's clock: a clock that stands still must not keep an old schema alive.</summary>
    private sealed class Entry(Func<Task<CustomerEventTypes>> load)
    {
        private readonly long made = TimeProvider.System.GetTimestamp();
        private readonly Lazy<Task<CustomerEventTypes>> rules = new(load);

        public TimeSpan Age => TimeProvider.System.GetElapsedTime(made);

        public Task<CustomerEventTypes> Rules => rules.Value;
    }
}
