using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Cairn.MerkleLog;

/// <summary>
/// The members of a receipt that its signature covers. Times are the texts as the receipt shows them (RFC 3339).
/// </summary>
/// <param name="EventId">The sender's id, percent-decoded.</param>
/// <param name="Source">The sender's source; with the id it names the event.</param>
/// <param name="CustomerId">The prefixed id of the customer.</param>
/// <param name="TransactionType">The event's type.</param>
/// <param name="Timestamp">When the sender says it happened.</param>
/// <param name="VerificationTimestamp">When it was received and signed.</param>
/// <param name="SystemMetadata">A JSON object, already canonical.</param>
/// <param name="DataCommitment">See <see cref="SignedText.Commitment"/>.</param>
public sealed record ReceiptFields(
    string EventId,
    string Source,
    string CustomerId,
    string TransactionType,
    string Timestamp,
    string VerificationTimestamp,
    ReadOnlyMemory<byte> SystemMetadata,
    Hash256 DataCommitment);

/// <summary>The text that a receipt's signature and its leaf in the log stand for.</summary>
public static class SignedText
{
    /// <summary>The only version of the signed text so far.</summary>
    public const int Version = 1;

    /// <summary>Length of the salt of a commitment in bytes.</summary>
    public const int SaltSize = 32;

    private const int StackLimit = 1024;

    /// <summary>
    /// The canonical JSON of the fields. Written member by member in canonical order for speed; the result
    /// equals <see cref="Jcs.Canonicalize"/> of the same object as long as the metadata is canonical.
    /// </summary>
    /// <exception cref="FormatException">A text contains a lone surrogate.</exception>
    public static byte[] Write(in ReceiptFields fields)
    {
        using var to = new PooledText(512 + fields.SystemMetadata.Length);
        to.Raw("{\"customer_id\":"u8);
        to.Quoted(fields.CustomerId);
        to.Raw(",\"data_commitment\":\""u8);
        to.Hex(fields.DataCommitment);
        to.Raw("\",\"event_id\":"u8);
        to.Quoted(fields.EventId);
        to.Raw(",\"source\":"u8);
        to.Quoted(fields.Source);
        to.Raw(",\"system_metadata\":"u8);
        to.Raw(fields.SystemMetadata.Span);
        to.Raw(",\"timestamp\":"u8);
        to.Quoted(fields.Timestamp);
        to.Raw(",\"transaction_type\":"u8);
        to.Quoted(fields.TransactionType);
        to.Raw(",\"v\":1,\"verification_timestamp\":"u8);
        to.Quoted(fields.VerificationTimestamp);
        to.Raw("}"u8);
        return to.Written.ToArray();
    }

    /// <summary>
    /// SHA-256(salt ‖ raw data). The salt keeps a guess at short or common data from being confirmed by the
    /// commitment after the data was erased.
    /// </summary>
    /// <exception cref="ArgumentException">The salt has not 32 bytes.</exception>
    [SkipLocalsInit]
    public static Hash256 Commitment(ReadOnlySpan<byte> salt32, ReadOnlySpan<byte> rawData)
    {
        if (salt32.Length != SaltSize)
        {
            throw new ArgumentException($"The salt of a commitment has 32 bytes, not {salt32.Length}.", nameof(salt32));
        }

        if (rawData.Length <= StackLimit - SaltSize)
        {
            Span<byte> both = stackalloc byte[StackLimit];
            salt32.CopyTo(both);
            rawData.CopyTo(both[SaltSize..]);
            return Hash256.OfData(both[..(SaltSize + rawData.Length)]);
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt32);
        hash.AppendData(rawData);
        Span<byte> digest = stackalloc byte[Hash256.Size];
        hash.GetHashAndReset(digest);
        return Hash256.From(digest);
    }
}
