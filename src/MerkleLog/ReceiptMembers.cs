using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Unicode;

namespace Cairn.MerkleLog;

/// <summary>The members of a receipt in the order in which it is written; the signed text has those up to DataCommitment.</summary>
internal enum ReceiptMember
{
    V,
    EventId,
    Source,
    CustomerId,
    TransactionType,
    Timestamp,
    VerificationTimestamp,
    SystemMetadata,
    DataCommitment,
    Data,
    DataRaw,
    Salt,
    SignedText,
    Signature,
    Log,
}

internal static class ReceiptMembers
{
    public const int Count = (int)ReceiptMember.Log + 1;

    public static ReadOnlySpan<byte> Name(ReceiptMember member) => member switch
    {
        ReceiptMember.V => "v"u8,
        ReceiptMember.EventId => "event_id"u8,
        ReceiptMember.Source => "source"u8,
        ReceiptMember.CustomerId => "customer_id"u8,
        ReceiptMember.TransactionType => "transaction_type"u8,
        ReceiptMember.Timestamp => "timestamp"u8,
        ReceiptMember.VerificationTimestamp => "verification_timestamp"u8,
        ReceiptMember.SystemMetadata => "system_metadata"u8,
        ReceiptMember.DataCommitment => "data_commitment"u8,
        ReceiptMember.Data => "data"u8,
        ReceiptMember.DataRaw => "data_raw"u8,
        ReceiptMember.Salt => "salt"u8,
        ReceiptMember.SignedText => "signed_text"u8,
        ReceiptMember.Signature => "signature"u8,
        ReceiptMember.Log => "log"u8,
    };

    /// <summary>
    /// The member of this name among the first <paramref name="count"/>, or null. The search starts at the
    /// expected one, because receipts written by this product keep their order.
    /// </summary>
    public static ReceiptMember? Find(ref readonly Utf8JsonReader reader, int expected, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var member = (ReceiptMember)((expected + i) % count);
            if (reader.ValueTextEquals(Name(member)))
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Steps over the value that follows a member name and gives its place.</summary>
    public static (int Start, int End) Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed);
    }
}

/// <summary>Where each member's value stands inside a text of at most 2 GB.</summary>
internal ref struct MemberValues(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private Slots _starts;
    private Slots _ends;

    /// <summary>The value as it stands in the text, with quotes and escapes; empty when the member is absent.</summary>
    public readonly ReadOnlySpan<byte> this[ReceiptMember member] => _text[_starts[(int)member].._ends[(int)member]];

    public readonly bool Has(ReceiptMember member) => _ends[(int)member] > 0;

    public void Set(ReceiptMember member, (int Start, int End) place)
    {
        _starts[(int)member] = place.Start;
        _ends[(int)member] = place.End;
    }

    [InlineArray(ReceiptMembers.Count)]
    private struct Slots
    {
        private int _first;
    }
}

/// <summary>Cuts a signed text into its members.</summary>
internal static class SignedTextMembers
{
    // Member names in canonical order, which is the order of a signed text.
    private static ReadOnlySpan<byte> CanonicalOrder =>
    [
        (byte)ReceiptMember.CustomerId, (byte)ReceiptMember.DataCommitment, (byte)ReceiptMember.EventId, (byte)ReceiptMember.Source,
        (byte)ReceiptMember.SystemMetadata, (byte)ReceiptMember.Timestamp, (byte)ReceiptMember.TransactionType, (byte)ReceiptMember.V,
        (byte)ReceiptMember.VerificationTimestamp,
    ];

    /// <summary>Whether the text is an object with exactly the nine signed members in canonical order. The text may be hostile.</summary>
    /// <param name="members">Where they stand.</param>
    /// <param name="isCanonical">Whether the whole text is canonical JSON, which is asked of every text, whatever its members.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out MemberValues members, out bool isCanonical)
    {
        members = new MemberValues(text);
        try
        {
            var places = new MemberValues(text);
            var layout = new ReceiptLayout(text);
            if (layout.SignedMembers(CanonicalOrder, ref places) && places[ReceiptMember.V].Length == 1 && places[ReceiptMember.SystemMetadata].Length < 2 * Jcs.MaxDepth)
            {
                // Plain strings in the canonical order of their names: only what lies inside the metadata, and whether the
                // bytes are UTF-8 at all, is still open. It is too short to nest deeper than allowed.
                members = places;
                isCanonical = Utf8.IsValid(text) && Jcs.IsCanonical(places[ReceiptMember.SystemMetadata]);
                return true;
            }

            isCanonical = Jcs.IsCanonical(text);
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = Jcs.MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            foreach (var member in CanonicalOrder)
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(ReceiptMembers.Name((ReceiptMember)member)))
                {
                    return false;
                }

                members.Set((ReceiptMember)member, ReceiptMembers.Skip(ref reader));
            }

            return reader.Read() && reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the framework reports an escaped lone surrogate in a name.
            isCanonical = Jcs.IsCanonical(text);
            return false;
        }
    }
}
