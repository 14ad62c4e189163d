using System.Text.Json;
using System.Text.Json.Serialization;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>A refusal as the API reference describes it (RFC 9457).</summary>
internal sealed record ProblemDocument(string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<Fault> Faults);

/// <summary>Turns refusals into <c>application/problem+json</c>; the one place that knows which status a kind has.</summary>
internal static class ProblemResults
{
    public const string ContentType = "application/problem+json";

    /// <summary>After how many seconds a client should try again when the refusal names no time of its own.</summary>
    private const int DefaultRetrySeconds = 5;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.Strict };

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

    public static Task WriteAsync(HttpContext context, Problem problem) => WriteAsync(context, problem, StatusOf(problem.Kind));

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

        using var body = new MemoryStream();
        await using (var writer = new Utf8JsonWriter(body))
        {
            Write(writer, problem, status);
        }

        response.ContentLength = body.Length;
        await response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
    }

    /// <summary>Writes the document as one JSON object, for answers that hold several.</summary>
    public static void Write(Utf8JsonWriter writer, Problem problem) => Write(writer, problem, StatusOf(problem.Kind));

    /// <summary>The code as a headline: <c>customer-not-found</c> is "Customer not found". The sentence is the detail.</summary>
    private static string Title(string code) => string.Concat(char.ToUpperInvariant(code[0]).ToString(), code.AsSpan(1).ToString().Replace('-', ' '));

    private static void Write(Utf8JsonWriter writer, Problem problem, int status)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "/docs/problems#" + problem.Code);
        writer.WriteString("title", Title(problem.Code));
        writer.WriteNumber("status", status);
        writer.WriteString("detail", problem.Detail);
        writer.WriteString("code", problem.Code);
        writer.WriteStartArray("faults");
        foreach (var fault in problem.Faults)
        {
            writer.WriteStartObject();
            writer.WriteString("pointer", fault.Pointer);
            writer.WriteString("code", fault.Code);
            writer.WriteString("detail", fault.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        foreach (var (name, value) in problem.Extensions)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, value, Json);
        }

        writer.WriteEndObject();
    }

    // RFC 6750, section 3: no error code when the request showed nothing at all.
    private static string Challenge(Problem problem) => problem.Code == PlatformProblems.AuthenticationRequired.Code
        ? "Bearer realm=\"cairn\""
        : "Bearer realm=\"cairn\", error=\"invalid_token\"";

    private sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => StatusOf(problem.Kind);

        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem);
    }

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
}
