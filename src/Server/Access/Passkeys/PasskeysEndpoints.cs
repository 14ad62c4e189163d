using System.Text.Json;
using System.Text.Json.Nodes;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Passkeys;

/// <summary>The answer of <c>navigator.credentials.get()</c>, as its <c>toJSON()</c> writes it.</summary>
internal sealed record PasskeyAnswerBody(JsonObject Credential);

/// <summary>A new passkey.</summary>
/// <param name="Name">How the person tells it from others: the device or the password manager.</param>
/// <param name="Credential">The answer of <c>navigator.credentials.create()</c>, as its <c>toJSON()</c> writes it.</param>
internal sealed record NewPasskeyBody(string Name, JsonObject Credential);

/// <summary>A passkey that was added.</summary>
/// <param name="RecoveryCodes">Made with the first second factor; shown this once.</param>
internal sealed record AddedPasskeyBody(string Id, string Name, IReadOnlyList<string> RecoveryCodes);

/// <summary>Another name for a passkey.</summary>
internal sealed record PasskeyNameBody(string Name);

/// <summary>Passkeys over HTTP: asking for one, signing in with it, and one's own.</summary>
internal static class PasskeysEndpoints
{
    private const int NameLength = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var v1 = routes.MapGroup("/v1");
        v1.MapPost("/passkey-challenges", BeginUse).WithTags("Sessions").RequirePolicy(Policies.Public)
            .WithName("BeginPasskeyUse").WithSummary("What a browser needs to ask for a passkey: the options of navigator.credentials.get()")
            .Produces<JsonObject>();
        v1.MapPost("/sessions/passkey", SignIn).WithTags("Sessions").RequirePolicy(Policies.Public)
            .WithName("SignInWithPasskey").WithSummary("Sign in with a passkey; no second step follows")
            .TakesJson(typeof(PasskeyAnswerBody), "What the browser answered to the challenge. The cookie of the challenge belongs to it.")
            .Produces<SessionBody>(StatusCodes.Status201Created).Refuses(400, 401, 403, 413, 415);
        v1.MapPost("/sessions/current/passkey-proof", Prove).WithTags("Sessions").RequirePolicy(Policies.SignedIn)
            .WithName("ProveWithPasskey").WithSummary("Prove anew that it is you, with a passkey")
            .TakesJson(typeof(PasskeyAnswerBody), "What the browser answered to the challenge.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 413, 415, 422);
        var own = v1.MapGroup("/account/passkeys").WithTags("Account").RequirePolicy(Policies.SignedIn);
        own.MapPost("/challenges", BeginAdd)
            .WithName("BeginPasskey").WithSummary("What a browser needs to make a passkey: the options of navigator.credentials.create(); takes a fresh proof")
            .Produces<JsonObject>();
        own.MapPost("", Add)
            .WithName("AddPasskey").WithSummary("Add the passkey that the browser made; the first factor brings recovery codes, shown this once")
            .TakesJson(typeof(NewPasskeyBody), "A name, and what the browser answered.")
            .Produces<AddedPasskeyBody>(StatusCodes.Status201Created).Refuses(400, 409, 413, 415, 422);
        own.MapPatch("/{passkey}", Rename).TakesPath("passkey", "The id of the passkey.")
            .WithName("RenamePasskey").WithSummary("Give a passkey another name")
            .TakesJson(typeof(PasskeyNameBody), "The name.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 413, 415, 422);
        own.MapDelete("/{passkey}", Remove).TakesPath("passkey", "The id of the passkey.")
            .WithName("RemovePasskey").WithSummary("Remove a passkey; takes a fresh proof")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 409);
    }

    private static async Task<IResult> BeginUse(HttpContext context, UsePasskey use)
    {
        var (options, ticket) = await use.Begin(context);
        return Challenge(context, options, ticket);
    }

    private static async Task<IResult> BeginAdd(HttpContext context, AddPasskey add, FreshProof proof)
    {
        if (await proof.Refusal(context) is { } refusal)
        {
            return ProblemResults.From(refusal);
        }

        var (options, ticket) = await add.Begin(SecondFactorsEndpoints.PersonOf(context), context);
        return Challenge(context, options, ticket);
    }

    private static IResult Challenge(HttpContext context, string options, string ticket)
    {
        PasskeyTicket.Cookie.Write(context, ticket, PasskeyTicket.Life);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Text(options, "application/json");
    }

    private static async Task<IResult> SignIn(HttpContext context, UsePasskey use)
    {
        if (!SessionCookie.IsSafe(context))
        {
            return ProblemResults.From(AccessProblems.TlsRequired);
        }

        var read = await ReadAnswer(context, _ => "");
        if (!read.IsOk)
        {
            return ProblemResults.From(read.Problem);
        }

        var address = context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
        var made = await use.SignIn(read.Value.Answer, address, context);
        if (!made.IsOk)
        {
            return ProblemResults.From(made.Problem);
        }

        PasskeyTicket.Cookie.Clear(context);
        SecondStep.Cookie.Clear(context);
        context.Response.Headers.CacheControl = "no-store";
        SessionCookie.Write(context, made.Value.Text);
        return TypedResults.Created("/v1/sessions/current", new SessionBody(PersonBody.Of(made.Value.Person)));
    }

    private static async Task<IResult> Prove(HttpContext context, UsePasskey use)
    {
        var read = await ReadAnswer(context, _ => "");
        if (!read.IsOk)
        {
            return ProblemResults.From(read.Problem);
        }

        PasskeyTicket.Cookie.Clear(context);
        var problem = await use.Prove(FreshProof.SessionOf(context.Request)!.Value, SecondFactorsEndpoints.PersonOf(context), read.Value.Answer, context);
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Add(HttpContext context, AddPasskey add)
    {
        var read = await ReadAnswer(context, input => input.Faults.Required("/name", input.Text("name"), NameLength));
        if (!read.IsOk)
        {
            return ProblemResults.From(read.Problem);
        }

        PasskeyTicket.Cookie.Clear(context);
        var added = await add.Finish(SecondFactorsEndpoints.PersonOf(context), read.Value.Name, read.Value.Answer, context);
        return added.IsOk
            ? TypedResults.Created((string?)null, new AddedPasskeyBody(added.Value.Id.ToString(), added.Value.Name, added.Value.RecoveryCodes))
            : ProblemResults.From(added.Problem);
    }

    private static async Task<IResult> Rename(HttpContext context, string passkey, ChangePasskey change)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var name = input.Faults.Required("/name", input.Text("name"), NameLength);
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var problem = TypedId.TryParse<PasskeyId>(passkey, out var id)
            ? await change.Rename(SecondFactorsEndpoints.PersonOf(context), id, name, context.Caller().Actor, context.RequestAborted)
            : SignInProblems.PasskeyNotFound;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Remove(HttpContext context, string passkey, ChangePasskey change, FreshProof proof)
    {
        var caller = context.Caller();
        var problem = await proof.Refusal(context)
            ?? (TypedId.TryParse<PasskeyId>(passkey, out var id)
                ? await change.Remove(SecondFactorsEndpoints.PersonOf(context), caller.Role!.Value, id, caller.Actor, context.RequestAborted)
                : SignInProblems.PasskeyNotFound);
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    /// <summary>Reads a body with a browser's answer in it, and a name where <paramref name="readName"/> asks for one.</summary>
    private static async Task<Outcome<(string Name, PasskeyAnswer Answer)>> ReadAnswer(HttpContext context, Func<JsonInput, string> readName)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return body.Problem;
        }

        using var input = body.Value;
        var name = readName(input);
        var answer = input.Element("credential") is { } credential ? PasskeyAnswer.Read(credential) : null;
        if (answer is null)
        {
            input.Faults.Add("/credential", InputFaults.MemberMissing, "'credential' is required: what navigator.credentials answered, by its toJSON().");
        }

        input.Finish();
        return input.Faults.Any ? input.Faults.ToProblem() : (name, answer!);
    }
}
