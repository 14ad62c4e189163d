using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Hours;

/// <summary>Logged hours and budget over HTTP.</summary>
internal static class HoursEndpoints
{
    private const int StandardPage = 100;
    private const int LargestPage = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var plan = routes.MapGroup("/v1/customers/{customer}/plans/{plan}").WithTags("Plans");
        plan.MapPost("/items/{item}/time-entries", Log).RequirePolicy(Policies.EditPlans)
            .WithName("LogTime").WithSummary("Log hours of work on an item")
            .TakesJson(typeof(WriteTimeEntryBody), "The day, the hours, and in which role; the item's when absent.")
            .TakesPath("plan", PlanPlace.PlanMeaning).TakesPath("item", PlanPlace.ItemMeaning).MayTakeHeader(Idempotency.Header, Idempotency.Meaning)
            .Produces<TimeEntryBody>(StatusCodes.Status201Created).Refuses(400, 404, 409, 413, 415, 422);
        plan.MapGet("/time-entries", List).RequirePolicy(Policies.ReadPlans)
            .WithName("ListTimeEntries").WithSummary("Hours that were logged, the newest first")
            .TakesPath("plan", PlanPlace.PlanMeaning).TakesPage(LargestPage).Produces<Page<TimeEntryBody>>().Refuses(400, 404);
        plan.MapDelete("/time-entries/{entry}", Remove).RequirePolicy(Policies.EditPlans)
            .WithName("RemoveTimeEntry").WithSummary("Take back hours that were logged by mistake; the ledger keeps both")
            .TakesPath("plan", PlanPlace.PlanMeaning).TakesPath("entry", "Which entry: tme_….")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 409);
        plan.MapGet("/budget", Budget).RequirePolicy(Policies.ReadPlans)
            .WithName("GetPlanBudget").WithSummary("Hours agreed, used and expected, by role, side and week")
            .TakesPath("plan", PlanPlace.PlanMeaning).Produces<BudgetBody>().Refuses(404);
    }

    private static async Task<IResult> Log(HttpContext context, string plan, string item, LogTime log, Idempotency idempotency)
    {
        var place = await PlanPlace.Read(context, plan);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        if (!TypedId.TryParse<PlanItemId>(item, out var id))
        {
            return ProblemResults.From(PlansProblems.ItemNotFound);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var (customer, planId) = place.Value;
        return await idempotency.Run(context, customer, input.Raw, async claim =>
        {
            Func<DbWork, TimeEntryBody, Task>? keep = claim is null ? null : (work, made) => claim.Keep(work, made, AddressOf(made), null);
            var made = await log.Log((customer, planId), id, faults => Read(input, faults), context.Caller().Actor, keep, context.RequestAborted);
            return made.IsOk ? TypedResults.Created(AddressOf(made.Value), made.Value) : ProblemResults.From(made.Problem);
        });

        string AddressOf(TimeEntryBody made) => $"/v1/customers/{customer}/plans/{planId}/time-entries/{made.Id}";
    }

    private static TimeEntryDraft Read(JsonInput input, InputFaults faults)
    {
        var draft = new TimeEntryDraft(
            JsonPart.DateOf(input.Text("date"), "/date", input.Faults), JsonPart.Hours(input.Element("hours"), "/hours", input.Faults), input.Text("note"), input.Text("role"));
        input.Finish();
        faults.AddRange(input.Faults);
        return draft;
    }

    private static async Task<IResult> List(HttpContext context, string plan, Database database)
    {
        var place = await PlanPlace.Read(context, plan);
        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var after = query.IdCursor<TimeEntryId>();
        if (!place.IsOk || query.Problem is not null)
        {
            return ProblemResults.From((place.Problem ?? query.Problem)!);
        }

        var (customer, id) = place.Value;
        var rows = await database.ForCustomer(
            customer, async work => await PlansStore.VersionOf(work, customer, id) is null ? null : await HoursStore.Page(work, customer, id, after, limit + 1), context.RequestAborted);
        if (rows is null)
        {
            return ProblemResults.From(PlansProblems.PlanNotFound);
        }

        var shown = rows.Take(limit).Select(TimeEntryBody.Of).ToList();
        return TypedResults.Ok(new Page<TimeEntryBody>(shown, rows.Count > limit ? PageCursor.Write(shown[^1].Id) : null));
    }

    private static async Task<IResult> Remove(HttpContext context, string plan, string entry, LogTime log)
    {
        var place = await PlanPlace.Read(context, plan);
        var problem = !place.IsOk ? place.Problem
            : !TypedId.TryParse<TimeEntryId>(entry, out var id) ? PlansProblems.TimeEntryNotFound
            : await log.Remove(place.Value, id, context.Caller().Actor, context.RequestAborted);
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Budget(HttpContext context, string plan, Database database)
    {
        var place = await PlanPlace.Read(context, plan);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        var (customer, id) = place.Value;
        var hours = await database.ForCustomer(customer, async work => await PlansStore.Find(work, customer, id) is { } found
            ? PlanHours.Of(found, await HoursStore.All(work, customer, id))
            : null, context.RequestAborted);
        return hours is null ? ProblemResults.From(PlansProblems.PlanNotFound) : TypedResults.Ok(BudgetBody.Of(hours));
    }
}
