using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Server.Ingest.Schemas;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Entities;

/// <summary>
/// Folds a customer's events into the state of its entities. An event that comes in the order of event times, or late but
/// without overtaking, changes only the fields it names; one that a later addition stands behind makes its entities fold
/// again from their history. Either way the rows are those of a fold from nothing.
/// </summary>
internal sealed class FoldEntities(EventModels models, EventTypes types) : ILogFollower
{
    public const string FollowerName = "entities";

    public string Name => FollowerName;

    public string RulesHash => models.Hash;

    public Task Clear(DbWork work, CustomerId customer) => EntitiesStore.Clear(work, customer);

    public async Task Take(DbWork work, LogStretch stretch)
    {
        var inForce = ModelsOf(await types.Read(work, stretch.Customer));
        var events = await IngestViews.Stretch(work, stretch, [.. inForce.Keys]);
        var changes = new List<EntityChange>(events.Count);
        var faults = new List<Fault>();
        foreach (var one in events)
        {
            using var payload = one.Json is null ? null : JsonDocument.Parse(one.Json);
            changes.AddRange(EntityFold.Resolve(inForce[one.Type], EventViews.Of(one, stretch.Generation, payload), faults));
        }

        await Apply(work, stretch.Customer, changes);
        await Forget(work, stretch);
    }

    /// <summary>What an event type means for entities: the customer's own model, else the shipped one.</summary>
    public IReadOnlyDictionary<string, EventModel> ModelsOf(CustomerEventTypes own)
    {
        if (own.Models.Count == 0)
        {
            return models.ByType;
        }

        var all = new Dictionary<string, EventModel>(models.ByType);
        foreach (var (type, model) in own.Models)
        {
            all[type] = model;
        }

        return all;
    }

    private static async Task Apply(DbWork work, CustomerId customer, List<EntityChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        // In order, so that within a stretch nothing overtakes.
        changes.Sort((left, right) => left.At.CompareTo(right.At));
        var keys = changes.Select(KeyOf).ToHashSet();
        var states = await EntitiesStore.States(work, customer, keys);
        var unsettled = new HashSet<EntityKey>();
        foreach (var change in changes)
        {
            var key = KeyOf(change);
            if (!states.TryGetValue(key, out var state))
            {
                states.Add(key, state = new EntityState());
            }

            if (!state.Apply(change))
            {
                unsettled.Add(key);
            }
        }

        await EntitiesStore.AddChanges(work, customer, changes);
        foreach (var (key, history) in unsettled.Count == 0 ? [] : await EntitiesStore.History(work, customer, unsettled))
        {
            states[key] = EntityState.Fold(history);
        }

        await EntitiesStore.Save(work, customer, [.. states]);
    }

    /// <summary>Takes back what events did whose payload was erased in this stretch.</summary>
    private static async Task Forget(DbWork work, LogStretch stretch)
    {
        foreach (var log in (await IngestViews.Erased(work, stretch)).GroupBy(erased => erased.Generation))
        {
            var touched = await EntitiesStore.RemoveChanges(work, stretch.Customer, log.Key, [.. log.Select(erased => erased.LogIndex)]);
            if (touched.Count == 0)
            {
                continue;
            }

            await EntitiesStore.Remove(work, stretch.Customer, touched);
            var left = await EntitiesStore.History(work, stretch.Customer, touched);
            await EntitiesStore.Save(work, stretch.Customer, [.. left.Select(one => KeyValuePair.Create(one.Key, EntityState.Fold(one.Value)))]);
        }
    }

    private static EntityKey KeyOf(EntityChange change) => new(change.EntityType, change.EntityId);
}
