using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Domain.Ingest.Quality;
using Cairn.Server.Ingest.Entities;
using Cairn.Server.Ingest.Schemas;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Quality;

/// <summary>
/// Counts what is in a customer's log: events, members of payloads, lateness, and every fault of a schema, a fold or a
/// text. A schema counts from the moment it is there; what was recorded before is not judged anew.
/// </summary>
internal sealed class QualityFollower(FoldEntities fold, EventTypes types) : ILogFollower
{
    public const string FollowerName = "quality";

    public string Name => FollowerName;

    public string RulesHash => "1";

    public Task Clear(DbWork work, CustomerId customer) => QualityStore.Clear(work, customer);

    public async Task Take(DbWork work, LogStretch stretch)
    {
        var events = await IngestViews.Stretch(work, stretch);
        if (events.Count == 0)
        {
            return;
        }

        var own = await types.Read(work, stretch.Customer);
        var count = new StretchCount(stretch, own, fold.ModelsOf(own));
        foreach (var hour in events.GroupBy(StretchCount.FieldsKeyOf))
        {
            count.Know(hour.Key, await QualityStore.KnownFields(work, stretch.Customer, hour.Key));
        }

        foreach (var one in events)
        {
            count.Add(one);
        }

        await QualityStore.AddCounts(work, stretch.Customer, count.Counts);
        await QualityStore.AddFields(work, stretch.Customer, count.Fields);
        await QualityStore.AddFaults(work, stretch.Customer, count.Faults);
    }
}

/// <summary>Which counts of events.</summary>
internal readonly record struct CountsKey(DateTimeOffset Slot, Guid Batch, string EventType);

/// <summary>Which counts of members.</summary>
internal readonly record struct FieldsKey(DateTimeOffset Hour, Guid Batch, string EventType);

/// <summary>Counts of events.</summary>
internal sealed class EventCounts
{
    public long Events { get; set; }

    public long Json { get; set; }

    public long NotJson { get; set; }

    public long Timed { get; set; }

    public long Late { get; set; }

    public long Misfits { get; set; }

    public long EntityFaulty { get; set; }

    public long BrokenTexts { get; set; }

    public long Faulty { get; set; }

    public DateTimeOffset FirstTime { get; set; } = DateTimeOffset.MaxValue;

    public DateTimeOffset LastTime { get; set; } = DateTimeOffset.MinValue;

    public long[] Lateness { get; } = DurationCounts.None();
}

/// <summary>Counts one stretch of a log.</summary>
internal sealed class StretchCount(LogStretch stretch, CustomerEventTypes own, IReadOnlyDictionary<string, EventModel> models)
{
    private readonly Dictionary<CountsKey, EventCounts> counts = [];
    private readonly Dictionary<FieldsKey, FieldTally> fields = [];

    public IReadOnlyDictionary<CountsKey, EventCounts> Counts => counts;

    public IReadOnlyDictionary<FieldsKey, FieldTally> Fields => fields;

    public List<FoundFault> Faults { get; } = [];

    public static FieldsKey FieldsKeyOf(LoggedEvent one) => new(Slots.HourOf(one.RecordedAt), one.BatchId ?? Guid.Empty, one.Type);

    public void Know(FieldsKey key, IEnumerable<string> names)
    {
        var tally = fields[key] = new FieldTally();
        foreach (var name in names)
        {
            tally.Know(name);
        }
    }

    public void Add(LoggedEvent one)
    {
        var cell = CellOf(one);
        cell.Events++;
        cell.NotJson += one.IsNotJson ? 1 : 0;
        cell.Late += one.Late ? 1 : 0;
        cell.FirstTime = one.EventTime < cell.FirstTime ? one.EventTime : cell.FirstTime;
        cell.LastTime = one.EventTime > cell.LastTime ? one.EventTime : cell.LastTime;
        if (one.IsTimed)
        {
            cell.Timed++;
            cell.Lateness[DurationCounts.StepOf((one.RecordedAt - one.EventTime).TotalMilliseconds)]++;
        }

        if (!one.IsErased)
        {
            cell.Faulty += Judge(one, cell) ? 1 : 0;
        }
    }

    /// <summary>Looks into the payload; true when anything is wrong with it.</summary>
    private bool Judge(LoggedEvent one, EventCounts cell)
    {
        using var payload = one.Json is null ? null : JsonDocument.Parse(one.Json);
        var before = Faults.Count;
        if (payload is not null)
        {
            cell.Json++;
            var broken = fields[FieldsKeyOf(one)].Add(payload.RootElement);
            cell.BrokenTexts += broken.Count > 0 ? 1 : 0;
            Note(one, "format", broken.Select(pointer => new Fault(
                "/data" + pointer, "text-broken", "The text holds the replacement character U+FFFD: letters were lost before it was sent. Check the encoding of the source.")));
        }

        cell.Misfits += Note(one, "schema", Misfits(one, payload)) ? 1 : 0;
        if (models.TryGetValue(one.Type, out var model))
        {
            var faults = new List<Fault>();
            EntityFold.Resolve(model, EventViews.Of(one, stretch.Generation, payload), faults);
            cell.EntityFaulty += Note(one, "entity", SchemaProblems.InEvent(faults)) ? 1 : 0;
        }

        return Faults.Count > before;
    }

    private IReadOnlyList<Fault> Misfits(LoggedEvent one, JsonDocument? payload) =>
        !own.Rules.TryGetValue(one.Type, out var rule) || rule.Schema is null ? []
        : payload is null ? [SchemaProblems.NotJson]
        : SchemaProblems.InEvent(rule.Schema.Check(payload.RootElement));

    private bool Note(LoggedEvent one, string kind, IEnumerable<Fault> faults)
    {
        var before = Faults.Count;
        Faults.AddRange(faults.Take(QualityLimits.FaultsOfEvent).Select(fault => new FoundFault(
            one.RecordedAt, kind, one.BatchId ?? Guid.Empty, one.Type, stretch.Generation, one.LogIndex, one.EventId, one.Source, null, fault)));
        return Faults.Count > before;
    }

    private EventCounts CellOf(LoggedEvent one)
    {
        var key = new CountsKey(Slots.Of(one.RecordedAt), one.BatchId ?? Guid.Empty, one.Type);
        if (!counts.TryGetValue(key, out var cell))
        {
            counts.Add(key, cell = new EventCounts());
        }

        return cell;
    }
}

/// <summary>A fault with where it was found.</summary>
internal sealed record FoundFault(
    DateTimeOffset FoundAt, string Kind, Guid Batch, string EventType, short? Generation, long? LogIndex, string? EventId, string? Source, string? Place, Fault Fault);

/// <summary>The stretches of time by which counts are kept.</summary>
internal static class Slots
{
    private static readonly long Ticks = QualityLimits.Slot.BclCompatibleTicks;

    public static DateTimeOffset Of(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Ticks), TimeSpan.Zero);

    public static DateTimeOffset HourOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
