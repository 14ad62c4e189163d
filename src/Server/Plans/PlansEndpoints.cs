using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>Plans and their items over HTTP.</summary>
internal static class PlansEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var plans = routes.MapGroup("/v1/customers/{customer}/plans").WithTags("Plans");
        plans.MapPost("/previews", Preview).RequirePolicy(Policies.ReadPlans)
            .WithName("PreviewPlan").WithSummary("What a plan from a playbook would be, with real dates; nothing is written")
            .TakesJson(typeof(WriteNewPlanBody), "Which playbook, from which day.")
            .Produces<PlanPreviewBody>().Refuses(400, 404, 409, 413, 415, 422);
        plans.MapPost("", Start).RequirePolicy(Policies.EditPlans)
            .WithName("StartPlan").WithSummary("Start a plan from a playbook")
            .TakesJson(typeof(WriteNewPlanBody), "Which playbook, from which day.").MayTakeHeader(Idempotency.Header, Idempotency.Meaning)
            .Produces<PlanBody>(StatusCodes.Status201Created).Refuses(400, 404, 409, 413, 415, 422);
        plans.MapGet("", List).RequirePolicy(Policies.ReadPlans)
            .WithName("ListPlans").WithSummary($"A customer's plans, the newest first; at most {PlanLimits.MostPlans}, without pages")
            .Produces<PlansBody>().Refuses(404);
        plans.MapGet("/{plan}", Get).RequirePolicy(Policies.ReadPlans)
            .WithName("GetPlan").WithSummary("One plan with everything in it; its version is the ETag")
            .TakesPath("plan", PlanPlace.PlanMeaning).Produces<PlanBody>().Refuses(404);
        plans.MapPatch("/{plan}", Change).RequirePolicy(Policies.EditPlans)
            .WithName("ChangePlan").WithSummary("Change a plan's title or state, based on the version in If-Match")
            .TakesJson(typeof(WritePlanBody), "The members that change.", "application/merge-patch+json")
            .TakesPath("plan", PlanPlace.PlanMeaning).TakesHeader("If-Match", PlanPlace.IfMatchMeaning)
            .Produces<PlanBody>().Refuses(400, 404, 412, 413, 415, 422, 428);
        plans.MapGet("/{plan}/progress", Progress).RequirePolicy(Policies.ReadPlans)
            .WithName("GetPlanProgress").WithSummary("Planned against earned progress day by day, and go-live against its baseline, each with how it came about")
            .TakesPath("plan", PlanPlace.PlanMeaning).Produces<PlanProgressBody>().Refuses(404);
        plans.MapPost("/{plan}/items", AddItem).RequirePolicy(Policies.EditPlans)
            .WithName("AddPlanItem").WithSummary("Add an item by hand: on its day, or the first that what it follows allows")
            .TakesJson(typeof(NewPlanItemBody), "What it is and when.").TakesPath("plan", PlanPlace.PlanMeaning).MayTakeHeader(Idempotency.Header, Idempotency.Meaning)
            .Produces<PlanItemBody>(StatusCodes.Status201Created).Refuses(400, 404, 409, 413, 415, 422);
        plans.MapPatch("/{plan}/items/{item}", ChangeItem).RequirePolicy(Policies.EditPlans)
            .WithName("ChangePlanItem").WithSummary("Change how far an item is, whose it is and what it says, based on its version in If-Match; dates change by reflows")
            .TakesJson(typeof(WritePlanItemBody), "The members that change; null clears one (RFC 7396).", "application/merge-patch+json")
            .TakesPath("plan", PlanPlace.PlanMeaning).TakesPath("item", PlanPlace.ItemMeaning).TakesHeader("If-Match", PlanPlace.IfMatchMeaning)
            .Produces<PlanItemBody>().Refuses(400, 404, 409, 412, 413, 415, 422, 428);
    }

    private static async Task<IResult> Preview(HttpContext context, StartPlan start)
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
        var order = PlanInput.Order(input);
        if (!order.IsOk)
        {
            return ProblemResults.From(order.Problem);
        }

        var preview = await start.Preview(customer.Value, order.Value, context.RequestAborted);
        return preview.IsOk ? TypedResults.Ok(preview.Value) : ProblemResults.From(preview.Problem);
    }

    private static async Task<IResult> Start(HttpContext context, StartPlan start, Idempotency idempotency)
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
        var order = PlanInput.Order(input);
        if (!order.IsOk)
        {
            return ProblemResults.From(order.Problem);
        }

        return await idempotency.Run(context, customer.Value, input.Raw, async claim =>
        {
            Func<DbWork, PlanBody, Task>? keep = claim is null ? null : (work, made) => claim.Keep(work, made, AddressOf(made), "\"1\"");
            var made = await start.Run(customer.Value, order.Value, context.Caller().Actor, keep, context.RequestAborted);
            if (!made.IsOk)
            {
                return ProblemResults.From(made.Problem);
            }

            RowVersion.Show(context, made.Value.Version);
            return TypedResults.Created(AddressOf(made.Value), made.Value);
        });

        static string AddressOf(PlanBody made) => $"/v1/customers/{made.Customer}/plans/{made.Id}";
    }

    private static async Task<IResult> List(HttpContext context, PlansViews views)
    {
        var customer = await CustomerScope.Resolve(context);
        return customer.IsOk
            ? TypedResults.Ok(new PlansBody(await views.List(customer.Value, context.RequestAborted)))
            : ProblemResults.From(customer.Problem);
    }

    private static async Task<IResult> Get(HttpContext context, string plan, PlansViews views) =>
        await Shown(context, plan, views, found => found.Body());

    private static async Task<IResult> Progress(HttpContext context, string plan, PlansViews views) =>
        await Shown(context, plan, views, PlanProgressBody.Of);

    private static async Task<IResult> Shown<T>(HttpContext context, string plan, PlansViews views, Func<PlanView, T> show)
    {
        var place = await PlanPlace.Read(context, plan);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        if (await views.One(place.Value.Customer, place.Value.Plan, context.RequestAborted) is not { } found)
        {
            return ProblemResults.From(PlansProblems.PlanNotFound);
        }

        RowVersion.Show(context, found.Plan.Version);
        return TypedResults.Ok(show(found));
    }

    private static async Task<IResult> Change(HttpContext context, string plan, ChangePlan change)
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
        var changed = await change.Run(place.Value, Read, context.Caller().Actor, context.RequestAborted);
        if (!changed.IsOk)
        {
            return ProblemResults.From(changed.Problem);
        }

        RowVersion.Show(context, changed.Value.Version);
        return TypedResults.Ok(changed.Value);

        WritePlanBody Read(InputFaults faults)
        {
            var given = new WritePlanBody { Title = input.Text("title"), State = input.Text("state") };
            input.Finish();
            faults.AddRange(input.Faults);
            return given;
        }
    }

    private static async Task<IResult> AddItem(HttpContext context, string plan, AddPlanItem add, Idempotency idempotency)
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
        var (customer, id) = place.Value;
        return await idempotency.Run(context, customer, input.Raw, async claim =>
        {
            Func<DbWork, PlanItemBody, Task>? keep = claim is null ? null : (work, made) => claim.Keep(work, made, AddressOf(), "\"1\"");
            var made = await add.Run((customer, id), (names, faults) => PlanInput.NewItem(input, names, faults), context.Caller().Actor, keep, context.RequestAborted);
            if (!made.IsOk)
            {
                return ProblemResults.From(made.Problem);
            }

            RowVersion.Show(context, made.Value.Version);
            return TypedResults.Created(AddressOf(), made.Value);
        });

        // An item is read as a part of its plan.
        string AddressOf() => $"/v1/customers/{customer}/plans/{id}";
    }

    private static async Task<IResult> ChangeItem(HttpContext context, string plan, string item, ChangePlanItem change)
    {
        var place = await PlanPlace.ReadVersion(context, plan);
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
        var (customer, planId, version) = place.Value;
        var changed = await change.Run(
            (customer, planId), (id, version), (standing, faults) => PlanInput.Over(input, standing, faults), context.Caller().Actor, context.RequestAborted);
        if (!changed.IsOk)
        {
            return ProblemResults.From(changed.Problem);
        }

        RowVersion.Show(context, changed.Value.Version);
        return TypedResults.Ok(changed.Value);
    }
}

/// <summary>A customer's plans, the newest first.</summary>
internal sealed record PlansBody(IReadOnlyList<PlanSummaryBody> Items);
