using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Schemas;
using Cairn.Server.Ingest.Entities;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Schemas;

/// <summary>What somebody asks to be said about an event type, unchecked.</summary>
/// <param name="Schema">A JSON Schema, or none.</param>
/// <param name="OnViolation"><c>reject</c> or <c>flag</c>; <c>flag</c> when not given.</param>
/// <param name="EntityModel">How its events change entities, or none for the shipped model.</param>
internal sealed record EventTypeDraft(string EventType, JsonElement? Schema, string? OnViolation, JsonElement? EntityModel);

/// <summary>Sets, changes and removes what is said about an event type; each change is a version and an entry of the log.</summary>
internal sealed class ChangeEventTypes(Database database, LedgerAppender ledger, EventTypes types, FoldEntities fold, Clock clock)
{
    /// <summary>Sets all that is said about a type. <paramref name="expected"/> is the version the change is based on, when the caller cares.</summary>
    public async Task<Outcome<EventTypeRow>> Put(
        CustomerId customer, Actor actor, EventTypeDraft draft, long? expected, InputFaults faults, CancellationToken cancel)
    {
        var type = draft.EventType;
        Check(draft, faults);
        if (faults.Any)
        {
            return faults.ToProblem();
        }

        return await Change(customer, expected, type, async (work, before, version) =>
        {
            var row = new EventTypeRow
            {
                EventType = type,
                Version = version,
                Schema = draft.Schema?.GetRawText(),
                OnViolation = draft.OnViolation ?? "flag",
                EntityModel = draft.EntityModel?.GetRawText(),
                ChangedAt = clock.NowMilliseconds.ToDateTimeOffset(),
                ChangedBy = actor.Id,
            };
            await SchemasStore.Save(work, customer, row);
            await RestartFold(work, customer, before?.EntityModel != row.EntityModel);
            await Record(work, customer, new RecordChange(before is null ? "event-type.created" : "event-type.changed", actor, "event-type", type), before, row);
            return row;
        }, cancel);
    }

    /// <summary>Removes what is said about a type; its events are recorded without a check from then on.</summary>
    public async Task<Problem?> Delete(CustomerId customer, Actor actor, string type, CancellationToken cancel) => (await Change(customer, null, type, async (work, before, version) =>
    {
        if (before is null)
        {
            return (Outcome<EventTypeRow>)SchemaProblems.NotFound(type);
        }

        await SchemasStore.Remove(work, customer, type, version, clock.Now, actor.Id);
        await RestartFold(work, customer, before.EntityModel is not null);
        await Record(work, customer, new RecordChange("event-type.deleted", actor, "event-type", type), before, null);
        return before;
    }, cancel)).Problem;

    private async Task<Outcome<EventTypeRow>> Change(
        CustomerId customer, long? expected, string type, Func<DbWork, EventTypeRow?, long, Task<Outcome<EventTypeRow>>> change, CancellationToken cancel)
    {
        var outcome = await database.ForCustomer(customer, async work =>
        {
            await SchemasStore.Lock(work, customer);
            var before = await SchemasStore.One(work, customer, type);
            return expected is { } version && version != (before?.Version ?? 0)
                ? SchemaProblems.VersionTaken(before?.Version ?? 0)
                : await change(work, before, await SchemasStore.LastVersion(work, customer, type) + 1);
        }, cancel);
        types.Forget(customer);
        return outcome;
    }

    private async Task RestartFold(DbWork work, CustomerId customer, bool isNeeded)
    {
        if (isNeeded)
        {
            // The state of all entities follows from all models, so it is folded anew; readers are told how far it is.
            await LogFollowers.Restart(work, fold, customer, clock);
        }
    }

    private Task Record(DbWork work, CustomerId customer, RecordChange change, EventTypeRow? before, EventTypeRow? after) =>
        ledger.Record(work, customer, change with { Before = Shown(before), After = Shown(after) });

    private static object? Shown(EventTypeRow? row) => row is null ? null : new
    {
        version = row.Version,
        schema = row.Schema is null ? (JsonElement?)null : JsonDocument.Parse(row.Schema).RootElement,
        onViolation = row.OnViolation,
        entityModel = row.EntityModel is null ? (JsonElement?)null : JsonDocument.Parse(row.EntityModel).RootElement,
    };

    private static void Check(EventTypeDraft draft, InputFaults faults)
    {
        var type = draft.EventType;
        var texts = new List<Fault>();
        IngestRules.CheckText(texts, "/type", "type", type, IngestLimits.TypeBytes);
        texts.ForEach(fault => faults.Add(fault.Pointer, fault.Code, fault.Detail));
        faults.OneOf("/onViolation", draft.OnViolation, ["reject", "flag"], "on-violation-unknown");
        if (draft.Schema is { } schema)
        {
            Take(faults, "/schema", Sound(schema, SchemaLimits.SchemaBytes) ?? SchemaReader.Read(schema).Problem);
        }

        if (draft.EntityModel is { } model)
        {
            Take(faults, "/entityModel", Sound(model, Domain.Ingest.Entities.EntityLimits.ModelBytes) ?? EventModelReader.Read("entityModel", model.GetRawText(), type).Problem);
        }

        if (draft is { Schema: null, EntityModel: null } && !faults.Any)
        {
            faults.Add("/schema", InputFaults.MemberMissing, "Give a 'schema', an 'entityModel', or both.");
        }
    }

    /// <summary>What makes JSON unfit to be kept, before anything reads its names and texts.</summary>
    private static Problem? Sound(JsonElement value, int limit)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(value.GetRawText());
        return bytes.Length > limit
            ? SchemaProblems.TooLarge(limit)
            : JsonPayload.Check(bytes) is { Count: > 0 } faults ? SchemaProblems.Unsound(faults) : null;
    }

    private static void Take(InputFaults faults, string pointer, Problem? problem)
    {
        foreach (var fault in problem is null ? [] : problem.Faults.Count > 0 ? problem.Faults : [new Fault("", problem.Code, problem.Detail)])
        {
            faults.Add(fault.Pointer.StartsWith('/') || fault.Pointer.Length == 0 ? pointer + fault.Pointer : $"{pointer} ({fault.Pointer})", fault.Code, fault.Detail);
        }
    }
}
