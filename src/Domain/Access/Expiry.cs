using System.Globalization;
using Cairn.Domain.Foundation;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Domain.Access;

/// <summary>
/// Reads when a key shall end, as people write it: <c>90d</c> (days from now), <c>2026-12-31</c> (to the end of that day,
/// UTC) or an RFC 3339 instant.
/// </summary>
public static class Expiry
{
    /// <summary>The farthest end in days; who wants more says nothing, and the key never ends.</summary>
    public const int MostDays = 3_660;

    /// <summary><see langword="null"/> when there is no text, or after a fault.</summary>
    public static Instant? Read(string? text, Instant now, InputFaults faults)
    {
        if (text is null)
        {
            return null;
        }

        if (text.EndsWith('d') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= MostDays)
        {
            return now + Duration.FromDays(days);
        }

        if (LocalDatePattern.Iso.Parse(text) is { Success: true } date && date.Value.Year < 9999)
        {
            return date.Value.PlusDays(1).AtMidnight().InUtc().ToInstant();
        }

        if (Rfc3339.Parse(text) is { } instant)
        {
            return instant;
        }

        faults.Add("/expiresAt", "time-unusable", $"'{InputFaults.Shorten(text)}' is no end for a key; write 90d (at most {MostDays}d), 2026-12-31 or 2026-12-31T18:00:00Z.");
        return null;
    }
}
