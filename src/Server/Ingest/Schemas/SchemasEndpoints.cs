using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Schemas;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Schemas;

/// <summary>Event types over HTTP.</summary>
internal static class SchemasEndpoints
{
    private const int StandardPage = 100;
    private const int LargestPage = 1_000;

    /// <summary>Where the type stands in <c>/v1/event-types/{type}</c>.</summary>
    private const int TypeSegment = 3;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/event-types", List)
            .WithName("ListEventTypes").WithTags("Event types").WithSummary("What is said about event types")
            .WithDescription("Only types with a schema or an entity model of the customer's own; events of any type are recorded.")
            .TakesCustomer().TakesPage(LargestPage).Produces<Page<EventTypeBody>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/event-types/{type}", Get).TakesPath("type", "The event type, percent-encoded.")
            .WithName("GetEventType").WithTags("Event types").WithSummary("What is said about one event type")
            .TakesCustomer().Produces<EventTypeBody>().Refuses(404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapPut("/v1/event-types/{type}", Put).TakesPath("type", "The event type, percent-encoded.")
            .WithName("PutEventType").WithTags("Event types").WithSummary("Set the schema and the entity model of an event type")
            .WithDescription(
                "`{schema, onViolation: reject|flag, entityModel}`. The schema is the documented part of JSON Schema 2020-12; an unknown keyword is refused. "
                + $"`reject` answers events that do not fit with 422 `event-schema-violation` and stores nothing, `flag` records and counts them. A repeat of what was recorded before is always answered as the first time. "
                + $"Changing the entity model folds the customer's entities anew. If-Match with the version makes a lost race 412. At most {SchemaLimits.SchemaBytes / 1024} KiB.")
            .TakesBody("`{\"schema\": {…}, \"onViolation\": \"reject\", \"entityModel\": {\"entities\": […]}}`").TakesCustomer()
            .Produces<EventTypeBody>().Produces<EventTypeBody>(StatusCodes.Status201Created)
            .Refuses(400, 404, 412, 413, 415, 422)
            .RequirePolicy(Policies.ManageEventTypes);
        routes.MapDelete("/v1/event-types/{type}", Delete).TakesPath("type", "The event type, percent-encoded.")
            .WithName("DeleteEventType").WithTags("Event types").WithSummary("Check events of this type no longer")
            .TakesCustomer().Produces(StatusCodes.Status204NoContent).Refuses(404)
            .RequirePolicy(Policies.ManageEventTypes);
    }

    private static async Task<IResult> List(HttpContext context, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var cursor = query.Cursor(1);
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var rows = await database.ForCustomer(
            customer.Value, work => SchemasStore.Page(work, customer.Value, cursor?[0], limit + 1), context.RequestAborted);
        var page = rows.Take(limit).ToList();
        return TypedResults.Ok(new Page<EventTypeBody>([.. page.Select(EventTypeBody.Of)], rows.Count > limit ? PageCursor.Write(page[^1].EventType) : null));
    }

    private static async Task<IResult> Get(HttpContext context, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var type = RawPath.Segment(context, TypeSegment);
        var row = await database.ForCustomer(customer.Value, work => SchemasStore.One(work, customer.Value, type), context.RequestAborted);
        return row is null ? ProblemResults.From(SchemaProblems.NotFound(type)) : Answer(context, row);
    }

    private static async Task<IResult> Put(HttpContext context, ChangeEventTypes change)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var draft = new EventTypeDraft(RawPath.Segment(context, TypeSegment), input.Element("schema"), input.Text("onViolation"), input.Element("entityModel"));
        input.Finish();
        var expected = ExpectedVersion(context.Request, input.Faults);
        var made = await change.Put(
            customer.Value, context.Caller().Actor, draft, expected, input.Faults, context.RequestAborted);
        return made.IsOk ? Answer(context, made.Value) : ProblemResults.From(made.Problem);
    }

    private static async Task<IResult> Delete(HttpContext context, ChangeEventTypes change)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var problem = await change.Delete(customer.Value, context.Caller().Actor, RawPath.Segment(context, TypeSegment), context.RequestAborted);
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static IResult Answer(HttpContext context, EventTypeRow row)
    {
        context.Response.Headers.ETag = $"\"{row.Version.ToString(CultureInfo.InvariantCulture)}\"";
        return row.Version == 1 && HttpMethods.IsPut(context.Request.Method)
            ? TypedResults.Created((string?)null, EventTypeBody.Of(row))
            : TypedResults.Ok(EventTypeBody.Of(row));
    }

    private static long? ExpectedVersion(HttpRequest request, InputFaults faults)
    {
        var text = request.Headers.IfMatch.ToString().Trim().Trim('"');
        if (text.Length == 0)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return version;
        }

        faults.Add("If-Match", "version-unreadable", "If-Match takes the version as the ETag of an answer gives it, for instance \"3\".");
        return null;
    }
}

/// <summary>What is said about an event type.</summary>
/// <param name="Type">The type of the events.</param>
/// <param name="Version">Grows with every change, deletions included.</param>
/// <param name="Schema">The JSON Schema, as it was given.</param>
/// <param name="OnViolation"><c>reject</c> or <c>flag</c>.</param>
/// <param name="EntityModel">How its events change entities; null for the shipped model.</param>
/// <param name="ChangedAt">Since when.</param>
/// <param name="ChangedBy">By whom.</param>
internal sealed record EventTypeBody(
    string Type, long Version, JsonElement? Schema, string OnViolation, JsonElement? EntityModel, DateTimeOffset ChangedAt, string ChangedBy)
{
    public static EventTypeBody Of(EventTypeRow row) => new(
        row.EventType, row.Version, Json(row.Schema), row.OnViolation, Json(row.EntityModel), row.ChangedAt, row.ChangedBy);

    private static JsonElement? Json(string? text) => text is null ? null : JsonDocument.Parse(text).RootElement;
}
