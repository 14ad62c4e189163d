using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Quality;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Quality;

/// <summary>Data quality over HTTP.</summary>
internal static class QualityEndpoints
{
    private const int StandardPage = 100;
    private const int LargestPage = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/data-quality", Summary)
            .WithName("GetDataQuality").WithTags("Data quality").WithSummary("Data quality of a period or a batch, every figure with how it was counted")
            .WithDescription("`from` and `to` are times of recording; counts are kept by five minutes and widened to them. With `batch`, only that stream or import, and for an import its reconciliation.")
            .TakesScope().Produces<QualityBody>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/data-quality/series", Series)
            .WithName("GetDataQualitySeries").WithTags("Data quality").WithSummary("Events, faults, refusals and latency over time")
            .WithDescription($"By stretches of five minutes to 28 days, so that there are about {SeriesStep.MostPoints} at most. Longer ones begin at whole multiples in UTC; those without anything are left out.")
            .TakesScope().Produces<SeriesBody>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/data-quality/fields", Fields)
            .WithName("ListDataQualityFields").WithTags("Data quality").WithSummary("Completeness, nulls and types of every member of payloads")
            .WithDescription("Counted by hour of recording; `from` and `to` are widened to whole hours.")
            .TakesScope().TakesPage(LargestPage).TakesQuery("type", "Only of this type of event.")
            .Produces<Page<FieldBody>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/data-quality/faults", Faults)
            .WithName("ListDataQualityFaults").WithTags("Data quality").WithSummary("The single faults behind the counts, newest first")
            .WithDescription($"Each with its event, line or row. At most {QualityLimits.FaultsKept} of a customer are kept for five minutes; the counts are complete.")
            .TakesScope().TakesPage(LargestPage)
            .TakesQuery("kind", "refused, schema, format or entity.").TakesQuery("code", "Only with this code.").TakesQuery("type", "Only of this type of event.")
            .Produces<Page<FaultBody>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/data-quality/alerts", Alerts)
            .WithName("ListDataQualityAlerts").WithTags("Data quality").WithSummary("Alerts, newest first")
            .WithDescription("An alert opens when more than 10 % of the events of the last hour fail, or when recording or the events themselves are more than five minutes late, and closes when that is over. Both are entries of the audit trail.")
            .TakesCustomer().TakesPage(LargestPage).TakesQuery("state", "open or closed.")
            .Produces<Page<AlertBody>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
    }

    private static TBuilder TakesScope<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.TakesCustomer()
            .TakesQuery("from", "Recorded at or after this RFC 3339 instant.").TakesQuery("to", "Recorded before this RFC 3339 instant.")
            .TakesQuery("batch", "Only of this stream or import.");

    private static Task<IResult> Summary(HttpContext context, ReadQuality read) => Scoped(context, async (_, scope) =>
        await read.Summary(scope, context.RequestAborted) is { } body
            ? TypedResults.Ok(body)
            : ProblemResults.From(PlatformProblems.BatchNotFound(BatchId.Of(scope.Batch!.Value).ToString())));

    private static Task<IResult> Series(HttpContext context, ReadQuality read) => Scoped(
        context, async (_, scope) => TypedResults.Ok(await read.Series(scope, context.RequestAborted)));

    private static Task<IResult> Fields(HttpContext context, Database database) => Scoped(context, async (query, scope) =>
    {
        var limit = query.Limit(StandardPage, LargestPage);
        var cursor = query.Cursor(2);
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        (string, string)? after = cursor is null ? null : (cursor[0], cursor[1]);
        var rows = await database.ForCustomer(
            scope.Customer, work => QualityViews.Fields(work, scope, query.Text("type"), after, limit + 1), context.RequestAborted);
        var page = rows.Take(limit).ToList();
        return TypedResults.Ok(new Page<FieldBody>(
            [.. page.Select(FieldBody.Of)], rows.Count > limit ? PageCursor.Write(page[^1].EventType, page[^1].Field) : null));
    });

    private static Task<IResult> Faults(HttpContext context, Database database) => Scoped(context, async (query, scope) =>
    {
        var limit = query.Limit(StandardPage, LargestPage);
        var after = GuidCursor(query);
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var filter = new FaultFilter(query.Text("kind"), query.Text("code"), query.Text("type"));
        var rows = await database.ForCustomer(scope.Customer, work => QualityViews.Faults(work, scope, filter, after, limit + 1), context.RequestAborted);
        var page = rows.Take(limit).ToList();
        return TypedResults.Ok(new Page<FaultBody>([.. page.Select(FaultBody.Of)], rows.Count > limit ? PageCursor.Write(page[^1].FaultId.ToString()) : null));
    });

    private static Task<IResult> Alerts(HttpContext context, Database database) => Scoped(context, async (query, scope) =>
    {
        var limit = query.Limit(StandardPage, LargestPage);
        var after = GuidCursor(query);
        var state = query.Text("state");
        if (state is not (null or "open" or "closed"))
        {
            query.Add("state", "query-state", "'state' must be open or closed.");
        }

        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var rows = await database.ForCustomer(
            scope.Customer, work => QualityViews.Alerts(work, scope.Customer, state is null ? null : state == "open", after, limit + 1), context.RequestAborted);
        var page = rows.Take(limit).ToList();
        return TypedResults.Ok(new Page<AlertBody>([.. page.Select(AlertBody.Of)], rows.Count > limit ? PageCursor.Write(page[^1].AlertId.ToString()) : null));
    });

    private static async Task<IResult> Scoped(HttpContext context, Func<QueryReader, QualityScope, Task<IResult>> answer)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var scope = new QualityScope(customer.Value, query.Instant("from"), query.Instant("to"), query.Id<BatchId>("batch")?.Value);
        return query.Problem is { } problem ? ProblemResults.From(problem) : await answer(query, scope);
    }

    private static Guid? GuidCursor(QueryReader query)
    {
        if (query.Cursor(1) is not [var text])
        {
            return null;
        }

        if (Guid.TryParse(text, out var id))
        {
            return id;
        }

        query.Add("cursor", "cursor-invalid", "'cursor' is not one that this list gave out. Start again without it.");
        return null;
    }
}
