using System.Globalization;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans.Live;

/// <summary>The stream of a plan's changes over HTTP.</summary>
internal static class LiveEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/customers/{customer}/plans/{plan}/live", Get)
        .RequirePolicy(Policies.ReadPlans)
        .WithName("StreamPlan").WithTags("Plans").WithSummary("Changes of a plan as they happen")
        .WithDescription(
            "Server-sent events. Each `plan` event has the plan's version as its id, and which items changed and who changed them as its data; a browser that connects again sends `Last-Event-ID`. "
            + $"Ends with `end` within seconds when the session is over. At most {LiveStream.MostOfCaller} a caller.")
        .TakesPath("plan", PlanPlace.PlanMeaning).TakesQuery("after", "A version to begin after.")
        .Produces<string>(contentType: "text/event-stream").Refuses(400, 404, 429);

    private static async Task Get(HttpContext context, string plan, PlanStream stream)
    {
        var place = await PlanPlace.Read(context, plan);
        var query = new QueryReader(context.Request);
        var after = Version(query, context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : query.Text("after"));
        var problem = place.Problem ?? query.Problem ?? await stream.Run(context, place.Value.Customer, place.Value.Plan, after);
        if (problem is not null)
        {
            await ProblemResults.WriteAsync(context, problem);
        }
    }

    private static long? Version(QueryReader query, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
        {
            return version;
        }

        query.Add("after", "query-number", "'after' and Last-Event-ID are versions: whole numbers from 0.");
        return null;
    }
}
