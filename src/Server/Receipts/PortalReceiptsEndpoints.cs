using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>Receipts in the portal.</summary>
internal static class PortalReceiptsEndpoints
{
    private const int StandardPage = 20;
    private const int LargestPage = 100;
    private const int IdSegment = 4;
    private const string EventIdMeans = "The sender's own id of the event, percent-encoded.";
    private const string SourceMeans = "Which source, when several used the id.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var portal = routes.MapGroup("/v1/portal").WithTags("Portal").RequirePolicy(Policies.Portal);
        portal.MapGet("/receipts", List)
            .WithName("ListPortalReceipts").WithSummary("The newest receipts of events whose types are shared with the person")
            .WithDescription("A page may be short where few types are shared; the last one has no next.")
            .TakesPage(LargestPage)
            .Produces<Page<PortalReceiptBody>>().Refuses(400);
        portal.MapGet("/receipts/{event_id}", Get).TakesPath("event_id", EventIdMeans)
            .WithName("GetPortalReceipt").WithSummary("The receipt of an event whose type is shared with the person")
            .TakesQuery("source", SourceMeans)
            .Produces<JsonElement>().Refuses(404, 409);
        portal.MapGet("/receipts/{event_id}/proof", GetProof).TakesPath("event_id", EventIdMeans)
            .WithName("GetPortalReceiptProof").WithSummary("A proof that the receipt is in the log, to be checked offline")
            .TakesQuery("source", SourceMeans)
            .Produces<string>(contentType: "text/plain").Refuses(404, 409);
        portal.MapGet("/log/vkey", GetKey)
            .WithName("GetPortalVerifierKey").WithSummary("The key with which proofs are checked, where any receipts are shared with the person")
            .Produces<string>(contentType: "text/plain").Refuses(404);
    }

    private static async Task<IResult> List(HttpContext context, PortalReceipts receipts)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        long? before = null;
        if (query.Cursor(parts: 1) is [var text])
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                before = index;
            }
            else
            {
                query.CursorInvalid();
            }
        }

        return query.Problem is { } problem
            ? ProblemResults.From(problem)
            : TypedResults.Ok(await receipts.Latest(context.Caller(), before, limit, context.RequestAborted));
    }

    private static async Task Get(HttpContext context, PortalReceipts receipts)
    {
        var receipt = await receipts.Receipt(context.Caller(), ReceiptsEndpoints.EventIdOf(context, IdSegment), ReceiptsEndpoints.SourceOf(context), context.RequestAborted);
        await (receipt.IsOk ? ReceiptsEndpoints.WriteReceipt(context, receipt.Value) : ProblemResults.WriteAsync(context, receipt.Problem));
    }

    private static async Task GetProof(HttpContext context, PortalReceipts receipts)
    {
        var proof = await receipts.Proof(context.Caller(), ReceiptsEndpoints.EventIdOf(context, IdSegment), ReceiptsEndpoints.SourceOf(context), context.RequestAborted);
        await (proof.IsOk ? LogEndpoints.WriteText(context, proof.Value.Format()) : ProblemResults.WriteAsync(context, proof.Problem));
    }

    private static async Task GetKey(HttpContext context, SigningKeys keys, Database database)
    {
        var caller = context.Caller();
        if (!caller.Sight.SeesAny(ShareKinds.Receipts))
        {
            await ProblemResults.WriteAsync(context, PlatformProblems.NotShared);
            return;
        }

        await LogEndpoints.WriteText(context, await LogEndpoints.Key(database, keys, caller.Customer!.Value, context.RequestAborted));
    }
}
