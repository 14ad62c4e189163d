using System.Buffers;
using System.Globalization;

namespace Cairn.MerkleLog;

/// <summary>
/// What a customer gets for an event, as stored parts. <see cref="WriteTo"/> makes the JSON of it, always the
/// same bytes for the same parts.
/// </summary>
/// <param name="SignedText">The canonical text that signature and leaf stand for.</param>
/// <param name="DataRaw">The payload as received; <see langword="null"/> after erasure.</param>
/// <param name="Salt">The 32 bytes before the payload in its commitment; <see langword="null"/> after erasure.</param>
/// <param name="Signature">64 lowercase hex digits.</param>
/// <param name="Origin">The log that holds the leaf.</param>
/// <param name="Index">The leaf's index, from 0.</param>
/// <param name="Kind">The kind inside the leaf's entry.</param>
/// <param name="LeafHash">The RFC 6962 hash of the leaf's entry.</param>
public sealed record Receipt(
    ReadOnlyMemory<byte> SignedText,
    ReadOnlyMemory<byte>? DataRaw,
    byte[]? Salt,
    string Signature,
    string Origin,
    long Index,
    string Kind,
    Hash256 LeafHash)
{
    /// <summary>
    /// Says that the raw data is known to be a valid JSON text in UTF-8. Left at <see langword="false"/>,
    /// <see cref="WriteTo"/> finds out by reading the data once more: <c>data</c> shows the JSON of the raw
    /// bytes whenever they are JSON, whatever their content type, so that a verifier needs the bytes alone.
    /// </summary>
    public bool DataIsJson { get; init; }

    /// <summary>Writes the receipt as one JSON object without a newline.</summary>
    /// <exception cref="FormatException">The signed text is not one that <see cref="MerkleLog.SignedText.Write"/> made.</exception>
    public void WriteTo(IBufferWriter<byte> to)
    {
        if (!SignedTextMembers.TryRead(SignedText.Span, out var members, out _))
        {
            throw new FormatException("The signed text of a receipt has other members than it must have.");
        }

        // Everything the signature covers is copied from the signed text, never made again from stored columns.
        using var json = new PooledText(1024 + (2 * SignedText.Length) + (3 * (DataRaw?.Length ?? 0)));
        json.Raw("{\"v\":"u8);
        json.Raw(members[ReceiptMember.V]);
        for (var member = ReceiptMember.EventId; member <= ReceiptMember.DataCommitment; member++)
        {
            json.Raw(",\""u8);
            json.Raw(ReceiptMembers.Name(member));
            json.Raw("\":"u8);
            json.Raw(members[member]);
        }

        WriteData(json);
        json.Raw(",\"signed_text\":\""u8);
        Quote(json, SignedText.Span);
        json.Raw("\",\"signature\":"u8);
        json.Quoted(Signature);
        WriteLog(json);
        to.Write(json.Written);
    }

    private void WriteData(PooledText json)
    {
        if (DataRaw is not { } raw || Salt is not { } salt)
        {
            json.Raw(",\"data\":null,\"data_raw\":null,\"salt\":null"u8);
            return;
        }

        json.Raw(",\"data\":"u8);
        json.RawOnOneLine(DataIsJson || JsonText.IsValid(raw.Span) ? raw.Span : "null"u8);
        json.Raw(",\"data_raw\":\""u8);
        json.Base64(raw.Span);
        json.Raw("\",\"salt\":\""u8);
        json.Hex(salt);
        json.Raw("\""u8);
    }

    private void WriteLog(PooledText json)
    {
        Span<byte> digits = stackalloc byte[20];
        Index.TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        json.Raw(",\"log\":{\"origin\":"u8);
        json.Quoted(Origin);
        json.Raw(",\"index\":"u8);
        json.Raw(digits[..length]);
        json.Raw(",\"leaf_hash\":\""u8);
        json.Hex(LeafHash);
        json.Raw("\",\"kind\":"u8);
        json.Quoted(Kind);
        json.Raw("}}"u8);
    }

    // Canonical JSON has no raw control characters, so that only quotes and backslashes need an escape.
    private static void Quote(PooledText json, ReadOnlySpan<byte> text)
    {
        while (text.IndexOfAny((byte)'"', (byte)'\\') is >= 0 and var at)
        {
            json.Raw(text[..at]);
            json.Raw(text[at] == '"' ? "\\\""u8 : "\\\\"u8);
            text = text[(at + 1)..];
        }

        json.Raw(text);
    }
}
