using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cairn.MerkleLog;

/// <summary>
/// A SHA-256 value: 32 bytes held inline, compared by value. The default value is 32 zero bytes, which is
/// no hash of anything known and never a valid root.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8, Size = Size)]
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 32;

    private const int Base64Length = 44;

    // Those that end with two bits of zero.
    private static readonly SearchValues<char> LastCharacters = SearchValues.Create("AEIMQUYcgkosw048");

    // Four words instead of an array: no allocation, and equality is four comparisons. The words hold the
    // bytes in memory order, so that reading and writing is a copy on every machine.
    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;

    /// <summary>Takes exactly 32 bytes.</summary>
    /// <exception cref="ArgumentException">Another number of bytes.</exception>
    public static Hash256 From(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Size
            ? MemoryMarshal.Read<Hash256>(bytes)
            : throw new ArgumentException($"A SHA-256 value has 32 bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Plain SHA-256 of the bytes, without any prefix of RFC 6962.</summary>
    public static Hash256 OfData(ReadOnlySpan<byte> data)
    {
        Span<byte> digest = stackalloc byte[Size];
        Sha256.Hash(data, digest);
        return MemoryMarshal.Read<Hash256>(digest);
    }

    /// <summary>Reads 64 hex digits of either case.</summary>
    /// <exception cref="FormatException">Not 64 hex digits.</exception>
    public static Hash256 FromHex(string text)
    {
        Span<byte> bytes = stackalloc byte[Size];
        return text.Length == 2 * Size && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done
            ? From(bytes)
            : throw new FormatException("A SHA-256 value in hex has exactly 64 hex digits.");
    }

    /// <summary>Reads the standard base64 form of 32 bytes, with padding and without white space.</summary>
    /// <exception cref="FormatException">Anything else.</exception>
    public static Hash256 FromBase64(ReadOnlySpan<char> text)
    {
        // 32 bytes leave two bits of the last character unused; they are zero, so that a value has one text.
        Span<byte> bytes = stackalloc byte[Size + 1];
        return text.Length == Base64Length && text[^1] == '=' && LastCharacters.Contains(text[^2])
            && Convert.TryFromBase64Chars(text, bytes, out var length) && length == Size && !text.ContainsAny(" \t\r\n")
                ? From(bytes[..Size])
                : throw new FormatException("A SHA-256 value in base64 has 44 characters and decodes to 32 bytes.");
    }

    /// <summary>Writes the 32 bytes to the front of <paramref name="target"/>.</summary>
    public void CopyTo(Span<byte> target) => MemoryMarshal.Write(target, in this);

    public byte[] ToArray() => Bytes(in this).ToArray();

    /// <summary>64 lowercase hex digits.</summary>
    public string ToHex() => Convert.ToHexStringLower(Bytes(in this));

    public string ToBase64() => Convert.ToBase64String(Bytes(in this));

    public bool Equals(Hash256 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals(object? obj) => obj is Hash256 other && Equals(other);

    // A SHA-256 value is already spread evenly: any of its words is a good hash code.
    public override int GetHashCode() => _a.GetHashCode();

    /// <summary>The same as <see cref="ToHex"/>.</summary>
    public override string ToString() => ToHex();

    public static bool operator ==(in Hash256 left, in Hash256 right) => left.Equals(right);

    public static bool operator !=(in Hash256 left, in Hash256 right) => !left.Equals(right);

    internal static ReadOnlySpan<byte> Bytes(ref readonly Hash256 hash) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<Hash256, byte>(ref Unsafe.AsRef(in hash)), Size);
}
