using Cairn.MerkleLog;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>The kinds of entry that a log holds; the kind stands in the leaf.</summary>
internal static class LedgerKind
{
    /// <summary>An event of the customer's systems.</summary>
    public const string Event = "event";

    /// <summary>A change of a record of ours: who, when, before, after.</summary>
    public const string Record = "record";

    /// <summary>A logged read: of the audit trail, of an export, through a customer's eyes.</summary>
    public const string Read = "read";
}

/// <summary>A fact to be appended to a customer's log. All of it has been checked: the append itself refuses only a claimed id.</summary>
internal sealed record LedgerDraft
{
    public required string Kind { get; init; }

    public required string EventId { get; init; }

    public required string Source { get; init; }

    public required string Type { get; init; }

    public string? Subject { get; init; }

    public string? DataSchema { get; init; }

    public string? ContentType { get; init; }

    /// <summary>The fact's own time as its sender wrote it; <see langword="null"/> means the moment it is recorded.</summary>
    public string? TimeText { get; init; }

    public Instant? Time { get; init; }

    public required ReadOnlyMemory<byte> Data { get; init; }

    public required bool DataIsJson { get; init; }

    /// <summary>Who brought it: <c>key_…</c>, <c>per_…</c>, <c>command line</c> or <c>system</c>.</summary>
    public required string Actor { get; init; }

    public Guid? BatchId { get; init; }

    /// <summary>
    /// The random bytes in front of the payload in its commitment. They belong to the draft, not to the attempt: a draft
    /// that is handed in again after a commit with unknown outcome recognises by them that the first attempt recorded it.
    /// </summary>
    public byte[] Salt { get; } = LedgerSalts.Next();
}

internal enum LedgerVerdict
{
    /// <summary>Appended now.</summary>
    New,

    /// <summary>The same fact is in the log already.</summary>
    Repeat,

    /// <summary>The id stands in the log for another payload or other attributes.</summary>
    Conflict,

    /// <summary>The id stands in the log, but its payload was erased, so that it cannot be compared.</summary>
    Erased,
}

/// <summary>What the log answered to one draft, in the order of the drafts.</summary>
internal sealed class LedgerAppend(LedgerVerdict verdict, short generation, long index, Func<Receipt> makeReceipt)
{
    private Receipt? receipt;

    public LedgerVerdict Verdict => verdict;

    public short Generation => generation;

    public long Index => index;

    /// <summary>Made when it is first asked for, because a signature costs as much as all the rest.</summary>
    public Receipt Receipt => receipt ??= makeReceipt();

    /// <summary>What differs from the recorded fact, for a conflict: <c>data</c>, <c>type</c>, <c>subject</c>, <c>dataschema</c>, <c>time</c>.</summary>
    public IReadOnlyList<string> Differences { get; init; } = [];
}
