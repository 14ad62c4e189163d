using System.Globalization;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Customers;

/// <summary>The version of a record in headers: sent as ETag, named in If-Match by whoever changes it.</summary>
internal static class IfMatch
{
    public const string Header = "If-Match";

    public const string Meaning = "The version that the change is based on, for instance \"3\".";

    public static void Show(HttpContext context, long version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    // Quotes are what RFC 9110 asks for; a bare number and a weak tag (some proxies weaken them) say the same.
    public static Outcome<long> Read(HttpRequest request)
    {
        var header = request.Headers.IfMatch;
        if (header.Count == 0)
        {
            return CustomersProblems.VersionRequired;
        }

        var text = header.ToString().Trim();
        text = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        text = text.Length > 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : CustomersProblems.VersionMalformed;
    }
}
