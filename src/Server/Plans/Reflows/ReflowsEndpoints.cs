using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Reflows;

/// <summary>Reflows over HTTP: preview, carry out, look back, undo.</summary>
internal static class ReflowsEndpoints
{
    /// <summary>More reflows than this are not listed; the ledger has all of them.</summary>
    private const int MostListed = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var plan = routes.MapGroup("/v1/customers/{customer}/plans/{plan}").WithTags("Plans");
        plan.MapPost("/reflow-previews", Preview).RequirePolicy(Policies.ReadPlans)
            .WithName("PreviewReflow").WithSummary("What changes of dates would do to a plan; nothing is written")
            .TakesJson(typeof(WriteReflowBody), "The changes; a reason is not needed yet.")
            .TakesPath("plan", PlanPlace.PlanMeaning)
            .Produces<ReflowPreviewBody>().Refuses(400, 404, 413, 415, 422);
        plan.MapPost("/reflows", Carry).RequirePolicy(Policies.EditPlans)
            .WithName("ReflowPlan").WithSummary("Change dates and move what follows, all or nothing, on the version that the preview was made from")
            .TakesJson(typeof(WriteReflowBody), "The changes of the preview, and the reason.")
            .TakesPath("plan", PlanPlace.PlanMeaning).TakesHeader("If-Match", PlanPlace.IfMatchMeaning).MayTakeHeader(Idempotency.Header, Idempotency.Meaning)
            .Produces<ReflowedBody>().Refuses(400, 404, 409, 412, 413, 415, 422, 428);
        plan.MapGet("/reflows", List).RequirePolicy(Policies.ReadPlans)
            .WithName("ListReflows").WithSummary($"The last {MostListed} reflows of a plan, the newest first: who moved what, and why")
            .TakesPath("plan", PlanPlace.PlanMeaning).Produces<ReflowsBody>().Refuses(404);
        plan.MapPost("/reflows/{reflow}/reversal", Reverse).RequirePolicy(Policies.EditPlans)
            .WithName("ReverseReflow").WithSummary("Undo the newest reflow exactly")
            .TakesPath("plan", PlanPlace.PlanMeaning).TakesPath("reflow", "Which reflow: rfl_….").TakesHeader("If-Match", PlanPlace.IfMatchMeaning)
            .MayTakeHeader(Idempotency.Header, Idempotency.Meaning)
            .Produces<ReflowedBody>().Refuses(400, 404, 409, 412, 428);
    }

    private static async Task<IResult> Preview(HttpContext context, string plan, ReflowPlan reflow)
    {
        var place = await PlanPlace.Read(context, plan);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var preview = await reflow.Preview(place.Value, (names, faults) => ReflowInput.Read(input, names, faults), context.RequestAborted);
        return preview.IsOk ? TypedResults.Ok(preview.Value) : ProblemResults.From(preview.Problem);
    }

    private static async Task<IResult> Carry(HttpContext context, string plan, ReflowPlan reflow, Idempotency idempotency)
    {
        var place = await PlanPlace.ReadVersion(context, plan);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        return await idempotency.Run(context, place.Value.Customer, input.Raw, async claim => Answer(
            context,
            await reflow.Run(place.Value, (names, faults) => ReflowInput.Read(input, names, faults), context.Caller().Actor, Keep(claim), context.RequestAborted)));
    }

    private static async Task<IResult> Reverse(HttpContext context, string plan, string reflow, ReverseReflow reverse, Idempotency idempotency)
    {
        var place = await PlanPlace.ReadVersion(context, plan);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        if (!TypedId.TryParse<ReflowId>(reflow, out var id))
        {
            return ProblemResults.From(PlansProblems.ReflowNotFound);
        }

        return await idempotency.Run(context, place.Value.Customer, default, async claim => Answer(
            context, await reverse.Run(place.Value, id, context.Caller().Actor, Keep(claim), context.RequestAborted)));
    }

    private static async Task<IResult> List(HttpContext context, string plan, Database database)
    {
        var place = await PlanPlace.Read(context, plan);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        var (customer, id) = place.Value;
        var rows = await database.ForCustomer(
            customer, async work => await PlansStore.VersionOf(work, customer, id) is null ? null : await ReflowsStore.List(work, customer, id, MostListed), context.RequestAborted);
        if (rows is null)
        {
            return ProblemResults.From(PlansProblems.PlanNotFound);
        }

        var newest = rows.FirstOrDefault(row => row.IsStanding)?.ReflowId;
        return TypedResults.Ok(new ReflowsBody([.. rows.Select(row => row.ToBody(row.ReflowId == newest))]));
    }

    private static Func<DbWork, ReflowedBody, Task>? Keep(IdempotencyClaim? claim) => claim is null
        ? null
        : (work, made) => claim.Keep(work, made, null, $"\"{made.Plan.Version}\"", StatusCodes.Status200OK);

    private static IResult Answer(HttpContext context, Outcome<ReflowedBody> outcome)
    {
        if (!outcome.IsOk)
        {
            return ProblemResults.From(outcome.Problem);
        }

        RowVersion.Show(context, outcome.Value.Plan.Version);
        return TypedResults.Ok(outcome.Value);
    }
}
