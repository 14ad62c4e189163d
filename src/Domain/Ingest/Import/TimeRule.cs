using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Cairn.Domain.Ingest.Import;

/// <summary>A read time: the instant, its RFC 3339 text with the zone's offset, its month in the zone, and what the clock change did to it.</summary>
public readonly record struct ReadTime(Instant Instant, string Text, int Month, ClockChange Change);

/// <summary>Whether a local time stands in one of the two hours that a clock change makes unclear.</summary>
public enum ClockChange
{
    /// <summary>The local time happened exactly once.</summary>
    None,

    /// <summary>The clocks had skipped that hour: the time is read as if they had not, one gap later.</summary>
    Skipped,

    /// <summary>That hour happened twice: the earlier one is taken.</summary>
    Twice,
}

/// <summary>
/// Reads times of a file: either local times in one format and one IANA zone, or RFC 3339 times that carry their offset.
/// Times in the hours of a clock change are resolved leniently and said to be so (the row is flagged).
/// </summary>
public sealed class TimeRule
{
    /// <summary>The word that stands for RFC 3339 times in place of a format.</summary>
    public const string Rfc3339 = "rfc3339";

    private readonly LocalDateTimePattern? pattern;

    private TimeRule(string format, DateTimeZone zone, LocalDateTimePattern? pattern)
    {
        Format = format;
        Zone = zone;
        this.pattern = pattern;
    }

    /// <summary>The format as the mapping writes it.</summary>
    public string Format { get; }

    /// <summary>Where the clock hung; it also decides which month an event belongs to.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Makes the rule; null and a sentence when the format cannot be one.</summary>
    public static TimeRule? TryCreate(string format, DateTimeZone zone, out string? why)
    {
        why = null;
        if (format == Rfc3339)
        {
            return new TimeRule(format, zone, null);
        }

        try
        {
            var pattern = LocalDateTimePattern.CreateWithInvariantCulture(format);
            why = Loses(pattern, format);
            return why is null ? new TimeRule(format, zone, pattern) : null;
        }
        catch (InvalidPatternException refused)
        {
            why = refused.Message;
            return null;
        }
    }

    /// <summary>Reads one text, without white space around it.</summary>
    public ReadFault? TryRead(string text, out ReadTime time)
    {
        time = default;
        if (pattern is null)
        {
            var exact = OffsetDateTimePattern.Rfc3339.Parse(text);
            if (!exact.Success)
            {
                return ImportFaults.NotATime(Format);
            }

            time = With(exact.Value, ClockChange.None);
            return null;
        }

        var local = pattern.Parse(text);
        if (!local.Success)
        {
            return ImportFaults.NotATime(Format);
        }

        var change = Zone.MapLocal(local.Value).Count switch { 0 => ClockChange.Skipped, 1 => ClockChange.None, _ => ClockChange.Twice };
        time = With(local.Value.InZone(Zone, Resolvers.LenientResolver).ToOffsetDateTime(), change);
        return null;
    }

    private ReadTime With(OffsetDateTime at, ClockChange change)
    {
        var instant = at.ToInstant();
        var day = instant.InZone(Zone).Date;
        return new ReadTime(instant, OffsetDateTimePattern.Rfc3339.Format(at), (day.Year * 12) + day.Month - 1, change);
    }

    /// <summary>A format without its year would put every event into the year 2000 without a word: what is written must be read back.</summary>
    private static string? Loses(LocalDateTimePattern pattern, string format)
    {
        var probe = new LocalDateTime(2011, 7, 23, 19, 48, 57);
        var back = pattern.Parse(pattern.Format(probe));
        if (!back.Success || back.Value.Date != probe.Date)
        {
            return "the format must hold year, month and day";
        }

        var hasHour = format.Contains('H') || format.Contains('h');
        return hasHour && back.Value.Hour != probe.Hour ? "hh (hours to 12) needs tt (AM/PM); hours to 24 are HH" : null;
    }
}
