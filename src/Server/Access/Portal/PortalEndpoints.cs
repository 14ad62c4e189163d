using Cairn.Domain.Access;
using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>What asking for a sign-in link needs.</summary>
internal sealed record AskForLinkBody(string Email);

/// <summary>What coming in needs.</summary>
/// <param name="Token">The part of the link after the #, from an invitation or a sign-in mail.</param>
/// <param name="Confirmed">Whether the person has said that they want to come in; not needed in the browser that asked for the link.</param>
internal sealed record EnterPortalBody(string Token, bool? Confirmed);

/// <summary>The portal's door: asking for a link, coming in, who is in, going out.</summary>
internal static class PortalEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var portal = routes.MapGroup("/v1/portal").WithTags("Portal");
        portal.MapPost("/sign-in-links", Ask).RequirePolicy(Policies.Public)
            .WithName("AskForPortalLink").WithSummary("Ask for a sign-in link by mail; the answer is the same for every address")
            .WithDescription("Whoever was invited by a customer and has come in before gets a mail for each such customer. A link works once, for 15 minutes.")
            .TakesJson(typeof(AskForLinkBody), "The mail address.")
            .Produces(StatusCodes.Status202Accepted).Refuses(400, 403, 413, 415, 429);
        portal.MapPost("/sessions", Enter).RequirePolicy(Policies.Public)
            .WithName("EnterPortal").WithSummary("Come in with an invitation or a sign-in link; the answer sets the portal's session cookie")
            .WithDescription("In another browser than the one that asked, the first answer is 409 `portal-confirmation-required` with who would come in, and uses nothing up: programs that open the links of a mail end there.")
            .TakesJson(typeof(EnterPortalBody), "The token of the link.")
            .Produces(StatusCodes.Status201Created).Refuses(400, 403, 404, 409, 413, 415);
        portal.MapGet("/sessions/current", Current).RequirePolicy(Policies.Portal)
            .WithName("CurrentPortalSession").WithSummary("Who is signed in to the portal, and whose portal it is")
            .Produces<PortalSessionBody>();
        portal.MapDelete("/sessions/current", Leave).RequirePolicy(Policies.Portal)
            .WithName("LeavePortal").WithSummary("Sign out of the portal: the session ends for good")
            .Produces(StatusCodes.Status204NoContent);
        portal.MapGet("/home", Home).RequirePolicy(Policies.Portal)
            .WithName("GetPortalHome").WithSummary("What is shared with the person, and what is new there since they were here last")
            .Produces<PortalHomeBody>();
    }

    private static async Task<IResult> Home(HttpContext context, ShareViews views) =>
        TypedResults.Ok(await views.Home(context.Caller(), context.RequestAborted));

    private static async Task<IResult> Ask(HttpContext context, AskForLink ask)
    {
        var body = await ReadAtTheDoor(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        // The address is not checked for its form: one that cannot exist is treated like one that does not.
        var email = Person.CanonicalEmail(input.Faults.Required("/email", input.Text("email"), Person.EmailLength));
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var secret = PortalCookies.ReadAsked(context.Request) is { Length: AccessToken.SecretLength } known ? known : AccessSecrets.New();
        if (ask.Take(new LinkAsk(email, AccessSecrets.Hash(secret)), AddressOf(context)) is { } problem)
        {
            return ProblemResults.From(problem);
        }

        PortalCookies.WriteAsked(context, secret);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<IResult> Enter(HttpContext context, EnterPortal enter)
    {
        var body = await ReadAtTheDoor(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var token = input.Faults.Required("/token", input.Text("token"), JsonInput.MaxBytes);
        var isConfirmed = input.Flag("confirmed") == true;
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var entered = await enter.Run(new PortalEntry(token, PortalCookies.ReadAsked(context.Request), isConfirmed, AddressOf(context)), context.RequestAborted);
        if (!entered.IsOk)
        {
            return ProblemResults.From(entered.Problem);
        }

        context.Response.Headers.CacheControl = "no-store";
        PortalCookies.WriteSession(context, entered.Value);
        PortalCookies.ClearAsked(context);
        return TypedResults.Created("/v1/portal/sessions/current");
    }

    private static async Task<IResult> Current(HttpContext context, PortalViews views) =>
        TypedResults.Ok(await views.Session(context.Caller(), context.RequestAborted));

    private static async Task<IResult> Leave(HttpContext context, LeavePortal leave)
    {
        // Recognised a moment ago, so the cookie is there.
        await leave.Run(PortalCookies.ReadSession(context.Request)!, context.Caller().Actor, context.RequestAborted);
        PortalCookies.ClearSession(context);
        return TypedResults.NoContent();
    }

    private static async Task<Outcome<JsonInput>> ReadAtTheDoor(HttpContext context) =>
        SessionCookie.IsSafe(context) ? await JsonInput.Read(context) : AccessProblems.TlsRequired;

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
