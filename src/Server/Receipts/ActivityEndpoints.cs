using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>A customer's activity over HTTP.</summary>
internal static class ActivityEndpoints
{
    private const int StandardPage = 50;
    private const int LargestPage = 200;
    private const int CursorParts = 3;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/customers/{customer}/activity", List).RequirePolicy(Policies.ReadRecords)
        .WithName("ListActivity").WithTags("Audit trail").WithSummary("What happened to a customer, newest first")
        .WithDescription("Every change of its records and every batch of events, from the log. Single events are in /v1/events, and logged reads in the audit trail. Reading it is not logged.")
        .TakesPage(LargestPage).TakesQuery("about", "Only record, people, keys or data.").TakesQuery("actor", "Only by this id.")
        .Produces<Page<ActivityItem>>().Refuses(400, 404);

    private static async Task<IResult> List(HttpContext context, ReadActivity read)
    {
        var customer = await CustomerScope.Resolve(context);
        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var about = query.Text("about");
        if (about is not null && !ReadActivity.Abouts.Contains(about))
        {
            query.Add("about", "query-about", $"'about' must be one of {string.Join(", ", ReadActivity.Abouts)}, not '{InputFaults.Shorten(about)}'.");
        }

        var cursor = query.Cursor(CursorParts);
        var place = cursor is null ? null : ActivityPlace.Read(cursor);
        if (cursor is not null && place is null)
        {
            query.Add("cursor", "cursor-invalid", "'cursor' is not one that this list gave out. Start again without it.");
        }

        return !customer.IsOk || query.Problem is not null
            ? ProblemResults.From((customer.Problem ?? query.Problem)!)
            : TypedResults.Ok(await read.Read(customer.Value, new ActivityRequest(about, query.Text("actor"), limit, place), context.RequestAborted));
    }
}
