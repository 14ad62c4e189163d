using System.Numerics;
using System.Security.Cryptography;

namespace Cairn.MerkleLog;

/// <summary>
/// Verification of Ed25519 signatures (RFC 8032 §5.1.7) in managed code, so that a verifier runs wherever
/// .NET runs. It handles public values only and makes no promise about constant time.
/// </summary>
public static class Ed25519
{
    public const int PublicKeySize = 32;
    public const int SignatureSize = 64;

    private const int WindowBits = 4;
    private const int WindowSize = 1 << WindowBits;

    // The order of the base point.
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly Ed25519Point[] BaseMultiples = Multiples(Ed25519Point.Base);

    /// <summary>
    /// Whether the signature belongs to message and key. Wrong lengths, an S of the group order or above and
    /// a non-canonical key or R are answered with <see langword="false"/>. The equation is checked without
    /// the cofactor, as OpenSSL and Go do.
    /// </summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (publicKey.Length != PublicKeySize || signature.Length != SignatureSize || !Ed25519Point.TryDecode(publicKey, out var key))
        {
            return false;
        }

        var r = signature[..32];
        var s = signature[32..];
        if (new BigInteger(s, isUnsigned: true) >= Order)
        {
            return false;
        }

        // R = S·B − k·A; comparing encodings also refuses an R that is not in canonical form.
        Span<byte> k = stackalloc byte[32];
        Challenge(r, publicKey, message, k);
        return Combine(s, k, key.Negated()).Encode().AsSpan().SequenceEqual(r);
    }

    private static void Challenge(ReadOnlySpan<byte> r, ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, Span<byte> k)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(r);
        hash.AppendData(publicKey);
        hash.AppendData(message);
        Span<byte> digest = stackalloc byte[64];
        hash.GetHashAndReset(digest);
        k.Clear();
        (new BigInteger(digest, isUnsigned: true) % Order).TryWriteBytes(k, out _, isUnsigned: true);
    }

    // s·B + k·P, four bits of both scalars at a time from the top, so that the doublings are shared.
    private static Ed25519Point Combine(ReadOnlySpan<byte> s, ReadOnlySpan<byte> k, Ed25519Point point)
    {
        var multiples = Multiples(point);
        var sum = Ed25519Point.Neutral;
        for (var digit = 63; digit >= 0; digit--)
        {
            for (var i = 0; i < WindowBits; i++)
            {
                sum = sum.Doubled();
            }

            sum += BaseMultiples[Digit(s, digit)];
            sum += multiples[Digit(k, digit)];
        }

        return sum;
    }

    private static int Digit(ReadOnlySpan<byte> scalar, int digit) => scalar[digit / 2] >> (WindowBits * (digit % 2)) & (WindowSize - 1);

    private static Ed25519Point[] Multiples(Ed25519Point point)
    {
        var multiples = new Ed25519Point[WindowSize];
        multiples[0] = Ed25519Point.Neutral;
        for (var i = 1; i < WindowSize; i++)
        {
            multiples[i] = multiples[i - 1] + point;
        }

        return multiples;
    }
}
