using System.Security.Cryptography;
using System.Text;

namespace Cairn.MerkleLog;

/// <summary>The receipt's signature: HMAC-SHA256 of the signed text under the printed ASCII text of the receipt secret.</summary>
public static class ReceiptSignature
{
    /// <summary>64 lowercase hex digits, the same that <c>openssl dgst -sha256 -hmac</c> prints.</summary>
    public static string Sign(ReadOnlySpan<byte> secretAscii, ReadOnlySpan<byte> signedText)
    {
        Span<byte> mac = stackalloc byte[Hash256.Size];
        HMACSHA256.HashData(secretAscii, signedText, mac);
        return Convert.ToHexStringLower(mac);
    }

    /// <summary>Whether the signature is the right one; takes the same time wherever it differs. Uppercase digits are refused.</summary>
    public static bool Verify(ReadOnlySpan<byte> secretAscii, ReadOnlySpan<byte> signedText, string signature)
    {
        Span<byte> given = stackalloc byte[2 * Hash256.Size];
        return signature.Length == given.Length
            && Encoding.UTF8.TryGetBytes(signature, given, out var written)
            && Verify(secretAscii, signedText, given[..written]);
    }

    /// <inheritdoc cref="Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, string)"/>
    public static bool Verify(ReadOnlySpan<byte> secretAscii, ReadOnlySpan<byte> signedText, ReadOnlySpan<byte> signatureAscii)
    {
        Span<byte> mac = stackalloc byte[Hash256.Size];
        Span<byte> expected = stackalloc byte[2 * Hash256.Size];
        HMACSHA256.HashData(secretAscii, signedText, mac);
        Convert.TryToHexStringLower(mac, expected, out _);
        return CryptographicOperations.FixedTimeEquals(expected, signatureAscii);
    }
}

/// <summary>
/// A receipt secret made ready once for many signatures, several times faster than <see cref="ReceiptSignature"/>
/// on each. Any number of threads may use it at once. Dispose it, when none does any more, to clear the key.
/// </summary>
public sealed class ReceiptSecret(ReadOnlySpan<byte> secretAscii) : IDisposable
{
    private readonly Sha256.Mac _mac = new(secretAscii);

    /// <inheritdoc cref="ReceiptSignature.Sign"/>
    public string Sign(ReadOnlySpan<byte> signedText)
    {
        Span<byte> mac = stackalloc byte[Hash256.Size];
        _mac.Compute(signedText, mac);
        return Convert.ToHexStringLower(mac);
    }

    /// <inheritdoc cref="ReceiptSignature.Verify(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/>
    public bool Verify(ReadOnlySpan<byte> signedText, ReadOnlySpan<byte> signatureAscii)
    {
        Span<byte> mac = stackalloc byte[Hash256.Size];
        Span<byte> expected = stackalloc byte[2 * Hash256.Size];
        _mac.Compute(signedText, mac);
        Convert.TryToHexStringLower(mac, expected, out _);
        return CryptographicOperations.FixedTimeEquals(expected, signatureAscii);
    }

    public void Dispose() => _mac.Dispose();
}
