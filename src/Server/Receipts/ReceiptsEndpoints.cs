using System.Buffers;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Receipts;
using Cairn.MerkleLog;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Receipts;

/// <summary>Receipts, their proofs, their verification, and the audit trail.</summary>
internal static class ReceiptsEndpoints
{
    private const int StandardPage = 100;
    private const int LargestPage = 1_000;
    private const int LargestReceipt = 1 << 20;
    private const string EventIdMeans = "The sender's own id of the event, percent-encoded.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/receipts/{event_id}", Get)
            .TakesPath("event_id", EventIdMeans)
            .WithName("GetReceipt").WithTags("Receipts").WithSummary("The receipt of an event")
            .WithDescription("The receipt exactly as it was first issued. `jq -j .signed_text receipt.json | openssl dgst -sha256 -hmac \"$SECRET\"` prints its signature. With several sources under one id, choose with ?source=.")
            .TakesCustomer().TakesQuery("source", "Which source, when several used the id.")
            .Produces<JsonElement>().Refuses(404, 409)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/receipts/{event_id}/proof", GetProof)
            .TakesPath("event_id", EventIdMeans)
            .WithName("GetReceiptProof").WithTags("Receipts").WithSummary("A proof that the receipt is in the log")
            .WithDescription("A .tlog-proof (c2sp.org/tlog-proof): inclusion path and signed checkpoint, to be verified offline with `cairn-verify proof`.")
            .TakesCustomer().TakesQuery("source", "Which source, when several used the id.")
            .Produces<string>(contentType: "text/plain").Refuses(404, 409)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapPost("/v1/receipts/{event_id}/erasure", PostErasure)
            .TakesPath("event_id", EventIdMeans)
            .WithName("EraseReceipt").WithTags("Receipts").WithSummary("Erase the payload of an event")
            .WithDescription("Removes payload and salt for good. The signature, the place in the log and all proofs still hold; the erasure is an entry of the audit trail.")
            .TakesBody("Why: `{\"reason\": \"…\"}`; kept in the audit trail, so nothing personal.", isRequired: false).TakesCustomer().TakesQuery("source", "Which source, when several used the id.").Produces<JsonElement>().Refuses(404, 409, 422)
            .RequirePolicy(Policies.ErasePayloads);
        routes.MapPost("/v1/receipt-verifications", PostVerification)
            .WithName("VerifyReceipt").WithTags("Receipts").WithSummary("Verify a receipt")
            .WithDescription("Checks a receipt that somebody holds: its members against the signed text, the payload against its commitment, the signature, and its place in the log. The offline verifier does the same without trusting this server.")
            .TakesBody("The receipt, as it was given out.").TakesCustomer().Produces<ReceiptVerdict>().Refuses(400, 413)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/audit-trail", GetAuditTrail)
            .WithName("GetAuditTrail").WithTags("Audit trail").WithSummary("Who did what, when, before and after")
            .WithDescription("Events, changes of records and logged reads, from the log itself. date_from and date_to are whole days in the customer's zone, both included, or RFC 3339 times; from the query or a JSON body. Filters: kind, action, actor, subject. Reading the trail is itself logged.")
            .TakesCustomer().TakesPage(LargestPage)
            .TakesQuery("date_from", "First day, in the customer's zone, or an RFC 3339 instant.").TakesQuery("date_to", "Last day (included), or an RFC 3339 instant (not included).")
            .TakesQuery("kind", "event, record or read.").TakesQuery("action", "Only these actions or event types, separated by commas; a * at the end takes the rest: session.*,person.invited.").TakesQuery("actor", "Only by this id.").TakesQuery("subject", "Only about this id.")
            .TakesQuery("order", "asc (standard) or desc.")
            .Produces<Page<AuditItem>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/batches/{batch}/receipts", GetBatchReceipts)
            .TakesPath("batch", "The id that the stream's or the import's answer gave.")
            .WithName("ListBatchReceipts").WithTags("Receipts").WithSummary("The receipts of a stream or import")
            .WithDescription("All receipts in line order, as NDJSON, one a line: those of new lines and of lines that were recorded before.")
            .TakesCustomer()
            .Produces<string>(contentType: "application/x-ndjson").Refuses(404)
            .RequirePolicy(Policies.ReadRecords);
    }

    private static async Task Get(HttpContext context, FindReceipt find) =>
        await WithCustomer(context, async customer =>
        {
            var receipt = await find.Receipt(customer, EventIdOf(context), SourceOf(context), context.RequestAborted);
            return receipt.IsOk ? await WriteReceipt(context, receipt.Value) : receipt.Problem;
        });

    private static async Task GetProof(HttpContext context, FindReceipt find) =>
        await WithCustomer(context, async customer =>
        {
            var proof = await find.Proof(customer, EventIdOf(context), SourceOf(context), context.RequestAborted);
            if (proof.IsOk)
            {
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync(proof.Value.Format(), context.RequestAborted);
            }

            return proof.Problem;
        });

    private static async Task PostErasure(HttpContext context, EraseReceipt erase, FindReceipt find) =>
        await WithCustomer(context, async customer =>
        {
            var reason = await ErasureReason(context);
            if (!reason.IsOk)
            {
                return reason.Problem;
            }

            var row = await erase.Erase(customer, context.Caller().Actor, EventIdOf(context), SourceOf(context), reason.Value, context.RequestAborted);
            return row.IsOk ? await WriteReceipt(context, await find.ReceiptOf(row.Value, context.RequestAborted)) : row.Problem;
        });

    private static async Task PostVerification(HttpContext context, VerifyReceipt verify) =>
        await WithCustomer(context, async customer =>
        {
            using var body = new MemoryStream();
            if (context.Request.ContentLength > LargestReceipt)
            {
                return ReceiptsProblems.TooLarge(LargestReceipt);
            }

            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            var verdict = await verify.Verify(customer, body.ToArray(), context.RequestAborted);
            if (verdict.IsOk)
            {
                await context.Response.WriteAsJsonAsync(verdict.Value, ProblemResults.Json, context.RequestAborted);
            }

            return verdict.Problem;
        });

    private static async Task GetAuditTrail(HttpContext context, ReadAuditTrail read) =>
        await WithCustomer(context, async customer =>
        {
            var query = new QueryReader(context.Request);
            var body = await AuditBody.Read(context.Request);
            var zone = await context.RequestServices.GetRequiredService<ICustomerLookup>().ZoneOf(customer, context.RequestAborted);
            var period = AuditPeriod.Read(query.Text("date_from") ?? body?.DateFrom, query.Text("date_to") ?? body?.DateTo, zone);
            var descending = query.Descending();
            var limit = query.Limit(StandardPage, LargestPage);
            var cursor = query.Cursor(2);
            if ((query.Problem ?? period.Problem) is { } problem)
            {
                return problem;
            }

            var filter = new AuditFilter(query.Text("kind"), query.Text("action"), query.Text("actor"), query.Text("subject"));
            var page = await read.Read(
                customer, context.Caller().Actor, new AuditRequest(period.Value, filter, descending, limit, AuditPlace.Read(cursor)), context.RequestAborted);
            await context.Response.WriteAsJsonAsync(page, ProblemResults.Json, context.RequestAborted);
            return null;
        });

    private static async Task GetBatchReceipts(HttpContext context, string batch, BatchReceipts receipts) =>
        await WithCustomer(context, customer => receipts.Write(context, customer, batch));

    private static async Task<Problem?> WriteReceipt(HttpContext context, Receipt receipt)
    {
        context.Response.ContentType = "application/json";
        receipt.WriteTo(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        return null;
    }

    /// <summary>Staff and operators may read the installation's own log like any customer's; nobody can write to it from here.</summary>
    internal static async Task WithCustomer(HttpContext context, Func<CustomerId, Task<Problem?>> handle)
    {
        var customer = await CustomerScope.Resolve(context, withInstallation: HttpMethods.IsGet(context.Request.Method));
        // The installation's log tells who signed in from where: that is for administrators and operator keys.
        var problem = !customer.IsOk ? customer.Problem
            : customer.Value.IsInstallation && context.Caller().Role is < StaffRole.Admin ? PlatformProblems.RoleMissing(StaffRole.Admin)
            : await handle(customer.Value);
        if (problem is not null)
        {
            await ProblemResults.WriteAsync(context, problem);
        }
    }

    /// <summary>
    /// The sender's id from the raw request line, decoded once: the server's own decoding leaves an encoded slash in
    /// place, and decoding its result again would spoil ids that hold a percent sign.
    /// </summary>
    private static string EventIdOf(HttpContext context)
    {
        const int segment = 3;
        var target = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        var path = target.Split('?', 2)[0];
        var parts = path.Split('/');
        return parts.Length > segment ? Uri.UnescapeDataString(parts[segment]) : "";
    }

    private static string? SourceOf(HttpContext context) => new QueryReader(context.Request).Text("source");

    /// <summary>The optional reason, from an optional body.</summary>
    private static async Task<Outcome<string>> ErasureReason(HttpContext context)
    {
        if (context.Request.ContentLength is null or 0)
        {
            return "";
        }

        var input = await JsonInput.Read(context);
        if (!input.IsOk)
        {
            return input.Problem;
        }

        using var members = input.Value;
        var reason = members.Text("reason");
        members.Finish();
        return members.Faults.Any ? members.Faults.ToProblem() : reason ?? "";
    }
}

/// <summary>The two dates may come as a JSON body of the GET, whatever content type the client put on it.</summary>
internal sealed record AuditBody(string? DateFrom, string? DateTo)
{
    private const int MaxBytes = 4096;

    public static async Task<AuditBody?> Read(HttpRequest request)
    {
        if (request.ContentLength is null or 0 or > MaxBytes)
        {
            return null;
        }

        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted);
            return json.RootElement.ValueKind == JsonValueKind.Object
                ? new AuditBody(TextOf(json.RootElement, "date_from"), TextOf(json.RootElement, "date_to"))
                : new AuditBody("a body that is no object", null);
        }
        catch (JsonException)
        {
            // Reported as an unreadable date, which is what it stands in for.
            return new AuditBody("a body that is no JSON", null);
        }
    }

    private static string? TextOf(JsonElement body, string name) => body.TryGetProperty(name, out var value) ? value.ToString() : null;
}
