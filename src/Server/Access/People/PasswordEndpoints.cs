using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.Sessions;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>A link that somebody was sent: the part behind the #.</summary>
internal sealed record PasswordLinkBody(string Token);

/// <summary>What setting a password takes.</summary>
internal sealed record SetPasswordBody(string Token, string Password);

/// <summary>A change of one's own password.</summary>
internal sealed record ChangePasswordBody(string Current, string Password);

/// <summary>Who asks for a link.</summary>
internal sealed record PasswordResetBody(string Email);

/// <summary>Whom a link is for.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Email">What they sign in with.</param>
/// <param name="Kind"><c>invitation</c> or <c>password-reset</c>.</param>
/// <param name="ExpiresAt">It works before this instant.</param>
internal sealed record OpenedLinkBody(string Name, string Email, string Kind, string ExpiresAt);

/// <summary>Passwords over HTTP. Secrets travel in bodies only, never in addresses.</summary>
internal static class PasswordEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1").WithTags("Passwords");
        v1.MapPost("/password-links", Open).RequirePolicy(Policies.Public)
            .WithName("OpenPasswordLink").WithSummary("Whom a password link is for; does not use it up")
            .TakesJson(typeof(PasswordLinkBody), "The part of the link behind the #.")
            .Produces<OpenedLinkBody>().Refuses(400, 403, 404, 413, 415);
        v1.MapPost("/passwords", Set).RequirePolicy(Policies.Public)
            .WithName("SetPassword").WithSummary("Choose a password by a link; ends every session and uses the link up")
            .WithDescription($"{PasswordRules.Min} to {PasswordRules.Max} characters of any kind; commonly used passwords are refused, and those made of the person's own name and address.")
            .TakesJson(typeof(SetPasswordBody), "The part of the link behind the #, and the new password.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 403, 404, 413, 415, 422);
        v1.MapPut("/passwords/own", Change).RequirePolicy(Policies.SignedIn)
            .WithName("ChangePassword").WithSummary("Change one's own password; every other session ends, this one goes on under a new cookie")
            .TakesJson(typeof(ChangePasswordBody), "The current password, and the new one.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 401, 403, 413, 415, 422, 429);
        v1.MapPost("/password-resets", AskForReset).RequirePolicy(Policies.Public)
            .WithName("AskForPasswordReset").WithSummary("Ask for a link to choose a new password")
            .WithDescription("The answer is the same, and as quick, whether the address is known or not.")
            .TakesJson(typeof(PasswordResetBody), "The mail address that one signs in with.")
            .Produces(StatusCodes.Status202Accepted).Refuses(400, 403, 413, 415, 429);
    }

    private static async Task<IResult> Change(HttpContext context, ChangePassword change)
    {
        var body = await AccessEndpoints.ReadCredentials(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var (current, password) = (input.Text("current"), input.Text("password"));
        if (current is null)
        {
            input.Faults.Add("/current", InputFaults.MemberMissing, "'current' is required: the password as it is.");
        }

        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var changed = await change.Run(context.Caller().Person!.Value, current!, password, SessionDevice.Of(context).Address, context.RequestAborted);
        if (!changed.IsOk)
        {
            return ProblemResults.From(changed.Problem);
        }

        SessionCookie.Write(context, changed.Value);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> AskForReset(HttpContext context, PasswordResets resets)
    {
        var body = await AccessEndpoints.ReadCredentials(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var email = input.Faults.Required("/email", input.Text("email"), Person.EmailLength);
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var wait = resets.Ask(email, SessionDevice.Of(context).Address);
        return wait > NodaTime.Duration.Zero ? ProblemResults.From(AccessProblems.SignInWait(wait)) : TypedResults.Accepted((string?)null);
    }

    private static async Task<IResult> Open(HttpContext context, SetPassword set)
    {
        var body = await AccessEndpoints.ReadCredentials(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var token = input.Text("token");
        input.Finish();
        var opened = input.Faults.Any ? input.Faults.ToProblem() : await set.Open(token, context.RequestAborted);
        return opened.IsOk
            ? TypedResults.Ok(new OpenedLinkBody(
                opened.Value.Person.Name, opened.Value.Person.Email, opened.Value.Link.Kind, Rfc3339.Format(opened.Value.Link.ToLink().ExpiresAt)))
            : ProblemResults.From(opened.Problem);
    }

    private static async Task<IResult> Set(HttpContext context, SetPassword set)
    {
        var body = await AccessEndpoints.ReadCredentials(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var (token, password) = (input.Text("token"), input.Text("password"));
        input.Finish();
        return await set.Run(token, password, input.Faults, context.RequestAborted) is { } problem ? ProblemResults.From(problem) : TypedResults.NoContent();
    }
}
