using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Live;

/// <summary>The stream over HTTP.</summary>
internal static class StreamEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/events/stream", Get)
        .WithName("StreamEvents").WithTags("Events").WithSummary("New events as they are recorded")
        .WithDescription(
            $"Server-sent events. Each `recorded` event has the log index as its id and the event as listed by ListEvents as its data; a browser that reconnects sends `Last-Event-ID` and misses nothing. "
            + $"Without it, from now on, or after the index in `after`. Ends with `end` within seconds when the key is revoked or the session is over. At most {EventsStream.MostOfCaller} a caller.")
        .TakesCustomer().TakesQuery("after", "A log index to begin after; -1 for the first.").TakesQuery("type", "Only events of this type.").TakesQuery("source", "Only from this source.").TakesQuery("subject", "Only about this subject.")
        .Produces<string>(contentType: "text/event-stream").Refuses(400, 404, 429)
        .RequirePolicy(Policies.ReadRecords);

    private static async Task Get(HttpContext context, EventsStream stream)
    {
        var customer = await CustomerScope.Resolve(context);
        var query = new QueryReader(context.Request);
        var after = Index(query, context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : query.Text("after"));
        var request = new StreamRequest(new EventFilter { Type = query.Text("type"), Source = query.Text("source"), Subject = query.Text("subject") }, after);
        var problem = customer.Problem ?? query.Problem ?? await stream.Run(context, customer.Value, request);
        if (problem is not null)
        {
            await ProblemResults.WriteAsync(context, problem);
        }
    }

    private static long? Index(QueryReader query, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index) && index >= -1)
        {
            return index;
        }

        query.Add("after", "query-number", "'after' and Last-Event-ID are log indexes: whole numbers from -1.");
        return null;
    }
}
