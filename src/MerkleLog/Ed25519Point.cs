using System.Numerics;

namespace Cairn.MerkleLog;

/// <summary>A point of edwards25519 in extended coordinates (RFC 8032 §5.1.4): x = X/Z, y = Y/Z, xy = T/Z.</summary>
internal readonly struct Ed25519Point
{
    private static readonly Ed25519Field D =
        Ed25519Field.FromInteger(-121665 * BigInteger.ModPow(121666, Ed25519Field.Prime - 2, Ed25519Field.Prime));

    private static readonly Ed25519Field TwiceD = D + D;

    private static readonly Ed25519Field RootOfMinusOne =
        Ed25519Field.FromInteger(BigInteger.ModPow(2, (Ed25519Field.Prime - 1) / 4, Ed25519Field.Prime));

    private readonly Ed25519Field _x;
    private readonly Ed25519Field _y;
    private readonly Ed25519Field _z;
    private readonly Ed25519Field _t;

    private Ed25519Point(in Ed25519Field x, in Ed25519Field y, in Ed25519Field z, in Ed25519Field t) => (_x, _y, _z, _t) = (x, y, z, t);

    public static Ed25519Point Neutral { get; } = new(Ed25519Field.Zero, Ed25519Field.One, Ed25519Field.One, Ed25519Field.Zero);

    /// <summary>The base point B: y = 4/5, x even.</summary>
    public static Ed25519Point Base { get; } = BasePoint();

    /// <summary>Decodes as RFC 8032 §5.1.3 says: a y of p or above, a y without x, and a negative zero x are refused.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Ed25519Point point)
    {
        point = Neutral;
        if (!Ed25519Field.TryRead(bytes, out var y))
        {
            return false;
        }

        // x² = (y² − 1) / (d y² + 1); the candidate root is u v³ (u v⁷)^((p−5)/8).
        var square = y.Square();
        var u = square - Ed25519Field.One;
        var v = (D * square) + Ed25519Field.One;
        var v3 = v.Square() * v;
        var x = u * v3 * (u * v3.Square() * v).Power((Ed25519Field.Prime - 5) / 8);
        var check = v * x.Square();
        if (!check.IsSame(in u))
        {
            if (!check.IsSame(u.Negated()))
            {
                return false;
            }

            x *= RootOfMinusOne;
        }

        var isNegative = bytes[31] >> 7 == 1;
        if (isNegative && x.IsSame(Ed25519Field.Zero))
        {
            return false;
        }

        x = x.IsOdd == isNegative ? x : x.Negated();
        point = new Ed25519Point(in x, in y, Ed25519Field.One, x * y);
        return true;
    }

    public static Ed25519Point operator +(in Ed25519Point p, in Ed25519Point q)
    {
        var a = (p._y - p._x) * (q._y - q._x);
        var b = (p._y + p._x) * (q._y + q._x);
        var c = p._t * TwiceD * q._t;
        var d = (p._z + p._z) * q._z;
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new Ed25519Point(e * f, g * h, f * g, e * h);
    }

    public Ed25519Point Doubled()
    {
        var a = _x.Square();
        var b = _y.Square();
        var c = _z.Square();
        var e = (_x + _y).Square() - a - b;
        var g = b - a;
        var f = g - (c + c);
        var h = (a + b).Negated();
        return new Ed25519Point(e * f, g * h, f * g, e * h);
    }

    public Ed25519Point Negated() => new(_x.Negated(), in _y, in _z, _t.Negated());

    public byte[] Encode()
    {
        var inverse = _z.Inverted();
        var bytes = (_y * inverse).ToBytes();
        bytes[31] |= (byte)((_x * inverse).IsOdd ? 0x80 : 0);
        return bytes;
    }

    private static Ed25519Point BasePoint()
    {
        var y = Ed25519Field.FromInteger(4 * BigInteger.ModPow(5, Ed25519Field.Prime - 2, Ed25519Field.Prime));
        TryDecode(y.ToBytes(), out var point);
        return point;
    }
}
