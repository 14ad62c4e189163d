using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Checklists;

/// <summary>Checklists over HTTP.</summary>
internal static class ChecklistsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var lists = routes.MapGroup("/v1/customers/{customer}/plans/{plan}/checklists").WithTags("Plans");
        lists.MapGet("", List).RequirePolicy(Policies.ReadPlans)
            .WithName("ListChecklists").WithSummary("The checklists of a plan, per role and moment; all ticked means ready")
            .TakesPath("plan", PlanPlace.PlanMeaning).Produces<ChecklistsBody>().Refuses(404);
        lists.MapPatch("/{checklist}/entries/{entry}", Tick).RequirePolicy(Policies.EditPlans)
            .WithName("TickChecklistEntry").WithSummary("Tick an entry, or take the tick away")
            .TakesJson(typeof(WriteEntryBody), "Whether it is done.")
            .TakesPath("plan", PlanPlace.PlanMeaning).TakesPath("checklist", "Which checklist: its id in the playbook.").TakesPath("entry", "Which entry: its number, from 1.")
            .Produces<ChecklistBody>().Refuses(400, 404, 409, 413, 415, 422);
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
            customer, async work => await PlansStore.VersionOf(work, customer, id) is null ? null : await ChecklistsStore.List(work, customer, id), context.RequestAborted);
        return rows is null ? ProblemResults.From(PlansProblems.PlanNotFound) : TypedResults.Ok(new ChecklistsBody([.. rows.Select(ChecklistBody.Of)]));
    }

    private static async Task<IResult> Tick(HttpContext context, string plan, string checklist, string entry, TickChecklist tick)
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
        var isDone = input.Flag("done");
        input.Finish();
        if (isDone is null)
        {
            input.Faults.Add("/done", InputFaults.MemberMissing, "'done' is required: true or false.");
        }

        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var ticked = await tick.Run(place.Value, (checklist, entry), isDone!.Value, context.Caller().Actor, context.RequestAborted);
        return ticked.IsOk ? TypedResults.Ok(ticked.Value) : ProblemResults.From(ticked.Problem);
    }
}
