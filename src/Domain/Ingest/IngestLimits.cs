using NodaTime;

namespace Cairn.Domain.Ingest;

/// <summary>The named limits of the ingest API; the API reference and the problems quote them.</summary>
public static class IngestLimits
{
    /// <summary>The largest event, in bytes of its request body or line: 256 KiB.</summary>
    public const int EventBytes = 256 * 1024;

    /// <summary>The most events in one JSON batch.</summary>
    public const int BatchEvents = 1_000;

    /// <summary>The largest JSON batch, in bytes: 5 MiB.</summary>
    public const int BatchBytes = 5 * 1024 * 1024;

    /// <summary>The largest NDJSON stream, in bytes: 1 GiB.</summary>
    public const long StreamBytes = 1L << 30;

    /// <summary>How many lines of a stream are committed at once.</summary>
    public const int StreamCommitLines = 1_000;

    /// <summary>How many faults of a stream its answer lists.</summary>
    public const int StreamFaultsListed = 100;

    /// <summary>How many faults of one event or body a refusal lists.</summary>
    public const int FaultsListed = 100;

    /// <summary>
    /// The deepest nesting of an event or payload. Common JSON readers stop at 64 levels, and receipts and lists wrap a
    /// payload in some of their own: eight are left for them, so that nothing is recorded that cannot be read again.
    /// </summary>
    public const int JsonDepth = 56;

    /// <summary>The longest event id and source, in bytes of UTF-8 (both stand in one index entry).</summary>
    public const int IdBytes = 512;

    /// <summary>The longest event type, in bytes of UTF-8.</summary>
    public const int TypeBytes = 256;

    /// <summary>How far ahead of the server's clock an event's time may be before it is refused as a wrong clock.</summary>
    public static readonly Duration MaxAhead = Duration.FromHours(1);
}
