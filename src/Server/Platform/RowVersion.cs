using System.Globalization;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>The version that a change is based on: sent in If-Match, shown as ETag.</summary>
internal static class RowVersion
{
    /// <summary>Tells the version of what is answered.</summary>
    public static void Show(HttpContext context, long version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version in If-Match. Quotes are what RFC 9110 asks for; a bare number and a weak tag (some proxies weaken them) say the same.</summary>
    public static Outcome<long> Read(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return PlatformProblems.VersionRequired;
        }

        var text = header.ToString().Trim();
        text = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        text = text.Length > 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : PlatformProblems.VersionMalformed;
    }
}
