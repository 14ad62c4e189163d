using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>What signing in needs.</summary>
internal sealed record SignInBody(string Email, string Password);

/// <summary>What the first administrator needs; the token is the part of the printed link after the #.</summary>
internal sealed record SetUpBody(string Token, string Name, string Email, string Password);

/// <summary>The password is right, and there is a second step.</summary>
/// <param name="Step"><c>code</c> to give one, or <c>enrolment</c> to set up a second factor, which the role takes.</param>
/// <param name="Ways">How the step can be taken: <c>totp</c>, <c>passkey</c>, <c>recovery-code</c>.</param>
internal sealed record NextStepBody(string Step, IReadOnlyList<string> Ways);

/// <summary>Sign-in and the first administrator over HTTP.</summary>
internal static class AccessEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => MapSessions(routes.MapGroup("/v1").WithTags("Sessions"));

    private static void MapSessions(RouteGroupBuilder v1)
    {
        v1.MapPost("/setup", SetUp).RequirePolicy(Policies.Public)
            .WithName("SetUp").WithSummary("Create the first administrator from the printed one-time link, and sign in")
            .TakesJson(typeof(SetUpBody), "The token from the link, and who the administrator is.")
            .Produces<SessionBody>(StatusCodes.Status201Created).Refuses(400, 403, 404, 409, 413, 415, 422);
        v1.MapPost("/sessions", Begin).RequirePolicy(Policies.Public)
            .WithName("SignIn").WithSummary("Sign in with mail address and password; the answer sets the session cookie")
            .TakesJson(typeof(SignInBody), "Who signs in.")
            .WithDescription("201 is a session. 202 asks for a second step: its ticket is a cookie, and `POST /v1/sessions/second-step` finishes it.")
            .Produces<SessionBody>(StatusCodes.Status201Created).Produces<NextStepBody>(StatusCodes.Status202Accepted).Refuses(400, 401, 403, 413, 415, 429);
        v1.MapGet("/sessions/current", Current).RequirePolicy(Policies.SignedIn)
            .WithName("CurrentSession").WithSummary("Who is signed in")
            .Produces<SessionBody>().Refuses(401, 403);
        v1.MapDelete("/sessions/current", End).RequirePolicy(Policies.SignedIn)
            .WithName("SignOut").WithSummary("Sign out: the session ends for good")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403);
    }

    private static async Task<IResult> SetUp(HttpContext context, SetUpAdministrator setUp)
    {
        var body = await ReadCredentials(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var token = input.Text("token");
        var draft = new PersonDraft(input.Text("name"), input.Text("email"), input.Text("password"));
        input.Finish();
        return Answer(context, await setUp.Run(token, draft, input.Faults, context.RequestAborted));
    }

    private static async Task<IResult> Begin(HttpContext context, SignIn signIn)
    {
        var body = await ReadCredentials(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        // The address is not checked for its form here: one that cannot exist is treated like one that does not.
        var email = input.Faults.Required("/email", input.Text("email"), JsonInput.MaxBytes);
        var password = input.Text("password");
        if (password is null)
        {
            input.Faults.Add("/password", InputFaults.MemberMissing, "'password' is required.");
        }

        input.Finish();
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        return input.Faults.Any
            ? ProblemResults.From(input.Faults.ToProblem())
            : Answer(context, await signIn.Run(email, password!, address, context.RequestAborted));
    }

    private static IResult Answer(HttpContext context, Outcome<Admission> outcome)
    {
        if (!outcome.IsOk)
        {
            return ProblemResults.From(outcome.Problem);
        }

        var admission = outcome.Value;
        if (admission.SignedIn is { } signedIn)
        {
            return Answer(context, (Outcome<SignedIn>)signedIn);
        }

        context.Response.Headers.CacheControl = "no-store";
        SecondStep.Cookie.Write(context, admission.Ticket!, SecondStep.Life);
        return TypedResults.Accepted((string?)null, new NextStepBody(admission.Ways.Count == 0 ? "enrolment" : "code", admission.Ways));
    }

    private static async Task<IResult> Current(HttpContext context, AccessViews views) =>
        await views.Person(context.Caller().Actor.Id, context.RequestAborted) is { } person
            ? TypedResults.Ok(new SessionBody(person))
            : ProblemResults.From(AccessProblems.SessionEnded);

    private static async Task<IResult> End(HttpContext context, SignOut signOut)
    {
        // Recognised a moment ago, so the cookie is there and can be read.
        AccessToken.TryParse(AccessToken.SessionWord, SessionCookie.Read(context.Request), out var token);
        await signOut.Run(new SessionId(token.Id), context.Caller().Actor, context.RequestAborted);
        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }

    /// <summary>Reads a body that holds a secret: never over a connection that others could read.</summary>
    internal static async Task<Outcome<JsonInput>> ReadCredentials(HttpContext context) =>
        SessionCookie.IsSafe(context) ? await JsonInput.Read(context) : AccessProblems.TlsRequired;

    private static IResult Answer(HttpContext context, Outcome<SignedIn> outcome)
    {
        if (!outcome.IsOk)
        {
            return ProblemResults.From(outcome.Problem);
        }

        context.Response.Headers.CacheControl = "no-store";
        SessionCookie.Write(context, outcome.Value.Text);
        return TypedResults.Created("/v1/sessions/current", new SessionBody(PersonBody.Of(outcome.Value.Person)));
    }
}
