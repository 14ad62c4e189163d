namespace Cairn.Server.Access.Sessions;

/// <summary>Where a request comes from, as far as it says so itself.</summary>
/// <param name="Agent">The browser's own words, cut to a length.</param>
/// <param name="Address">The network address.</param>
internal sealed record SessionDevice(string Agent, string Address)
{
    private const int LongestAgent = 300;

    public static SessionDevice Of(HttpContext context)
    {
        // Header text may hold anything; what cannot be printed says nothing about a device, and NUL cannot be stored.
        var agent = string.Concat(context.Request.Headers.UserAgent.ToString().Where(character => !char.IsControl(character) && !char.IsSurrogate(character)).Take(LongestAgent));
        return new SessionDevice(agent, context.Connection.RemoteIpAddress?.ToString() ?? "unknown");
    }
}
