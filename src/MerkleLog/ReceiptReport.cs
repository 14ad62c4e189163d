namespace Cairn.MerkleLog;

/// <summary>What a verifier looks at in a receipt, in the order in which it looks.</summary>
public enum ReceiptCheck
{
    /// <summary>One JSON object with every member of a receipt, each once and of its type.</summary>
    WellFormed,

    /// <summary>The signed text is canonical JSON (RFC 8785), so that there is one text for one content.</summary>
    Canonical,

    /// <summary>The members that a reader sees are those inside the signed text.</summary>
    MembersEqualSignedText,

    /// <summary>SHA-256 of salt and raw data is the commitment inside the signed text.</summary>
    Commitment,

    /// <summary>The readable data is the raw data.</summary>
    DataEqualsRaw,

    /// <summary>The leaf hash is the one that follows from signed text and kind.</summary>
    LeafHash,

    /// <summary>The signature belongs to the signed text and the customer's secret.</summary>
    Signature,
}

/// <summary>What came out of one check.</summary>
public enum CheckState
{
    Proven,
    NotChecked,
    Failed,
}

/// <summary>One check, its outcome and, unless proven, the reason as a sentence.</summary>
public readonly record struct CheckResult(ReceiptCheck Check, CheckState State, string Why);

/// <summary>
/// What verifying one receipt found. Texts of the receipt are given for messages and look-ups; until the
/// checks hold they are claims of whoever wrote the file.
/// </summary>
public sealed record ReceiptReport(IReadOnlyList<CheckResult> Checks)
{
    /// <summary>Members that a receipt does not have; no signature covers them.</summary>
    public IReadOnlyList<string> NotCovered { get; init; } = [];

    public string? EventId { get; init; }

    public string? CustomerId { get; init; }

    /// <summary>The log that the receipt names. The signature does not cover it; only a proof does.</summary>
    public string? Origin { get; init; }

    /// <summary>The index that the receipt names; −1 when unreadable. The signature does not cover it.</summary>
    public long Index { get; init; } = -1;

    /// <summary>The leaf hash computed from signed text and kind, whatever the receipt claims; for use with a proof.</summary>
    public Hash256? Leaf { get; init; }

    /// <summary>Whether payload and salt were erased, so that the commitment can no longer be opened.</summary>
    public bool IsErased { get; init; }

    /// <summary>Whether any check failed.</summary>
    public bool HasFailed => FirstFailure is not null;

    /// <summary>The first failed check.</summary>
    public CheckResult? FirstFailure
    {
        get
        {
            // By index: an enumerator for each receipt is felt where millions are verified.
            for (var at = 0; at < Checks.Count; at++)
            {
                if (Checks[at] is { State: CheckState.Failed } failed)
                {
                    return failed;
                }
            }

            return null;
        }
    }

    public CheckResult this[ReceiptCheck check] => Checks[(int)check];
}
