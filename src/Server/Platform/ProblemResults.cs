using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>A refusal as the API reference describes it (RFC 9457).</summary>
/// <param name="Type">Where the code is explained.</param>
/// <param name="Title">The code as a headline.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What was refused and how to put it right.</param>
/// <param name="Code">Stable, kebab-case; the member to branch on.</param>
/// <param name="Faults">Everything wrong with the input, each with a JSON pointer.</param>
internal sealed record ProblemDocument(string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<Fault> Faults)
{
    /// <summary>Further members, by code.</summary>
    [JsonExtensionData]
    public Dictionary<string, object?> Extensions { get; init; } = [];
}

/// <summary>Turns refusals into <c>application/problem+json</c>; the one place that knows which status a kind has.</summary>
internal static class ProblemResults
{
    public const string ContentType = "application/problem+json";

    /// <summary>After how many seconds a client should try again when the refusal names no time of its own.</summary>
    private const int DefaultRetrySeconds = 5;

    public static JsonSerializerOptions Json => JsonShape.Options;

    public static IResult From(Problem problem) => new ProblemResult(problem);

    public static int StatusOf(ProblemKind kind) => kind switch
    {
        ProblemKind.Malformed => StatusCodes.Status400BadRequest,
        ProblemKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ProblemKind.Forbidden => StatusCodes.Status403Forbidden,
        ProblemKind.NotFound => StatusCodes.Status404NotFound,
        ProblemKind.Conflict => StatusCodes.Status409Conflict,
        ProblemKind.LostRace => StatusCodes.Status412PreconditionFailed,
        ProblemKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemKind.UnsupportedType => StatusCodes.Status415UnsupportedMediaType,
        ProblemKind.Unacceptable => StatusCodes.Status422UnprocessableEntity,
        ProblemKind.VersionRequired => StatusCodes.Status428PreconditionRequired,
        ProblemKind.TooMany => StatusCodes.Status429TooManyRequests,
        ProblemKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
    };

    public static int StatusOf(Problem problem) => StatusOf(problem.Kind);

    public static Task WriteAsync(HttpContext context, Problem problem) => WriteAsync(context, problem, StatusOf(problem));

    /// <summary>With a status that no kind has (405, 408, 431, 500).</summary>
    public static async Task WriteAsync(HttpContext context, Problem problem, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = Challenge(problem);
        }
        else if (status == StatusCodes.Status403Forbidden && problem.Extensions.TryGetValue("scope", out var scope))
        {
            response.Headers.WWWAuthenticate = $"Bearer realm=\"cairn\", error=\"insufficient_scope\", scope=\"{scope}\"";
        }

        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            var seconds = problem.Extensions.GetValueOrDefault("retryAfter") ?? DefaultRetrySeconds;
            response.Headers.RetryAfter = Convert.ToString(seconds, System.Globalization.CultureInfo.InvariantCulture);
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(DocumentOf(problem, status), Json);
        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body, CancellationToken.None);
    }

    /// <summary>The document as an object, for answers that hold several; serialize it with <see cref="Json"/>.</summary>
    public static ProblemDocument DocumentOf(Problem problem) => DocumentOf(problem, StatusOf(problem));

    /// <summary>States in the API reference with which statuses a route refuses.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params int[] statuses)
        where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            builder.WithMetadata(new ProducesResponseTypeMetadata(status, typeof(ProblemDocument), [ContentType]));
        }

        return builder;
    }

    private static ProblemDocument DocumentOf(Problem problem, int status) =>
        new(TypeOf(problem.Code), Title(problem.Code), status, problem.Detail, problem.Code, problem.Faults)
        {
            Extensions = problem.Extensions.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal),
        };

    /// <summary>Where a code is explained: our own list, but for the one refusal that has a registered type of its own.</summary>
    private static string TypeOf(string code) => code == "rate-limited"
        ? "https://iana.org/assignments/http-problem-types#quota-exceeded"
        : "/docs/problems#" + code;

    /// <summary>The code as a headline: <c>customer-not-found</c> is "Customer not found". The sentence is the detail.</summary>
    private static string Title(string code) => string.Concat(char.ToUpperInvariant(code[0]).ToString(), code.AsSpan(1).ToString().Replace('-', ' '));

    // RFC 6750, section 3: no error code when the request showed nothing at all.
    private static string Challenge(Problem problem) => problem.Code == PlatformProblems.AuthenticationRequired.Code
        ? "Bearer realm=\"cairn\""
        : "Bearer realm=\"cairn\", error=\"invalid_token\"";

    private sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusOf(problem);

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem);
    }
}
