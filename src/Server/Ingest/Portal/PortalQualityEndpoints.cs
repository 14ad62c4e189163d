using Cairn.Domain.Ingest.Quality;
using Cairn.Server.Ingest.Quality;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Portal;

/// <summary>How good the customer's data is, for its own people.</summary>
/// <param name="LastTime">The latest event's own time; null before the first.</param>
/// <param name="Figures">The figures that tell it, each with how it was counted.</param>
/// <param name="OpenAlerts">How many alerts are open.</param>
internal sealed record PortalQualityBody(DateTimeOffset? LastTime, IReadOnlyList<QualityFigure> Figures, int OpenAlerts);

/// <summary>Data quality in the portal.</summary>
internal static class PortalQualityEndpoints
{
    /// <summary>What says something to a reader who does not run the import.</summary>
    private static readonly string[] Shown = ["events", "failing_share", "completeness", "late"];

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/portal/data-quality", Get)
        .WithName("GetPortalDataQuality").WithTags("Portal").WithSummary("How good the customer's data is, where that is shared with the person")
        .Produces<PortalQualityBody>().Refuses(404)
        .RequirePolicy(Policies.Portal);

    private static async Task<IResult> Get(HttpContext context, ReadQuality read)
    {
        var caller = context.Caller();
        if (!caller.Sight.SeesEvery(ShareKinds.DataQuality))
        {
            return ProblemResults.From(PlatformProblems.NotShared);
        }

        var summary = (await read.Summary(new QualityScope(caller.Customer!.Value, null, null, null), context.RequestAborted))!;
        return TypedResults.Ok(new PortalQualityBody(
            summary.LastTime, [.. summary.Figures.Where(figure => Shown.Contains(figure.Name))], summary.OpenAlerts.Count));
    }
}
