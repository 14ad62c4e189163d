using Microsoft.AspNetCore.Http.Features;

namespace Cairn.Server.Platform;

/// <summary>
/// Parts of the path as the client wrote them, decoded once: the server's own decoding leaves an encoded slash in place,
/// and decoding its result again would spoil ids that hold a percent sign.
/// </summary>
internal static class RawPath
{
    /// <summary>The part at a place, counted from the leading slash as 1; empty when the path is shorter.</summary>
    public static string Segment(HttpContext context, int place)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var parts = target.Split('?', 2)[0].Split('/');
        return parts.Length > place ? Uri.UnescapeDataString(parts[place]) : "";
    }
}
