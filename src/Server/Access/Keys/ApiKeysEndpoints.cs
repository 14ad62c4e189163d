using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Keys;

/// <summary>A new key, with its text.</summary>
/// <param name="Id">Which key.</param>
/// <param name="Key">The whole key. It is shown this once; keep it.</param>
/// <param name="Customer">Whose key.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">When it ends; null means never.</param>
internal sealed record CreatedApiKeyBody(
    string Id, string Key, string Customer, string Name, IReadOnlyList<string> Scopes, string CreatedAt, string? ExpiresAt);

/// <summary>What a new key needs.</summary>
internal sealed record CreateApiKeyBody(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);

/// <summary>How long the text before works.</summary>
/// <param name="OverlapHours">Hours, 24 when absent; 0 ends it at once.</param>
internal sealed record RotateApiKeyBody(int? OverlapHours);

/// <summary>A key with its new text.</summary>
/// <param name="Id">Which key.</param>
/// <param name="Key">The whole new key. It is shown this once; keep it.</param>
/// <param name="PreviousUntil">Until when the text before works.</param>
internal sealed record RotatedApiKeyBody(string Id, string Key, string PreviousUntil);

/// <summary>API keys over HTTP: a customer's, and the operator's own.</summary>
internal static class ApiKeysEndpoints
{
    private const int StandardPage = 50;
    private const int LargestPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapCustomers(routes.MapGroup("/v1/customers/{customer}/api-keys").WithTags("API keys").RequirePolicy(Policies.ManageKeys));
        MapOperators(routes.MapGroup("/v1/operator-keys").WithTags("API keys").RequirePolicy(Policies.ManageOperatorKeys));
    }

    private static void MapCustomers(RouteGroupBuilder keys)
    {
        keys.MapPost("", CreateKey)
            .WithName("CreateApiKey").WithSummary("Create an API key for a customer; the answer shows its text once")
            .TakesJson(typeof(CreateApiKeyBody), "What the key is for, what it may do, and when it ends.")
            .MayTakeHeader(Idempotency.Header, Idempotency.Meaning)
            .Produces<CreatedApiKeyBody>(StatusCodes.Status201Created)
            .Refuses(400, 401, 403, 404, 409, 413, 415, 422);
        keys.MapGet("", ListKeys)
            .WithName("ListApiKeys").WithSummary("List a customer's API keys, without their texts")
            .TakesPage(LargestPage)
            .Produces<Page<ApiKeyBody>>().Refuses(400, 401, 403, 404);
        keys.MapDelete("/{key}", RevokeKey).TakesPath("key", "The id of the key.")
            .WithName("RevokeApiKey").WithSummary("Revoke an API key, at once and for good")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404);
        keys.MapPost("/{key}/rotations", Rotate).TakesPath("key", "The id of the key.")
            .WithName("RotateApiKey").WithSummary("Give a key another text; the one before works on for a while")
            .TakesJson(typeof(RotateApiKeyBody), "How long the text before works.")
            .Produces<RotatedApiKeyBody>(StatusCodes.Status201Created).Refuses(400, 401, 403, 404, 409, 413, 415, 422);
        keys.MapPut("/{key}/rate-limit", PutRateLimit).TakesPath("key", "The id of the key.")
            .WithName("LimitApiKey").WithSummary("Set how many requests a minute a key may send")
            .WithDescription($"Counted by each server apart. Null is the standard of {RateLimit.Standard}. Answers to the key tell it in RateLimit-Policy and RateLimit; past it they are 429 `rate-limited`. For operator keys and staff.")
            .TakesBody("`{\"requestsPerMinute\": 600}`, or null for the standard.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 401, 403, 404, 413, 415, 422)
            .RequirePolicy(Policies.LimitKeys);
    }

    private static void MapOperators(RouteGroupBuilder keys)
    {
        keys.MapPost("", CreateKey)
            .WithName("CreateOperatorKey").WithSummary("Create an operator key, which reaches every customer; the answer shows its text once")
            .TakesJson(typeof(CreateApiKeyBody), "What the key is for, what it may do, and when it ends.")
            .MayTakeHeader(Idempotency.Header, Idempotency.Meaning)
            .Produces<CreatedApiKeyBody>(StatusCodes.Status201Created)
            .Refuses(400, 401, 403, 409, 413, 415, 422);
        keys.MapGet("", ListKeys)
            .WithName("ListOperatorKeys").WithSummary("List the operator's own keys, without their texts")
            .TakesPage(LargestPage)
            .Produces<Page<ApiKeyBody>>().Refuses(400, 401, 403);
        keys.MapDelete("/{key}", RevokeKey).TakesPath("key", "The id of the key.")
            .WithName("RevokeOperatorKey").WithSummary("Revoke an operator key, at once and for good")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404);
        keys.MapPost("/{key}/rotations", Rotate).TakesPath("key", "The id of the key.")
            .WithName("RotateOperatorKey").WithSummary("Give an operator key another text; the one before works on for a while")
            .TakesJson(typeof(RotateApiKeyBody), "How long the text before works.")
            .Produces<RotatedApiKeyBody>(StatusCodes.Status201Created).Refuses(400, 401, 403, 404, 409, 413, 415, 422);
    }

    private static async Task<IResult> CreateKey(HttpContext context, CreateApiKey create, Idempotency idempotency)
    {
        var customer = await Whose(context);
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
        var draft = new ApiKeyDraft(input.Text("name"), input.Texts("scopes"), input.Instant("expiresAt"));
        input.Finish();
        return await idempotency.Run(context, customer.Value, input.Raw, async claim =>
        {
            Func<DbWork, CreateApiKey.Created, Task>? keep = claim is null ? null : (work, made) => claim.Keep(work, Shown(made), null, null);
            var made = await create.Run(customer.Value, draft, context.Caller().Actor, input.Faults, context.RequestAborted, keep);
            return made.IsOk ? TypedResults.Created((string?)null, Shown(made.Value)) : ProblemResults.From(made.Problem);
        });

        static CreatedApiKeyBody Shown(CreateApiKey.Created made) => new(
            made.Key.Id.ToString(), made.Text, made.Key.Customer.ToString(), made.Key.Name, made.Key.Scopes, Rfc3339.Format(made.Key.CreatedAt),
            made.Key.ExpiresAt is { } expires ? Rfc3339.Format(expires) : null);
    }

    private static async Task<IResult> ListKeys(HttpContext context, AccessViews views)
    {
        var customer = await Whose(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var after = query.IdCursor<ApiKeyId>();
        return query.Problem is { } problem
            ? ProblemResults.From(problem)
            : TypedResults.Ok(await views.ApiKeys(customer.Value, after, limit, context.RequestAborted));
    }

    private static async Task<IResult> RevokeKey(HttpContext context, string key, RevokeApiKey revoke)
    {
        var customer = await Whose(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var problem = TypedId.TryParse<ApiKeyId>(key, out var id)
            ? await revoke.Run(customer.Value, id, context.Caller().Actor, context.RequestAborted)
            : AccessProblems.KeyNotFound;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Rotate(HttpContext context, string key, RotateApiKey rotate)
    {
        var customer = await Whose(context);
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
        var hours = input.Whole("overlapHours", 0, ApiKey.MostOverlapHours) ?? ApiKey.OverlapHours;
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var id = TypedId.TryParse<ApiKeyId>(key, out var read) ? read : default;
        var made = await rotate.Run(customer.Value, id, NodaTime.Duration.FromHours(hours), context.Caller().Actor, context.RequestAborted);
        return made.IsOk
            ? TypedResults.Created((string?)null, new RotatedApiKeyBody(made.Value.Key.Id.ToString(), made.Value.Text, Rfc3339.Format(made.Value.PreviousUntil)))
            : ProblemResults.From(made.Problem);
    }

    private static async Task<IResult> PutRateLimit(HttpContext context, string key, LimitApiKey limit)
    {
        var customer = await Whose(context);
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
        var perMinute = input.Whole("requestsPerMinute", 1, LimitApiKey.Most);
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var problem = TypedId.TryParse<ApiKeyId>(key, out var id)
            ? await limit.Run(customer.Value, id, perMinute, context.Caller().Actor, context.RequestAborted)
            : AccessProblems.KeyNotFound;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    /// <summary>Whose keys an address is about: the customer's in it, else the operator's own, which belong to the installation.</summary>
    private static ValueTask<Outcome<CustomerId>> Whose(HttpContext context) =>
        context.Request.RouteValues.ContainsKey("customer") ? CustomerScope.Resolve(context) : new(CustomerId.Installation);
}
