using System.Buffers.Binary;
using System.Numerics;

namespace Cairn.MerkleLog;

/// <summary>
/// An element of the field of 2^255 − 19 in five limbs of 51 bits. Every operation returns limbs below 2^52,
/// which leaves room for sums of products in 128 bits. Only public values are computed with it, so its time
/// may depend on them.
/// </summary>
internal readonly struct Ed25519Field
{
    private const int LimbBits = 51;
    private const ulong Mask = (1UL << LimbBits) - 1;

    // 8p in limbs: added before a subtraction so that no limb goes below zero.
    private const ulong EightP0 = 8 * (Mask - 18);
    private const ulong EightP = 8 * Mask;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;
    private readonly ulong _e;

    private Ed25519Field(ulong a, ulong b, ulong c, ulong d, ulong e) => (_a, _b, _c, _d, _e) = (a, b, c, d, e);

    public static BigInteger Prime { get; } = BigInteger.Pow(2, 255) - 19;

    public static Ed25519Field Zero => default;

    public static Ed25519Field One { get; } = new(1, 0, 0, 0, 0);

    public bool IsOdd => (ToBytes()[0] & 1) == 1;

    /// <summary>Reads 32 little-endian bytes whose top bit is ignored; <see langword="false"/> for a value of p or above.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ed25519Field value)
    {
        var w0 = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        var w1 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        var w2 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]);
        var w3 = BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]);
        value = new Ed25519Field(w0 & Mask, (w0 >> 51 | w1 << 13) & Mask, (w1 >> 38 | w2 << 26) & Mask, (w2 >> 25 | w3 << 39) & Mask, w3 >> 12 & Mask);
        return !(value._a >= Mask - 18 && (value._b & value._c & value._d & value._e) == Mask);
    }

    public static Ed25519Field FromInteger(BigInteger number)
    {
        Span<byte> bytes = stackalloc byte[32];
        var reduced = ((number % Prime) + Prime) % Prime;
        reduced.TryWriteBytes(bytes, out _, isUnsigned: true);
        TryRead(bytes, out var value);
        return value;
    }

    public static Ed25519Field operator +(in Ed25519Field x, in Ed25519Field y) =>
        Carried(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d, x._e + y._e);

    public static Ed25519Field operator -(in Ed25519Field x, in Ed25519Field y) =>
        Carried(x._a + EightP0 - y._a, x._b + EightP - y._b, x._c + EightP - y._c, x._d + EightP - y._d, x._e + EightP - y._e);

    public static Ed25519Field operator *(in Ed25519Field x, in Ed25519Field y)
    {
        // A limb product beyond 2^255 comes back 19-fold at the bottom, because 2^255 = 19 in this field.
        ulong y1 = 19 * y._b, y2 = 19 * y._c, y3 = 19 * y._d, y4 = 19 * y._e;
        var r0 = Product(x._a, y._a) + Product(x._b, y4) + Product(x._c, y3) + Product(x._d, y2) + Product(x._e, y1);
        var r1 = Product(x._a, y._b) + Product(x._b, y._a) + Product(x._c, y4) + Product(x._d, y3) + Product(x._e, y2);
        var r2 = Product(x._a, y._c) + Product(x._b, y._b) + Product(x._c, y._a) + Product(x._d, y4) + Product(x._e, y3);
        var r3 = Product(x._a, y._d) + Product(x._b, y._c) + Product(x._c, y._b) + Product(x._d, y._a) + Product(x._e, y4);
        var r4 = Product(x._a, y._e) + Product(x._b, y._d) + Product(x._c, y._c) + Product(x._d, y._b) + Product(x._e, y._a);
        r1 += (ulong)(r0 >> LimbBits);
        r2 += (ulong)(r1 >> LimbBits);
        r3 += (ulong)(r2 >> LimbBits);
        r4 += (ulong)(r3 >> LimbBits);
        var top = (ulong)(r4 >> LimbBits);
        var low = ((ulong)r0 & Mask) + (19 * top);
        return new Ed25519Field(low & Mask, ((ulong)r1 & Mask) + (low >> LimbBits), (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask);
    }

    public Ed25519Field Square() => this * this;

    public Ed25519Field Negated() => Zero - this;

    /// <summary>This to the power of p − 2, which is one over this; zero for zero.</summary>
    public Ed25519Field Inverted() => Power(Prime - 2);

    public Ed25519Field Power(BigInteger exponent)
    {
        var result = One;
        for (var bit = (int)exponent.GetBitLength() - 1; bit >= 0; bit--)
        {
            result = result.Square();
            if (!(exponent >> bit).IsEven)
            {
                result *= this;
            }
        }

        return result;
    }

    /// <summary>32 little-endian bytes of the value below p.</summary>
    public byte[] ToBytes()
    {
        var value = Carried(_a, _b, _c, _d, _e);
        value = Carried(value._a, value._b, value._c, value._d, value._e);

        // Adding 19 overflows 2^255 exactly when the value is p or above.
        var overflow = (value._a + 19) >> LimbBits;
        overflow = (value._b + overflow) >> LimbBits;
        overflow = (value._c + overflow) >> LimbBits;
        overflow = (value._d + overflow) >> LimbBits;
        overflow = (value._e + overflow) >> LimbBits;
        var a = value._a + (19 * overflow);
        var b = value._b + (a >> LimbBits);
        var c = value._c + (b >> LimbBits);
        var d = value._d + (c >> LimbBits);
        var e = (value._e + (d >> LimbBits)) & Mask;
        (a, b, c, d) = (a & Mask, b & Mask, c & Mask, d & Mask);

        var bytes = new byte[32];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, a | b << 51);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), b >> 13 | c << 38);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(16), c >> 26 | d << 25);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), d >> 39 | e << 12);
        return bytes;
    }

    public bool IsSame(in Ed25519Field other) => ToBytes().AsSpan().SequenceEqual(other.ToBytes());

    private static UInt128 Product(ulong x, ulong y)
    {
        var high = Math.BigMul(x, y, out var low);
        return new UInt128(high, low);
    }

    private static Ed25519Field Carried(ulong a, ulong b, ulong c, ulong d, ulong e)
    {
        b += a >> LimbBits;
        c += b >> LimbBits;
        d += c >> LimbBits;
        e += d >> LimbBits;
        return new Ed25519Field((a & Mask) + (19 * (e >> LimbBits)), b & Mask, c & Mask, d & Mask, e & Mask);
    }
}
