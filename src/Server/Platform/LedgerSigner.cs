using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>Turns drafts into entries, all recorded at one moment under one secret.</summary>
internal sealed class LedgerSigner(CustomerId customer, LedgerSecret secret, SystemMetadata metadata, Instant now)
{
    private readonly string customerText = customer.ToString();
    private readonly string nowText = Rfc3339.Format(now);

    /// <summary>When the entries are recorded.</summary>
    public Instant Now => now;

    public int SecretVersion => secret.Version;

    /// <summary>Makes the text that is signed and its hash. The signature itself is made when a receipt is asked for: streams never do.</summary>
    public LedgerEntry Sign(LedgerDraft draft)
    {
        var late = draft.Time is { } time && now - time > LedgerLimits.LateAfter;
        var text = SignedText.Write(new ReceiptFields(
            draft.EventId,
            draft.Source,
            customerText,
            draft.Type,
            draft.TimeText ?? nowText,
            nowText,
            metadata.Canonical(secret.Version, late),
            SignedText.Commitment(draft.Salt, draft.Data.Span)));
        return new LedgerEntry(draft, text, Hash256.OfData(text), secret) { EventTime = draft.Time ?? now, IsLate = late };
    }
}

/// <summary>A draft that is ready to be appended, wherever in the log it will stand.</summary>
internal sealed class LedgerEntry(LedgerDraft draft, byte[] signedText, Hash256 textHash, LedgerSecret secret)
{
    public LedgerDraft Draft => draft;

    public byte[] SignedText => signedText;

    public Hash256 TextHash => textHash;

    public required Instant EventTime { get; init; }

    public required bool IsLate { get; init; }

    /// <summary>The answer once the entry has its place.</summary>
    public LedgerAppend At(short generation, string origin, long index) => new(LedgerVerdict.New, generation, index, () => new Receipt(
        signedText, draft.Data, draft.Salt, secret.Sign(signedText), origin, index, draft.Kind, LeafEntry.Hash(draft.Kind, textHash))
    { DataIsJson = draft.DataIsJson });
}
