using Cairn.Domain.Foundation;

namespace Cairn.Domain.Ingest;

/// <summary>What became of one event that was handed in.</summary>
public enum IngestVerdict
{
    /// <summary>New: it is in the log now, durably.</summary>
    Accepted,

    /// <summary>The very same event was recorded before; nothing new was written.</summary>
    Repeated,

    /// <summary>Refused; nothing was written.</summary>
    Rejected,
}

/// <summary>The verdict on one event, its place in the customer's log, or the refusal.</summary>
public readonly record struct IngestOutcome(IngestVerdict Verdict, long LogIndex, Problem? Problem);
