using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>The ingest API: events in, events out, and what became of a stream.</summary>
internal static class IngestEndpoints
{
    private const int StandardPage = 100;
    private const int LargestPage = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        // Taken once, not from the services of each request, which would be made and disposed of for them alone.
        var (post, scope) = (routes.ServiceProvider.GetRequiredService<PostEvents>(), routes.ServiceProvider.GetRequiredService<CustomerScope>());
        routes.MapPost("/v1/events", (Delegate)((HttpContext context) => Post(context, post, scope)))
            .WithName("PostEvents").WithTags("Events").WithSummary("Record events")
            .WithDescription(
                $"Records one event, a batch or a stream. The form is told by the content type: a CloudEvent (structured; or binary with any `ce-` header), "
                + $"a batch of CloudEvents, NDJSON lines of either form, or the plain form `event_id, timestamp, transaction_type, data`. "
                + $"A new event answers 201 with its receipt, a repeat 200 with the original receipt, the same id with another payload 409 `event-id-conflict`. "
                + $"An answer is given only once the event is on disk. Limits: {IngestLimits.EventBytes / 1024} KiB an event; {IngestLimits.BatchEvents} events or {IngestLimits.BatchBytes >> 20} MiB a batch; 1 GiB a stream; event times at most {IngestLimits.MaxAhead.TotalMinutes} minutes ahead of the server's clock.")
            .TakesBody("The event, the batch, the lines, or in binary mode the payload.", true, "application/cloudevents+json", "application/cloudevents-batch+json", "application/x-ndjson", "application/json")
            .TakesCustomer()
            .Produces<JsonElement>(StatusCodes.Status201Created).Produces<JsonElement>(StatusCodes.Status200OK).Produces<JsonElement>(StatusCodes.Status207MultiStatus)
            .Refuses(400, 404, 409, 413, 415, 422, 503)
            .RequirePolicy(Policies.IngestEvents);
        routes.MapGet("/v1/events", List)
            .WithName("ListEvents").WithTags("Events").WithSummary("List events")
            .WithDescription("Events by log index. Filters: type, source, subject, event_id, index, batch, late, time_from (inclusive) and time_to (exclusive) over the event's own time; order asc or desc; limit up to 1,000; cursor of the page before.")
            .TakesCustomer().TakesPage(LargestPage)
            .TakesQuery("type", "Only events of this type.").TakesQuery("source", "Only from this source.").TakesQuery("subject", "Only about this subject.")
            .TakesQuery("event_id", "Only with this id.").TakesQuery("index", "Only the one at this place in the log.").TakesQuery("batch", "Only of this stream or import.").TakesQuery("late", "true or false.")
            .TakesQuery("time_from", "Own time at or after this RFC 3339 instant.").TakesQuery("time_to", "Own time before this RFC 3339 instant.").TakesQuery("order", "asc (standard) or desc, by log index.")
            .Produces<Page<EventItem>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/batches/{batch}", GetBatch)
            .TakesPath("batch", "The id that the stream's, the batch's or the import's answer gave.")
            .WithName("GetBatch").WithTags("Events").WithSummary("What became of a stream or import")
            .TakesCustomer()
            .Produces<BatchItem>().Refuses(404)
            .RequirePolicy(Policies.ReadRecords);
    }

    private static async Task Post(HttpContext context, PostEvents post, CustomerScope scope)
    {
        // The stream's limit is checked while it is read; the server's own limit would cut it off without a word.
        if (context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
        {
            feature.MaxRequestBodySize = IngestLimits.StreamBytes + 1;
        }

        var customer = await scope.Find(context, withInstallation: false);
        if (customer.IsOk)
        {
            await post.Handle(context, customer.Value, context.Caller().Actor);
        }
        else
        {
            await ProblemResults.WriteAsync(context, customer.Problem);
        }
    }

    private static async Task<IResult> List(HttpContext context, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var filter = new EventFilter
        {
            Type = query.Text("type"),
            Source = query.Text("source"),
            Subject = query.Text("subject"),
            EventId = query.Text("event_id"),
            Index = query.Index("index"),
            Batch = query.Id<BatchId>("batch")?.Value,
            Late = query.Flag("late"),
            TimeFrom = query.Instant("time_from"),
            TimeTo = query.Instant("time_to"),
            Descending = query.Descending(),
        };
        var limit = query.Limit(StandardPage, LargestPage);
        var cursor = query.Cursor(1);
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        long? after = cursor is null ? null : long.Parse(cursor[0], CultureInfo.InvariantCulture);
        var rows = await database.ForCustomer(
            customer.Value, work => IngestViews.Page(work, customer.Value, filter, after, limit + 1), context.RequestAborted);
        var page = rows.Take(limit).ToList();
        var next = rows.Count > limit ? PageCursor.Write(page[^1].LogIndex.ToString(CultureInfo.InvariantCulture)) : null;
        return TypedResults.Ok(new Page<EventItem>([.. page.Select(EventItem.Of)], next));
    }

    private static async Task<IResult> GetBatch(HttpContext context, string batch, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var row = TypedId.TryParse<BatchId>(batch, out var id)
            ? await database.ForCustomer(customer.Value, work => IngestViews.Batch(work, customer.Value, id), context.RequestAborted)
            : null;
        return row is null ? ProblemResults.From(PlatformProblems.BatchNotFound(batch)) : TypedResults.Ok(BatchItem.Of(row));
    }
}

/// <summary>An event in a list.</summary>
/// <param name="Index">Its place in the customer's log.</param>
/// <param name="EventId">The sender's id.</param>
/// <param name="Source">Where it happened.</param>
/// <param name="Type">What happened.</param>
/// <param name="Subject">What it happened to.</param>
/// <param name="Time">The event's own time; the time it was recorded when the sender gave none.</param>
/// <param name="ReceivedAt">When it was recorded.</param>
/// <param name="Late">Whether it came more than five minutes after its own time.</param>
/// <param name="Actor">Who brought it.</param>
/// <param name="Batch">The stream or import it came in.</param>
/// <param name="IsErased">Whether its payload was erased.</param>
/// <param name="Data">The payload, when it is JSON.</param>
internal sealed record EventItem(
    long Index, string EventId, string Source, string Type, string? Subject, DateTimeOffset Time, DateTimeOffset ReceivedAt, bool Late,
    string Actor, string? Batch, bool IsErased, JsonElement? Data)
{
    public static EventItem Of(EventRow row) => new(
        row.LogIndex, row.EventId, row.Source, row.Type, row.Subject, row.EventTime, row.RecordedAt, row.Late, row.Actor,
        row.BatchId is { } batch ? BatchId.Of(batch).ToString() : null, row.IsErased,
        row.Data is null ? null : JsonDocument.Parse(row.Data).RootElement);
}

/// <summary>A stream, batch or import.</summary>
internal sealed record BatchItem(
    string Id, string Kind, string Actor, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, long Accepted, long Repeated, long Rejected)
{
    public static BatchItem Of(BatchRow row) => new(
        Cairn.Domain.Foundation.BatchId.Of(row.BatchId).ToString(), row.Kind, row.Actor, row.StartedAt, row.FinishedAt, row.Accepted, row.Repeated, row.Rejected);
}
