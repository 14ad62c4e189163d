using Cairn.Domain.Access.Portal;

namespace Cairn.Server.Access.Portal;

/// <summary>
/// The portal's cookies: one for a session, and one that marks the browser which asked for a link, so that the link needs
/// no click there. Apart from the staff's, so that somebody can be signed in to both. They are only ever sent by pages of
/// our own, so unlike the staff's they are strict.
/// </summary>
internal static class PortalCookies
{
    private const string Session = "cairn-portal";
    private const string Asked = "cairn-portal-asked";
    private const string OverTls = "__Host-";

    public static string? ReadSession(HttpRequest request) => request.Cookies[NameFor(request, Session)];

    public static void WriteSession(HttpContext context, string text) => Write(context, Session, text, PortalSession.Absolute.ToTimeSpan());

    public static void ClearSession(HttpContext context) => Clear(context, Session);

    /// <summary>The secret of the browser that asks; the one it has, so that a second request does not orphan the first link.</summary>
    public static string? ReadAsked(HttpRequest request) => request.Cookies[NameFor(request, Asked)];

    public static void WriteAsked(HttpContext context, string secret) => Write(context, Asked, secret, PortalLink.Lifetime.ToTimeSpan());

    public static void ClearAsked(HttpContext context) => Clear(context, Asked);

    private static void Write(HttpContext context, string name, string value, TimeSpan maxAge) =>
        context.Response.Cookies.Append(NameFor(context.Request, name), value, Options(context.Request, maxAge));

    private static void Clear(HttpContext context, string name) =>
        context.Response.Cookies.Delete(NameFor(context.Request, name), Options(context.Request, maxAge: null));

    private static string NameFor(HttpRequest request, string name) => request.IsHttps ? OverTls + name : name;

    private static CookieOptions Options(HttpRequest request, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        Secure = request.IsHttps,
        SameSite = SameSiteMode.Strict,
        // What __Host- asks for. That the session is good for /v1/portal alone is the recognition's business.
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}
