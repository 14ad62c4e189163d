using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Quality;
using Cairn.Server.Ingest.Imports;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Quality;

/// <summary>Puts the summary of a period or a batch together.</summary>
internal sealed class ReadQuality(Database database)
{
    private const int OpenAlerts = 10;

    /// <summary>The summary; <see langword="null"/> when the batch is not one of the customer's.</summary>
    public Task<QualityBody?> Summary(QualityScope scope, CancellationToken cancel) => database.ForCustomer(scope.Customer, async work =>
    {
        var batch = scope.Batch is { } id ? await IngestViews.Batch(work, scope.Customer, BatchId.Of(id)) : null;
        if (scope.Batch is not null && batch is null)
        {
            return null;
        }

        var counts = await QualityViews.Counts(work, scope);
        var fields = await QualityViews.Fields(work, scope, null, null, null);
        var answers = batch is null ? await QualityViews.Answers(work, scope) : null;
        var totals = Totals(counts, fields, answers, batch);
        var import = batch is null ? null : await ImportsStore.One(work, scope.Customer, scope.Batch!.Value);
        return new QualityBody(
            scope.Customer.ToString(),
            scope.From is { } from ? Slots.Of(from) : null,
            scope.To,
            scope.Batch is { } named ? BatchId.Of(named).ToString() : null,
            counts.FirstTime,
            counts.LastTime,
            (await LogFollowers.PlaceOf(work, QualityFollower.FollowerName, scope.Customer)).Waiting,
            QualityFigures.Of(totals, Over(scope)),
            TypesOf(await QualityViews.Types(work, scope), fields),
            [.. (await QualityViews.Refusals(work, scope)).Select(row => new RefusalBody(row.EventType, row.Code, row.Refused))],
            import is null ? null : Reconciliation.Of(import),
            [.. (await QualityViews.Alerts(work, scope.Customer, isOpen: true, null, OpenAlerts)).Select(AlertBody.Of)]);
    }, cancel);

    /// <summary>The counts over time, by stretches that fit the period.</summary>
    public Task<SeriesBody> Series(QualityScope scope, CancellationToken cancel) => database.ForCustomer(scope.Customer, async work =>
    {
        var extent = await QualityViews.Extent(work, scope);
        if (extent.First is not { } first || extent.Last is not { } last)
        {
            return new SeriesBody(null, null, (long)QualityLimits.Slot.TotalSeconds, []);
        }

        // Of a period that was asked for, all of it counts: what is empty is part of the picture.
        var (from, to) = (scope.From ?? first, scope.To ?? last);
        var step = SeriesStep.For(NodaTime.Duration.FromTimeSpan(to - from));
        var points = (await QualityViews.Series(work, scope, (long)step.TotalSeconds)).Select(SeriesPointBody.Of).ToList();
        return new SeriesBody(points[0].At, points[^1].At + step.ToTimeSpan(), (long)step.TotalSeconds, points);
    }, cancel);

    private static QualityTotals Totals(CountsRow counts, IReadOnlyList<FieldRow> fields, AnswersRow? answers, BatchRow? batch) => new()
    {
        Events = counts.Events,
        Json = counts.Json,
        NotJson = counts.NotJson,
        Timed = counts.Timed,
        Late = counts.Late,
        Misfits = counts.Misfits,
        EntityFaulty = counts.EntityFaulty,
        BrokenTexts = counts.BrokenTexts,
        Faulty = counts.Faulty,
        Repeated = batch?.Repeated ?? answers!.Repeated,
        Refused = batch?.Rejected ?? answers!.Refused,
        FieldsExpected = fields.Sum(field => field.Events),
        FieldsFilled = fields.Sum(field => field.Filled),
        FieldsNull = fields.Sum(field => field.Nulls),
        FieldsBlank = fields.Sum(field => field.Blanks),
        FieldsOdd = fields.Sum(field => field.OddTypes),
        ActiveSeconds = counts.ActiveSeconds,
        PeakEvents = counts.PeakEvents,
        Latency = answers?.Latency,
        Lateness = counts.Lateness,
    };

    private static IReadOnlyList<TypeQualityBody> TypesOf(IReadOnlyList<TypeCountsRow> types, IReadOnlyList<FieldRow> fields)
    {
        var byType = fields.ToLookup(field => field.EventType);
        return
        [
            .. types.Select(type => new TypeQualityBody(
                type.EventType, type.Events, type.Faulty, type.Misfits, type.Late,
                Shares.Of(byType[type.EventType].Sum(field => field.Filled), byType[type.EventType].Sum(field => field.Events)),
                type.FirstTime, type.LastTime)),
        ];
    }

    private static string Over(QualityScope scope)
    {
        var period = (scope.From, scope.To) switch
        {
            (null, null) => "all that was recorded so far",
            ({ } from, null) => $"what was recorded from {Text(Slots.Of(from))}",
            (null, { } to) => $"what was recorded before {Text(to)}",
            ({ } from, { } to) => $"what was recorded from {Text(Slots.Of(from))} to before {Text(to)}",
        };
        return scope.Batch is { } batch ? $"{period}, of {BatchId.Of(batch)}" : period;
    }

    private static string Text(DateTimeOffset time) => Rfc3339.Format(NodaTime.Instant.FromDateTimeOffset(time));
}
