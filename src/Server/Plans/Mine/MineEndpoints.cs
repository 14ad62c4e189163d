using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Mine;

/// <summary>One's own day over HTTP.</summary>
internal static class MineEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/my-day", Get).RequirePolicy(Policies.SignedIn)
        .WithName("GetMyDay").WithTags("Plans").WithSummary("What is one's own to do, over all customers in reach")
        .WithDescription("Open items of active plans: overdue, of the day, of the two weeks after it, and the day's meetings.")
        .TakesQuery("date", "Which day, as 2026-03-02; today where each customer is when absent.")
        .Produces<MyDayBody>().Refuses(400);

    private static async Task<IResult> Get(HttpContext context, MineViews views)
    {
        var faults = new InputFaults();
        var date = JsonPart.DateOf(context.Request.Query["date"].ToString() is { Length: > 0 } text ? text : null, "/date", faults);
        if (faults.Any)
        {
            return ProblemResults.From(faults.ToProblem());
        }

        var caller = context.Caller();
        return caller.Person is { } person
            ? TypedResults.Ok(await views.Of(caller, person, date, context.RequestAborted))
            : ProblemResults.From(PlatformProblems.PersonRequired);
    }
}
