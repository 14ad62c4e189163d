using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Foundation;

/// <summary>Instants as RFC 3339 writes them: <c>2026-01-19T10:35:22Z</c>, fractions to the nanosecond, any offset.</summary>
public static class Rfc3339
{
    private static readonly OffsetDateTimePattern Pattern = OffsetDateTimePattern.Rfc3339;

    private static readonly InstantPattern Milliseconds = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.fff'Z'");

    /// <summary>Reads an instant; <see langword="null"/> when the text is none. Lower-case t and z, and a space for T, are read too, as the RFC allows.</summary>
    public static Instant? Parse(string text)
    {
        if (text.Length is < 20 or > 64)
        {
            return null;
        }

        var result = Pattern.Parse(text);
        if (!result.Success && text[10] is 't' or ' ' || text[^1] == 'z')
        {
            result = Pattern.Parse(string.Concat(text.AsSpan(0, 10), "T", text.AsSpan(11).ToString().ToUpperInvariant()));
        }

        return result.Success ? result.Value.ToInstant() : null;
    }

    /// <summary>Writes an instant in UTC with exactly three decimals.</summary>
    public static string Format(Instant instant) => Milliseconds.Format(instant);
}
