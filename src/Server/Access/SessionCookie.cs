using System.Net;
using Cairn.Domain.Access;

namespace Cairn.Server.Access;

/// <summary>
/// The cookie that carries a session. Over TLS its name begins with __Host-, which makes browsers refuse it from other
/// hosts and paths; that takes TLS, so plain HTTP on the machine itself uses the bare name.
/// </summary>
internal static class SessionCookie
{
    private const string Bare = "cairn-session";
    private const string OverTls = "__Host-" + Bare;

    public static string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    /// <summary>Whether a session may be begun over this connection at all.</summary>
    public static bool IsSafe(HttpContext context) =>
        context.Request.IsHttps || (context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address));

    /// <summary>The browser keeps it as long as any session can live; when this one ends is for the server to say.</summary>
    public static void Write(HttpContext context, string text) => context.Response.Cookies.Append(
        NameFor(context.Request), text, Options(context.Request, TimeSpan.FromMinutes(SessionLimits.Most)));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request, maxAge: null));

    private static string NameFor(HttpRequest request) => request.IsHttps ? OverTls : Bare;

    private static CookieOptions Options(HttpRequest request, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Lax,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}
