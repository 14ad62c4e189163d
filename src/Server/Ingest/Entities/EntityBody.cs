using System.Text.Json;
using Cairn.Domain.Ingest.Entities;

namespace Cairn.Server.Ingest.Entities;

/// <summary>The state of one thing, as its events tell it.</summary>
/// <param name="Type">What kind of thing.</param>
/// <param name="Id">Which one.</param>
/// <param name="Fields">Its fields by name; numbers keep their digits.</param>
/// <param name="Changes">How many changes made it.</param>
/// <param name="FirstAt">The event time of the first.</param>
/// <param name="LastAt">The event time of the last.</param>
/// <param name="LastIndex">The log index of the event behind the last.</param>
/// <param name="AsOf">The event time that was asked for; null for now.</param>
/// <param name="EventsWaiting">Entries of the log that are recorded and not yet folded in; 0 when the state is current.</param>
/// <param name="Origins">Where each value comes from, by field; only for a single entity.</param>
internal sealed record EntityBody(
    string Type, string Id, JsonElement Fields, long Changes, DateTimeOffset FirstAt, DateTimeOffset LastAt, long LastIndex, DateTimeOffset? AsOf, long EventsWaiting,
    IReadOnlyList<FieldOriginBody>? Origins = null)
{
    public static EntityBody Of(EntityRow row, long waiting) => new(
        row.EntityType, row.EntityId, Json(row.Fields), row.Changes, row.FirstAt, row.LastAt, FoldJson.ReadPosition(row.LastPosition).LogIndex, null, waiting);

    public static EntityBody Of(EntityKey key, EntityState state, DateTimeOffset asOf, long waiting) => new(
        key.Type, key.Id, Json(FoldJson.Values(state.Values())), state.Changes,
        state.First!.Value.Time.ToDateTimeOffset(), state.Last!.Value.Time.ToDateTimeOffset(), state.Last.Value.LogIndex, asOf, waiting);

    internal static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}

/// <summary>Where the value of a field comes from.</summary>
/// <param name="Field">The field.</param>
/// <param name="Changes">How many changes went into it.</param>
/// <param name="Kind">What the last of them did: <c>set</c> or <c>add</c>.</param>
/// <param name="At">The event time of the last.</param>
/// <param name="Index">The log index of its event.</param>
/// <param name="EventId">The sender's id of its event.</param>
/// <param name="Source">Where its event happened.</param>
/// <param name="EventType">What happened.</param>
/// <param name="Receipt">Where the receipt of its event is.</param>
internal sealed record FieldOriginBody(
    string Field, long Changes, string Kind, DateTimeOffset At, long Index, string? EventId, string? Source, string? EventType, string? Receipt)
{
    public static FieldOriginBody Of(FieldOriginRow row) => new(
        row.Field, row.Changes, row.IsAdded ? "add" : "set", row.EventTime, row.LogIndex, row.EventId, row.Source, row.EventType,
        row.EventId is null ? null : $"/v1/receipts/{Uri.EscapeDataString(row.EventId)}?source={Uri.EscapeDataString(row.Source!)}");
}

/// <summary>A kind of thing.</summary>
/// <param name="Type">Its name.</param>
/// <param name="Entities">How many there are.</param>
/// <param name="LastAt">The event time of the last change of any.</param>
/// <param name="Fields">Its fields, as the models state them.</param>
/// <param name="EventTypes">The types of event that change it.</param>
internal sealed record EntityTypeBody(
    string Type, long Entities, DateTimeOffset? LastAt, IReadOnlyList<EntityFieldBody> Fields, IReadOnlyList<string> EventTypes);

/// <summary>A field of a kind of thing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">What the number counts.</param>
/// <param name="Says">What it tells.</param>
internal sealed record EntityFieldBody(string Name, string? Unit, string? Says);

/// <summary>The kinds of thing, and how current their state is.</summary>
/// <param name="Items">By name.</param>
/// <param name="ModelHash">SHA-256 over the shipped models and those of the installation.</param>
/// <param name="EventsWaiting">Entries of the log that are not yet folded in.</param>
internal sealed record EntityTypesBody(IReadOnlyList<EntityTypeBody> Items, string ModelHash, long EventsWaiting);

/// <summary>One change of a thing.</summary>
/// <param name="At">The event's own time, by which changes are ordered.</param>
/// <param name="RecordedAt">When the event was recorded.</param>
/// <param name="Index">Its place in the log.</param>
/// <param name="EventId">The sender's id.</param>
/// <param name="Source">Where it happened.</param>
/// <param name="EventType">What happened.</param>
/// <param name="Actor">Who brought it.</param>
/// <param name="Receipt">Where its receipt is.</param>
/// <param name="Fields">What it changed.</param>
internal sealed record EntityChangeBody(
    DateTimeOffset At, DateTimeOffset? RecordedAt, long Index, string? EventId, string? Source, string? EventType, string? Actor, string? Receipt,
    IReadOnlyList<FieldChangeBody> Fields);

/// <summary>What a change did to a field.</summary>
/// <param name="Name">The field.</param>
/// <param name="Kind"><c>set</c> or <c>add</c>.</param>
/// <param name="Amount">What was added, exactly; null for set.</param>
/// <param name="Before">The value before; null when there was none.</param>
/// <param name="After">The value after.</param>
internal sealed record FieldChangeBody(string Name, string Kind, string? Amount, JsonElement? Before, JsonElement? After);
