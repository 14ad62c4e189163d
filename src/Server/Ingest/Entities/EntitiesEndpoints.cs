using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Entities;
using Cairn.Server.Ingest.Schemas;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest.Entities;

/// <summary>Entities over HTTP: what is, what was, and why.</summary>
internal static class EntitiesEndpoints
{
    private const int StandardPage = 100;
    private const int LargestPage = 1_000;
    private const int TypeSegment = 3;
    private const int IdSegment = 4;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/entity-types", Types)
            .WithName("ListEntityTypes").WithTags("Entities").WithSummary("The kinds of thing that events tell about")
            .TakesCustomer().Produces<EntityTypesBody>().Refuses(404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/entities", List)
            .WithName("ListEntities").WithTags("Entities").WithSummary("List entities with their current state")
            .WithDescription("By type and id. An entity is what event models fold events into: a SKU, the stock of one at a location, an order, an entitlement.")
            .TakesCustomer().TakesPage(LargestPage)
            .TakesQuery("type", "Only of this type.").TakesQuery("q", "Only with this text in the id or in a value, in any letter case.")
            .Produces<Page<EntityBody>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/entities/{type}/{id}", Get)
            .TakesPath("type", "The kind of entity, as GET /v1/entity-types names it.").TakesPath("id", "The id of the entity, percent-encoded.")
            .WithName("GetEntity").WithTags("Entities").WithSummary("The state of one entity, now or as of a time")
            .WithDescription("`as_of` is an event time: the state after every event that happened at or before it, however late some of them were recorded. `origins` tells per field which event set it last.")
            .TakesCustomer().TakesQuery("as_of", "An RFC 3339 instant of event time.")
            .Produces<EntityBody>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/entities/{type}/{id}/history", History)
            .TakesPath("type", "The kind of entity, as GET /v1/entity-types names it.").TakesPath("id", "The id of the entity, percent-encoded.")
            .WithName("ListEntityHistory").WithTags("Entities").WithSummary("Every change of one entity, with its receipt")
            .WithDescription("Ordered by event time, then log index; each change with the event, its receipt, and the values before and after.")
            .TakesCustomer().TakesPage(LargestPage).TakesQuery("order", "asc (standard) or desc.")
            .Produces<Page<EntityChangeBody>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
    }

    private static async Task<IResult> Types(HttpContext context, Database database, EventModels models, FoldEntities fold, EventTypes types)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var inForce = fold.ModelsOf(await types.Get(customer.Value));
        var (rows, waiting) = await database.ForCustomer(
            customer.Value, async work => (await EntitiesViews.Types(work, customer.Value), await Waiting(work, customer.Value)), context.RequestAborted);
        return TypedResults.Ok(new EntityTypesBody(TypesOf(rows, inForce.Values), models.Hash, waiting));
    }

    private static List<EntityTypeBody> TypesOf(IReadOnlyList<EntityTypeRow> rows, IEnumerable<EventModel> models)
    {
        var rules = models.SelectMany(model => model.Entities.Select(rule => (model.EventType, Rule: rule))).ToLookup(one => one.Rule.EntityType);
        return
        [
            .. rules.Select(group => group.Key).Union(rows.Select(row => row.EntityType)).Order(StringComparer.Ordinal).Select(type => new EntityTypeBody(
                type,
                rows.FirstOrDefault(row => row.EntityType == type)?.Entities ?? 0,
                rows.FirstOrDefault(row => row.EntityType == type)?.LastAt,
                [.. rules[type].SelectMany(one => one.Rule.Fields).GroupBy(field => field.Field).Select(FieldOf)],
                [.. rules[type].Select(one => one.EventType).Distinct()])),
        ];
    }

    private static EntityFieldBody FieldOf(IGrouping<string, FieldFold> field) =>
        new(field.Key, field.Select(fold => fold.Unit).FirstOrDefault(unit => unit is not null), field.Select(fold => fold.Says).FirstOrDefault(says => says is not null));

    private static async Task<IResult> List(HttpContext context, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var (type, search) = (query.Text("type"), query.Text("q"));
        var limit = query.Limit(StandardPage, LargestPage);
        var cursor = query.Cursor(2);
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        EntityKey? after = cursor is null ? null : new EntityKey(cursor[0], cursor[1]);
        var (rows, waiting) = await database.ForCustomer(
            customer.Value,
            async work => (await EntitiesViews.Page(work, customer.Value, type, search, after, limit + 1), await Waiting(work, customer.Value)),
            context.RequestAborted);
        var page = rows.Take(limit).ToList();
        return TypedResults.Ok(new Page<EntityBody>(
            [.. page.Select(row => EntityBody.Of(row, waiting))],
            rows.Count > limit ? PageCursor.Write(page[^1].EntityType, page[^1].EntityId) : null));
    }

    private static async Task<IResult> Get(HttpContext context, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var asOf = query.Instant("as_of");
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var key = KeyOf(context);
        var body = await database.ForCustomer(customer.Value, async work =>
        {
            var state = asOf is { } time
                ? await At(work, customer.Value, key, time)
                : await EntitiesViews.One(work, customer.Value, key) is { } row ? EntityBody.Of(row, await Waiting(work, customer.Value)) : null;
            return state is null
                ? null
                : state with { Origins = [.. (await EntitiesViews.Origins(work, customer.Value, key, asOf)).Select(FieldOriginBody.Of)] };
        }, context.RequestAborted);
        return body is null ? ProblemResults.From(EntitiesProblems.NotFound(key, asOf)) : TypedResults.Ok(body);
    }

    private static async Task<EntityBody?> At(DbWork work, CustomerId customer, EntityKey key, DateTimeOffset asOf)
    {
        var history = await EntitiesViews.History(work, customer, key, Instant.FromDateTimeOffset(asOf));
        return history.Count == 0 ? null : EntityBody.Of(key, EntityState.Fold(history), asOf, await Waiting(work, customer));
    }

    private static async Task<IResult> History(HttpContext context, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var descending = query.Descending();
        var cursor = query.Cursor(1);
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        EventPosition? after = cursor is null ? null : FoldJson.ReadPosition(cursor[0]);
        var key = KeyOf(context);
        var page = await database.ForCustomer(
            customer.Value, work => ReadHistory.Page(work, customer.Value, key, after, descending, limit), context.RequestAborted);
        return page is null ? ProblemResults.From(EntitiesProblems.NotFound(key, null)) : TypedResults.Ok(page);
    }

    private static EntityKey KeyOf(HttpContext context) => new(RawPath.Segment(context, TypeSegment), RawPath.Segment(context, IdSegment));

    private static async Task<long> Waiting(DbWork work, CustomerId customer) =>
        (await LogFollowers.PlaceOf(work, FoldEntities.FollowerName, customer)).Waiting;
}
