using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SingleSignOn;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>What the second step takes: one of the two.</summary>
/// <param name="Code">What the authenticator app shows.</param>
/// <param name="RecoveryCode">One of the recovery codes instead.</param>
internal sealed record SecondStepBody(string? Code, string? RecoveryCode);

/// <summary>A session that the second step began.</summary>
/// <param name="Person">Who is signed in.</param>
/// <param name="RecoveryCodes">Made when setting an app up was the second step; shown this once.</param>
internal sealed record EnteredBody(PersonBody Person, IReadOnlyList<string> RecoveryCodes);

/// <summary>A code of the app that is being set up.</summary>
internal sealed record TotpConfirmationBody(string Code);

/// <summary>Recovery codes, shown this once; empty when those there are stay.</summary>
internal sealed record RecoveryCodesBody(IReadOnlyList<string> Codes);

/// <summary>What proves anew who sits at a session.</summary>
/// <param name="Password">The password.</param>
/// <param name="Code">What the app shows, for whoever has one.</param>
internal sealed record ProofBody(string Password, string? Code);

/// <summary>What can be changed of how the installation lets its people in.</summary>
/// <param name="SecondFactorFrom">The least role that takes a second factor beside a password; null demands it of nobody.</param>
internal sealed record SignInSettingsBody(string? SecondFactorFrom);

/// <summary>How the installation lets its people in.</summary>
/// <param name="SecondFactorFrom">The least role that takes a second factor beside a password; null demands it of nobody.</param>
/// <param name="SingleSignOn">The identity provider, as the environment configures it; null without one.</param>
internal sealed record SignInSettingsShownBody(string? SecondFactorFrom, SingleSignOnSettingsBody? SingleSignOn);

/// <summary>The identity provider as the environment configures it. The secret is shown to nobody.</summary>
/// <param name="CallbackPath">What to register at the provider, after the address of this installation.</param>
/// <param name="GroupRoles">Which group gives which role; empty when the provider does not decide over roles.</param>
internal sealed record SingleSignOnSettingsBody(
    string Name,
    string Issuer,
    string ClientId,
    bool HasSecret,
    string Scopes,
    string CallbackPath,
    string GroupsClaim,
    IReadOnlyDictionary<string, string> GroupRoles,
    bool CreatesPeople);

/// <summary>The second step, one's own second factors, and what the installation demands, over HTTP.</summary>
internal static class SecondFactorsEndpoints
{
    private const int LongestCode = 100;
    private static readonly string[] Roles = Enum.GetNames<StaffRole>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/v1/sessions").WithTags("Sessions");
        sessions.MapPost("/second-step", Step).RequirePolicy(Policies.Public)
            .WithName("FinishSecondStep").WithSummary("Finish a sign-in that a password began, with a code of the app or a recovery code")
            .TakesJson(typeof(SecondStepBody), "One of the two codes. The cookie of the first step says whose sign-in it is.")
            .Produces<EnteredBody>(StatusCodes.Status201Created).Refuses(400, 401, 403, 409, 413, 415, 422, 429);
        sessions.MapPost("/second-step/totp", ProposeWithTicket).RequirePolicy(Policies.Public)
            .WithName("EnrolOnSignIn").WithSummary("Begin to set up an authenticator app where the role demands one before the first session")
            .Produces<TotpProposal>(StatusCodes.Status201Created).Refuses(401, 403, 409);
        sessions.MapPost("/current/proof", Prove).RequirePolicy(Policies.SignedIn)
            .WithName("ProveAgain").WithSummary("Prove anew that it is you; changes of how you sign in need that")
            .TakesJson(typeof(ProofBody), "The password, and the code of the app where there is one.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 413, 415, 422, 429);
        MapAccount(routes.MapGroup("/v1/account").WithTags("Account").RequirePolicy(Policies.SignedIn));
        routes.MapDelete("/v1/people/{person}/second-factors", Reset).TakesPath("person", "The id of the person.")
            .WithTags("Settings").RequirePolicy(Policies.Administer)
            .WithName("ResetSecondFactors").WithSummary("Take all second factors of somebody away who lost them; takes a fresh proof of who does it")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
        var settings = routes.MapGroup("/v1/settings").WithTags("Settings").RequirePolicy(Policies.Administer);
        settings.MapGet("/sign-in", GetSettings)
            .WithName("GetSignInSettings").WithSummary("How the installation lets its people in")
            .Produces<SignInSettingsShownBody>();
        settings.MapPut("/sign-in", PutSettings)
            .WithName("PutSignInSettings").WithSummary("Demand a second factor from a role on, or of nobody")
            .TakesJson(typeof(SignInSettingsBody), "`{\"secondFactorFrom\": \"Manager\"}`, or null.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 413, 415, 422);
    }

    private static void MapAccount(RouteGroupBuilder account)
    {
        account.MapGet("/security", Security)
            .WithName("GetAccountSecurity").WithSummary("How you sign in: password, second factors, recovery codes")
            .Produces<AccountSecurityBody>();
        account.MapPost("/totp", Propose)
            .WithName("EnrolTotp").WithSummary("Begin to set up an authenticator app: its secret, as text and for a QR code")
            .WithDescription("Takes a fresh proof. Nothing is asked of anybody until a code confirms it.")
            .Produces<TotpProposal>(StatusCodes.Status201Created).Refuses(409);
        account.MapPost("/totp/confirmation", Confirm)
            .WithName("ConfirmTotp").WithSummary("Confirm the app with a code; the first factor brings recovery codes, shown this once")
            .TakesJson(typeof(TotpConfirmationBody), "What the app shows.")
            .Produces<RecoveryCodesBody>().Refuses(400, 409, 413, 415, 422);
        account.MapDelete("/totp", Remove)
            .WithName("RemoveTotp").WithSummary("Remove the authenticator app; takes a fresh proof")
            .Produces(StatusCodes.Status204NoContent).Refuses(409);
        account.MapPost("/recovery-codes", Renew)
            .WithName("RenewRecoveryCodes").WithSummary("Ten new recovery codes instead of those before, shown this once; takes a fresh proof")
            .Produces<RecoveryCodesBody>(StatusCodes.Status201Created).Refuses(409);
    }

    private static async Task<IResult> Step(HttpContext context, FinishSecondStep finish)
    {
        if (!SessionCookie.IsSafe(context))
        {
            return ProblemResults.From(AccessProblems.TlsRequired);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var (code, recovery) = (input.Text("code"), input.Text("recoveryCode"));
        var text = input.Faults.Required("/code", code ?? recovery, LongestCode);
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var address = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var made = await finish.Run(SecondStep.Cookie.Read(context.Request), new GivenCode(text, code is null), address, context.RequestAborted);
        if (!made.IsOk)
        {
            return ProblemResults.From(made.Problem);
        }

        SecondStep.Cookie.Clear(context);
        context.Response.Headers.CacheControl = "no-store";
        SessionCookie.Write(context, made.Value.Text);
        return TypedResults.Created("/v1/sessions/current", new EnteredBody(PersonBody.Of(made.Value.Person), made.Value.RecoveryCodes));
    }

    private static async Task<IResult> ProposeWithTicket(HttpContext context, FinishSecondStep finish, EnrolTotp enrol)
    {
        if (await finish.Enrolling(SecondStep.Cookie.Read(context.Request), context.RequestAborted) is not { } person)
        {
            return ProblemResults.From(SignInProblems.SecondStepExpired);
        }

        context.Response.Headers.CacheControl = "no-store";
        return Shown(await enrol.Propose(person, context.RequestAborted));
    }

    private static async Task<IResult> Prove(HttpContext context, ProveAgain prove)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var (password, code) = (input.Text("password"), input.Text("code"));
        if (password is null)
        {
            input.Faults.Add("/password", InputFaults.MemberMissing, "'password' is required.");
        }

        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        // Recognised a moment ago, so both are there.
        var given = new GivenProof(password!, code, context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
        var problem = await prove.Run(FreshProof.SessionOf(context.Request)!.Value, PersonOf(context), given, context.RequestAborted);
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Security(HttpContext context, SecondFactorsViews views, FreshProof proof)
    {
        var security = await views.Security(PersonOf(context), context.Caller().Role!.Value, context.RequestAborted);
        return TypedResults.Ok(security with { ProvedUntil = await proof.Until(context) is { } until ? Rfc3339.Format(until) : null });
    }

    private static async Task<IResult> Propose(HttpContext context, EnrolTotp enrol, FreshProof proof) =>
        await proof.Refusal(context) is { } refusal ? ProblemResults.From(refusal) : Shown(await enrol.Propose(PersonOf(context), context.RequestAborted));

    private static async Task<IResult> Confirm(HttpContext context, EnrolTotp enrol)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var code = input.Faults.Required("/code", input.Text("code"), LongestCode);
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var confirmed = await enrol.Confirm(PersonOf(context), code, context.Caller().Actor, context.RequestAborted);
        return confirmed.IsOk ? TypedResults.Ok(new RecoveryCodesBody(confirmed.Value)) : ProblemResults.From(confirmed.Problem);
    }

    private static async Task<IResult> Remove(HttpContext context, RemoveTotp remove, FreshProof proof)
    {
        var caller = context.Caller();
        var problem = await proof.Refusal(context) ?? await remove.Run(PersonOf(context), caller.Role!.Value, caller.Actor, context.RequestAborted);
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Renew(HttpContext context, RenewRecoveryCodes renew, FreshProof proof)
    {
        if (await proof.Refusal(context) is { } refusal)
        {
            return ProblemResults.From(refusal);
        }

        var codes = await renew.Run(PersonOf(context), context.Caller().Actor, context.RequestAborted);
        return codes.IsOk ? TypedResults.Created((string?)null, new RecoveryCodesBody(codes.Value)) : ProblemResults.From(codes.Problem);
    }

    private static async Task<IResult> Reset(HttpContext context, string person, ResetSecondFactors reset, FreshProof proof)
    {
        var problem = await proof.Refusal(context)
            ?? (TypedId.TryParse<PersonId>(person, out var id)
                ? await reset.Run(id, context.Caller().Actor, context.RequestAborted)
                : SignInProblems.AccountNotFound);
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> GetSettings(HttpContext context, SecondFactorDemand demand)
    {
        var from = await demand.Read(context.RequestAborted);
        return TypedResults.Ok(new SignInSettingsShownBody(from?.ToString(), context.RequestServices.GetService<ProviderOptions>() is { } provider
            ? new SingleSignOnSettingsBody(
                provider.Name, provider.IssuerText, provider.ClientId, provider.ClientSecret is not null, provider.Scopes, BeginSingleSignOn.CallbackPath,
                provider.GroupsClaim, provider.Roles.Roles.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()), provider.CreatesPeople)
            : null));
    }

    private static async Task<IResult> PutSettings(HttpContext context, SecondFactorDemand demand, FreshProof proof)
    {
        if (await proof.Refusal(context) is { } refusal)
        {
            return ProblemResults.From(refusal);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var from = input.Faults.OneOf("/secondFactorFrom", input.Text("secondFactorFrom"), Roles, "role-unknown");
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        await demand.Change(from is null ? null : Enum.Parse<StaffRole>(from), context.Caller().Actor, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static IResult Shown(Outcome<TotpProposal> proposal) =>
        proposal.IsOk ? TypedResults.Created((string?)null, proposal.Value) : ProblemResults.From(proposal.Problem);

    /// <summary>The person of a route that lets people in and nobody else.</summary>
    internal static PersonId PersonOf(HttpContext context) => TypedId.TryParse<PersonId>(context.Caller().Actor.Id, out var person)
        ? person
        : throw new InvalidOperationException("A route for people was called by nobody.");
}
