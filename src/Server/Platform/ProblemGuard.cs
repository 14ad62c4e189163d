using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>
/// The outermost middleware: whatever goes wrong inside, the answer is a problem document. A bug is logged whole and
/// answered with nothing but the request's id.
/// </summary>
internal sealed class ProblemGuard(RequestDelegate next, ILogger<ProblemGuard> log)
{
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await Answer(context, exception);
            return;
        }

        // The framework refuses with a bare status (no such route, method or media type); give it a document too.
        var response = context.Response;
        if (!response.HasStarted && response.StatusCode >= StatusCodes.Status400BadRequest && response.ContentType is null && response.ContentLength is null)
        {
            await ProblemResults.WriteAsync(context, OfStatus(response.StatusCode, context.Request.ContentType), response.StatusCode);
        }
    }

    private async Task Answer(HttpContext context, Exception exception)
    {
        if (exception is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to answer.
            context.Response.StatusCode = ClientClosedRequest;
            return;
        }

        context.Response.Clear();
        if (exception is BadHttpRequestException bad)
        {
            await ProblemResults.WriteAsync(context, OfStatus(bad.StatusCode, context.Request.ContentType), bad.StatusCode);
        }
        else if (DatabaseFailure.IsPassing(exception))
        {
            Log.DatabaseAway(log, context.Request.Method, context.Request.Path, exception.Message);
            await ProblemResults.WriteAsync(context, PlatformProblems.DatabaseUnavailable);
        }
        else
        {
            Log.Bug(log, context.TraceIdentifier, context.Request.Method, context.Request.Path, exception);
            await ProblemResults.WriteAsync(context, InternalError(context.TraceIdentifier), StatusCodes.Status500InternalServerError);
        }
    }

    private static Problem OfStatus(int status, string? mediaType) => status switch
    {
        StatusCodes.Status400BadRequest => PlatformProblems.RequestMalformed,
        StatusCodes.Status404NotFound => PlatformProblems.RouteNotFound,
        StatusCodes.Status405MethodNotAllowed => new Problem(ProblemKind.Malformed, "method-not-allowed", "This address takes other methods; the Allow header lists them."),
        StatusCodes.Status408RequestTimeout => new Problem(ProblemKind.Malformed, "request-timeout", "The request came too slowly and was given up."),
        StatusCodes.Status413PayloadTooLarge => PlatformProblems.BodyTooLarge,
        StatusCodes.Status415UnsupportedMediaType => PlatformProblems.MediaType(mediaType),
        _ => new Problem(ProblemKind.Malformed, "request-refused", "The request was refused before it reached its handler."),
    };

    // The kind is only nominal: the status is written beside it, because no refusal of ours is a 500.
    private static Problem InternalError(string requestId) => new(
        ProblemKind.Unavailable, "internal-error", "This is a fault of the program, not of the request. Quote the requestId when you report it.")
    { Extensions = new Dictionary<string, object?> { ["requestId"] = requestId } };
}

internal static partial class Log
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Error, Message = "Request {RequestId} ({Method} {Path}) met a bug")]
    public static partial void Bug(ILogger log, string requestId, string method, string path, Exception exception);

    [LoggerMessage(EventId = 101, Level = LogLevel.Warning, Message = "{Method} {Path}: the database does not answer ({Reason})")]
    public static partial void DatabaseAway(ILogger log, string method, string path, string reason);
}
