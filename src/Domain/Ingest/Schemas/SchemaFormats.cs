using Cairn.Domain.Foundation;
using NodaTime.Text;

namespace Cairn.Domain.Ingest.Schemas;

/// <summary>The forms of text that a schema can ask for.</summary>
internal static class SchemaFormats
{
    private const int LongestEmail = 254;

    /// <summary>What the text is not; <see langword="null"/> when it is.</summary>
    public static string? Wrong(SchemaFormat format, string text) => format switch
    {
        SchemaFormat.DateTime => Rfc3339.Parse(text) is null ? "RFC 3339 time such as 2026-01-19T10:35:22Z" : null,
        SchemaFormat.Date => LocalDatePattern.Iso.Parse(text).Success ? null : "day such as 2026-01-19",
        SchemaFormat.Email => IsEmail(text) ? null : "mail address",
        SchemaFormat.Uri => IsUri(text) ? null : "absolute URI such as https://example.com/a",
    };

    private static bool IsEmail(string text)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        var domain = text.AsSpan(at + 1);
        return at > 0
            && text.Length <= LongestEmail
            && !text.Any(character => char.IsWhiteSpace(character) || char.IsControl(character))
            && domain.Length > 0
            && !domain.Contains('@')
            && domain[0] is not ('.' or '-')
            && domain[^1] is not ('.' or '-')
            && !domain.Contains("..", StringComparison.Ordinal);
    }

    private static bool IsUri(string text)
    {
        // RFC 3986: a scheme and only ASCII; the class below would also take a path of the local machine for a URI.
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && char.IsAsciiLetter(text[0])
            && text.AsSpan(0, colon).IndexOfAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") < 0
            && !text.Any(character => character <= ' ' || character >= '\u007f' || "\"<>\\^`{|}".Contains(character, StringComparison.Ordinal))
            && Uri.TryCreate(text, UriKind.Absolute, out _);
    }
}
