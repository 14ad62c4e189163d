using NodaTime;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>The cookie of one kind of ticket. Lax, because the way back from an identity provider begins on another site.</summary>
/// <param name="Name">Its name; over TLS with __Host- before it, as <see cref="SessionCookie"/> explains.</param>
internal sealed record TicketCookie(string Name)
{
    public string? Read(HttpRequest request) => request.Cookies[NameFor(request)];

    public void Write(HttpContext context, string ticket, Duration life) =>
        context.Response.Cookies.Append(NameFor(context.Request), ticket, Options(context.Request, life.ToTimeSpan()));

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Options(context.Request, null));

    private string NameFor(HttpRequest request) => request.IsHttps ? "__Host-" + Name : Name;

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
