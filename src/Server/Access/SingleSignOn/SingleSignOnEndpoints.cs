using System.Text.RegularExpressions;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>How people may come in here, for the sign-in screen.</summary>
/// <param name="SingleSignOn">What the identity provider is called; null without one.</param>
internal sealed record SignInWaysBody(string? SingleSignOn);

/// <summary>Where to go after the provider.</summary>
/// <param name="To">A path of the application.</param>
internal sealed record SingleSignOnBody(string? To);

/// <summary>Where the browser goes now: the provider.</summary>
internal sealed record ProviderAddressBody(string Address);

/// <summary>Single sign-on over HTTP: to the provider, back from it, and linked identities.</summary>
internal static partial class SingleSignOnEndpoints
{
    private const int LongestPath = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1");
        v1.MapGet("/sign-in-ways", (HttpContext context) => TypedResults.Ok(new SignInWaysBody(Provider(context)?.Options.Name)))
            .WithTags("Sessions").RequirePolicy(Policies.Public)
            .WithName("GetSignInWays").WithSummary("How people may sign in here");
        v1.MapPost("/single-sign-on", (HttpContext context, CancellationToken cancel) => Begin(context, SingleSignOnAim.SignIn, "/", cancel))
            .WithTags("Sessions").RequirePolicy(Policies.Public)
            .WithName("BeginSingleSignOn").WithSummary("Begin a sign-in at the identity provider: the answer says where the browser goes")
            .TakesJson(typeof(SingleSignOnBody), "Where to go afterwards: a path of the application.")
            .Produces<ProviderAddressBody>().Refuses(400, 403, 404, 413, 415, 422, 503);
        v1.MapGet(BeginSingleSignOn.CallbackPath[3..], Callback)
            .WithTags("Sessions").RequirePolicy(Policies.Public)
            .WithName("FinishSingleSignOn").WithSummary("Where the identity provider sends the browser back to; it goes on to the application")
            .TakesQuery("state", "What the request carried.").TakesQuery("code", "What the provider gave for it.")
            .Produces(StatusCodes.Status303SeeOther);
        v1.MapPost("/sessions/current/single-sign-on-proof", (HttpContext context, CancellationToken cancel) => Begin(context, SingleSignOnAim.Prove, "/account", cancel))
            .WithTags("Sessions").RequirePolicy(Policies.SignedIn)
            .WithName("ProveBySingleSignOn").WithSummary("Prove anew that it is you, at the identity provider")
            .TakesJson(typeof(SingleSignOnBody), "Where to go afterwards.")
            .Produces<ProviderAddressBody>().Refuses(400, 404, 413, 415, 422);
        v1.MapPost("/account/identities", Link)
            .WithTags("Account").RequirePolicy(Policies.SignedIn)
            .WithName("LinkIdentity").WithSummary("Link who you are at the identity provider with your account; takes a fresh proof")
            .TakesJson(typeof(SingleSignOnBody), "Where to go afterwards.")
            .Produces<ProviderAddressBody>().Refuses(400, 404, 413, 415, 422);
        v1.MapDelete("/account/identities/{identity}", Unlink).TakesPath("identity", "The id of the linked identity.")
            .WithTags("Account").RequirePolicy(Policies.SignedIn)
            .WithName("UnlinkIdentity").WithSummary("Unlink an identity; takes a fresh proof")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 409);
    }

    private static async Task<IResult> Link(HttpContext context, FreshProof proof) =>
        await proof.Refusal(context) is { } refusal ? ProblemResults.From(refusal) : await Begin(context, SingleSignOnAim.Link, "/account", context.RequestAborted);

    private static async Task<IResult> Begin(HttpContext context, SingleSignOnAim aim, string standing, CancellationToken cancel)
    {
        if (context.RequestServices.GetService<BeginSingleSignOn>() is not { } begin)
        {
            return ProblemResults.From(SignInProblems.SingleSignOnOff);
        }

        var body = SessionCookie.IsSafe(context) ? await JsonInput.Read(context) : AccessProblems.TlsRequired;
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var to = input.Text("to") ?? standing;
        if (to.Length > LongestPath || !OwnPath().IsMatch(to))
        {
            input.Faults.Add("/to", "path-unusable", $"'to' takes a path of this application, such as /customers, of at most {LongestPath} characters.");
        }

        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var session = aim == SingleSignOnAim.SignIn ? null : FreshProof.SessionOf(context.Request);
        var begun = await begin.Run(aim, to, session, CallbackOf(context.Request), cancel);
        if (!begun.IsOk)
        {
            return ProblemResults.From(begun.Problem);
        }

        SingleSignOnTicket.Cookie.Write(context, begun.Value.Ticket, SingleSignOnTicket.Life);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(new ProviderAddressBody(begun.Value.Address.AbsoluteUri));
    }

    /// <summary>A person is looking at this, so that a refusal is a screen: its code goes along in the address.</summary>
    private static async Task<IResult> Callback(HttpContext context, CancellationToken cancel)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.RequestServices.GetService<FinishSingleSignOn>() is not { } finish || !SessionCookie.IsSafe(context))
        {
            return SeeOther(context, "/sign-in", SignInProblems.SingleSignOnOff);
        }

        var query = context.Request.Query;
        var back = new ProviderReturn(
            query["state"], query.ContainsKey("error") ? null : (string?)query["code"], query["iss"],
            FreshProof.SessionOf(context.Request), context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        var came = await finish.Run(SingleSignOnTicket.Cookie.Read(context.Request), back, CallbackOf(context.Request), cancel);
        SingleSignOnTicket.Cookie.Clear(context);
        if (came.SessionText is { } text)
        {
            SecondStep.Cookie.Clear(context);
            SessionCookie.Write(context, text);
        }

        return SeeOther(context, came.To, came.Problem);
    }

    private static async Task<IResult> Unlink(HttpContext context, string identity, UnlinkIdentity unlink, FreshProof proof)
    {
        var problem = await proof.Refusal(context)
            ?? (TypedId.TryParse<IdentityId>(identity, out var id)
                ? await unlink.Run(SecondFactorsEndpoints.PersonOf(context), id, context.Caller().Actor, context.RequestAborted)
                : SignInProblems.IdentityNotFound);
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static IResult SeeOther(HttpContext context, string to, Problem? problem)
    {
        context.Response.Headers.Location = problem is null ? to : $"{to}{(to.Contains('?', StringComparison.Ordinal) ? '&' : '?')}problem={problem.Code}";
        return TypedResults.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static IdentityProvider? Provider(HttpContext context) => context.RequestServices.GetService<IdentityProvider>();

    private static Uri CallbackOf(HttpRequest request) => new($"{request.Scheme}://{request.Host}{BeginSingleSignOn.CallbackPath}");

    [GeneratedRegex(@"^/(?:[\x21-\x2E\x30-\x5B\x5D-\x7E][\x21-\x7E]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex OwnPath();
}
