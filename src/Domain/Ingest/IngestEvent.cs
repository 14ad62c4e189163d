using NodaTime;

namespace Cairn.Domain.Ingest;

/// <summary>
/// One event of a customer, checked and ready to be recorded. The texts are those of the sender, already percent-decoded;
/// the payload is the raw bytes as they came, because their hash is what a receipt proves.
/// </summary>
public sealed record IngestEvent
{
    /// <summary>The sender's id, unique together with <see cref="Source"/> within the customer; 1 to 512 bytes of UTF-8.</summary>
    public required string EventId { get; init; }

    /// <summary>Where the event happened (a URI reference); 1 to 512 bytes of UTF-8.</summary>
    public required string Source { get; init; }

    /// <summary>What happened, for instance <c>order.line</c>; the receipt calls it the transaction type. 1 to 256 bytes.</summary>
    public required string Type { get; init; }

    /// <summary>What it happened to, for instance a SKU; at most 512 bytes.</summary>
    public string? Subject { get; init; }

    /// <summary>The schema the payload claims to follow (a URI).</summary>
    public string? DataSchema { get; init; }

    /// <summary>The media type of the payload; <see langword="null"/> means JSON.</summary>
    public string? DataContentType { get; init; }

    /// <summary>When it happened as the sender wrote it (RFC 3339), or <see langword="null"/> when the sender gave no time.</summary>
    public string? TimeText { get; init; }

    /// <summary><see cref="TimeText"/> as an instant.</summary>
    public Instant? Time { get; init; }

    /// <summary>The payload as raw bytes; empty when there was none.</summary>
    public required ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Whether the payload is JSON (then it can be queried); checked, not claimed.</summary>
    public required bool DataIsJson { get; init; }
}
