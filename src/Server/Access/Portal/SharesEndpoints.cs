using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>Something that is shared with a customer's people.</summary>
/// <param name="Id">Which share.</param>
/// <param name="Kind">The kind of record.</param>
/// <param name="Record">Which record; * for all of the kind, later ones included.</param>
/// <param name="Roles">For whom; empty for all of the customer's people.</param>
/// <param name="SharedAt">Since when.</param>
/// <param name="SharedBy">Who shared it.</param>
internal sealed record ShareBody(string Id, string Kind, string Record, IReadOnlyList<string> Roles, string SharedAt, string SharedBy)
{
    public static ShareBody Of(ShareRow row) => new(
        row.Id.ToString(), row.Kind, row.RecordId, row.Roles, Rfc3339.Format(NodaTime.Instant.FromDateTimeOffset(row.SharedAt)), row.SharedBy);
}

/// <summary>What to share.</summary>
/// <param name="Kind">The kind of record, one of those that GET lists.</param>
/// <param name="Record">Which record; * or nothing for all of the kind.</param>
/// <param name="Roles">For whom; nothing or an empty list for all of the customer's people.</param>
internal sealed record ShareRecordBody(string Kind, string? Record, IReadOnlyList<string>? Roles);

/// <summary>A record that could be shared.</summary>
internal sealed record OfferedRecordBody(string Record, string Title, string? Detail);

/// <summary>A kind of record that could be shared.</summary>
/// <param name="Kind">Its word.</param>
/// <param name="HasEvery">Whether all of it can be shared at once.</param>
/// <param name="Records">What can be shared one by one.</param>
internal sealed record OfferedKindBody(string Kind, bool HasEvery, IReadOnlyList<OfferedRecordBody> Records);

/// <summary>What is shared with a customer's people, and what could be.</summary>
internal sealed record SharesBody(IReadOnlyList<ShareBody> Shares, IReadOnlyList<OfferedKindBody> Offered);

/// <summary>What is shared with a customer's people, as the staff decide it.</summary>
internal static class SharesEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var shares = routes.MapGroup("/v1/customers/{customer}/shares").WithTags("Portal people");
        shares.MapGet("", List).RequirePolicy(Policies.ReadPortal)
            .WithName("ListShares").WithSummary("What is shared with a customer's people, and what could be")
            .WithDescription("Everything else of the customer's record is hidden from them.")
            .Produces<SharesBody>().Refuses(404);
        shares.MapPost("", Share).RequirePolicy(Policies.ManagePortal)
            .WithName("ShareRecord").WithSummary("Share a record, or all of a kind, with a customer's people or those of some roles")
            .WithDescription("Sharing what is shared already changes for whom. To undo it, delete the share.")
            .TakesJson(typeof(ShareRecordBody), "What, and for whom.")
            .Produces<ShareBody>().Refuses(400, 404, 409, 413, 415, 422);
        shares.MapDelete("/{share}", Withdraw).RequirePolicy(Policies.ManagePortal)
            .TakesPath("share", "The id of the share, shr_….")
            .WithName("WithdrawShare").WithSummary("Take back what was shared, at once")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
    }

    private static async Task<IResult> List(HttpContext context, ShareViews views)
    {
        var customer = await CustomerScope.Resolve(context);
        return customer.IsOk ? TypedResults.Ok(await views.Shares(customer.Value, context.RequestAborted)) : ProblemResults.From(customer.Problem);
    }

    private static async Task<IResult> Share(HttpContext context, ShareRecord share)
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
        var draft = new ShareDraft(input.Text("kind"), input.Text("record"), input.Texts("roles"));
        input.Finish();
        var shared = await share.Run(customer.Value, draft, context.Caller().Actor, input.Faults, context.RequestAborted);
        return shared.IsOk ? TypedResults.Ok(shared.Value) : ProblemResults.From(shared.Problem);
    }

    private static async Task<IResult> Withdraw(HttpContext context, string share, ShareRecord shares)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var problem = TypedId.TryParse<ShareId>(share, out var id)
            ? await shares.Withdraw(customer.Value, id, context.Caller().Actor, context.RequestAborted)
            : PortalProblems.ShareNotFound;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }
}
