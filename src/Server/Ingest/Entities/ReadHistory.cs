using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Entities;

/// <summary>The history of one entity: each change with the values before and after, told by folding once more from the first.</summary>
internal static class ReadHistory
{
    /// <summary>One page, oldest or newest first; <see langword="null"/> when there is no such entity.</summary>
    public static async Task<Page<EntityChangeBody>?> Page(
        DbWork work, CustomerId customer, EntityKey key, EventPosition? after, bool descending, int limit)
    {
        var history = await EntitiesViews.History(work, customer, key);
        if (history.Count == 0)
        {
            return null;
        }

        var wanted = (descending ? history.Reverse() : history)
            .Where(change => after is not { } place || (descending ? change.At < place : change.At > place))
            .Take(limit + 1).ToList();
        var page = wanted.Take(limit).ToList();
        var fields = Fields(history, [.. page.Select(change => change.At)]);
        var events = await EntitiesViews.Events(work, customer, [.. page.Select(change => change.At)]);
        return new Page<EntityChangeBody>(
            [.. page.Select(change => Body(change, fields[change.At], events.GetValueOrDefault((change.At.Generation, change.At.LogIndex))))],
            wanted.Count > limit ? PageCursor.Write(FoldJson.Position(page[^1].At)) : null);
    }

    private static Dictionary<EventPosition, List<FieldChangeBody>> Fields(IReadOnlyList<EntityChange> history, HashSet<EventPosition> wanted)
    {
        var state = new EntityState();
        var told = new Dictionary<EventPosition, List<FieldChangeBody>>(wanted.Count);
        foreach (var change in history)
        {
            var before = wanted.Contains(change.At) ? change.Fields.Select(field => Value(state, field.Field)).ToList() : null;
            state.Apply(change);
            if (before is not null)
            {
                told[change.At] = [.. change.Fields.Select((field, at) => new FieldChangeBody(
                    field.Field, field.Added is null ? "set" : "add", field.Added?.ToString(), before[at], Value(state, field.Field)))];
            }
        }

        return told;
    }

    private static JsonElement? Value(EntityState state, string field) =>
        state.Fields.TryGetValue(field, out var known) && known.Value() is { } json ? EntityBody.Json(json) : null;

    private static EntityChangeBody Body(EntityChange change, IReadOnlyList<FieldChangeBody> fields, NamedEvent? named) => new(
        change.At.Time.ToDateTimeOffset(),
        named?.RecordedAt,
        change.At.LogIndex,
        named?.EventId,
        named?.Source,
        named?.Type,
        named?.Actor,
        named is null ? null : $"/v1/receipts/{Uri.EscapeDataString(named.EventId)}?source={Uri.EscapeDataString(named.Source)}",
        fields);
}
