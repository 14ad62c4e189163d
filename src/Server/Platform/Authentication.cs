using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>
/// Runs between routing and the handlers: refuses requests that another site made a browser send, recognises who calls,
/// and asks the route's policy. What passes has its caller in <see cref="CallerOfRequest.Caller"/>.
/// </summary>
internal sealed class Authentication(RequestDelegate next, ICallerRecognizer recognizer, RateLimiter limiter, PortalReads reads)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Only routes that were mapped have a policy; the framework's own "405" and "415" endpoints are none.
        if (context.GetEndpoint() is RouteEndpoint endpoint)
        {
            // Checked at start as well; this is the second lock, for a route that is added while the server runs.
            var policy = endpoint.Metadata.GetMetadata<Policy>()
                ?? throw new InvalidOperationException($"The route {endpoint.RoutePattern.RawText} states no policy.");
            if (await Refusal(context, policy) is { } problem)
            {
                await ProblemResults.WriteAsync(context, problem);
                return;
            }
        }

        await next(context);
    }

    private async ValueTask<Problem?> Refusal(HttpContext context, Policy policy)
    {
        if (CrossSite.IsSuspect(context.Request))
        {
            return PlatformProblems.CrossSiteRequest;
        }

        if (policy.IsPublic)
        {
            return null;
        }

        var recognised = await recognizer.Recognize(context);
        if (!recognised.IsOk)
        {
            return recognised.Problem;
        }

        var caller = recognised.Value;
        if (caller.Kind is CallerKind.Person or CallerKind.PortalPerson && CrossSite.IsUnproven(context.Request))
        {
            return PlatformProblems.CrossSiteRequest;
        }

        context.Features.Set(caller);
        if (caller.Limit is { } limit)
        {
            var verdict = limiter.Take(limit);
            RateLimitAnswer.Tell(context.Response, limit, verdict);
            if (!verdict.IsWithin)
            {
                return RateLimitAnswer.Refusal(limit, verdict);
            }
        }

        // A default: a handler whose answer may be kept privately (tiles) sets its own.
        context.Response.Headers.CacheControl = "no-store";
        return policy.Refuse(caller) ?? await Look(context, caller);
    }

    /// <summary>A look through a customer's eyes writes nothing, and is itself written down before anything is shown.</summary>
    private async ValueTask<Problem?> Look(HttpContext context, Caller caller)
    {
        if (caller.View is null)
        {
            return null;
        }

        if (CrossSite.IsUnsafe(context.Request))
        {
            return PlatformProblems.ViewIsReadOnly;
        }

        await reads.Note(caller, context.Request.Path, context.RequestAborted);
        return null;
    }
}

/// <summary>
/// Tells requests that a page of ours made from those that another site made the browser send. Browsers state it in
/// Sec-Fetch-Site, older ones in Origin; a page cannot forge either. Requests with a key are never suspect, because no
/// browser adds one by itself.
/// </summary>
internal static class CrossSite
{
    /// <summary>An unsafe request that says itself that it comes from elsewhere. Sign-in is protected by this too, where there is no session yet.</summary>
    public static bool IsSuspect(HttpRequest request) =>
        IsUnsafe(request) && request.Headers.Authorization.Count == 0 && Verdict(request) == false;

    /// <summary>An unsafe request that does not say that it comes from a page of ours: not good enough for a session.</summary>
    public static bool IsUnproven(HttpRequest request) => IsUnsafe(request) && Verdict(request) != true;

    /// <summary>Whether the method asks for a change.</summary>
    public static bool IsUnsafe(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method);

    private static bool? Verdict(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site])
        {
            return site is "same-origin" or "none";
        }

        return request.Headers.Origin is [{ } origin]
            ? string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase)
            : null;
    }
}

/// <summary>Puts the two into the pipeline, in the order that they need.</summary>
internal static class AuthenticationPipeline
{
    /// <summary>Before everything that can fail.</summary>
    public static void UseProblems(this IApplicationBuilder app) => app.UseMiddleware<ProblemGuard>();

    /// <summary>After routing, before the handlers.</summary>
    public static void UseCallers(this IApplicationBuilder app) => app.UseMiddleware<Authentication>();
}
