using System.Globalization;
using System.Numerics;

namespace Cairn.Domain.Ingest.Import;

/// <summary>
/// A decimal number of any size that is never rounded: a sum of a long history, and a product of two columns of somebody
/// else's file, must neither overflow nor lose a digit, which <see cref="decimal"/> silently does past 28 digits.
/// The scale is kept as it was written: a sum has the larger scale of its parts, a product the sum of the scales,
/// so that <c>131364.30</c> keeps its zero. Equality of the record includes the scale; <see cref="CompareTo"/> ignores it.
/// </summary>
public readonly record struct ExactDecimal(BigInteger Unscaled, int Scale) : IComparable<ExactDecimal>
{
    /// <summary>Nothing, without decimals.</summary>
    public static ExactDecimal Zero => default;

    /// <summary>
    /// Reads an optional sign, digits and at most one <paramref name="point"/>, at most <see cref="ImportLimits.NumberDigits"/>
    /// digits. Thousands separators, exponents, currency signs and blanks inside are refused, because guessing at them changes amounts.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> text, char point, out ExactDecimal value)
    {
        value = default;
        var negative = text is ['-', ..];
        var digits = text is ['-' or '+', ..] ? text[1..] : text;
        var at = digits.IndexOf(point);
        var whole = at < 0 ? digits : digits[..at];
        var part = at < 0 ? default : digits[(at + 1)..];
        if (whole.Length + part.Length is 0 or > ImportLimits.NumberDigits
            || (at >= 0 && part.IsEmpty)
            || whole.ContainsAnyExceptInRange('0', '9')
            || part.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var unscaled = Digits(whole, part);
        value = new ExactDecimal(negative ? -unscaled : unscaled, part.Length);
        return true;
    }

    /// <summary>The sum, with the larger scale of the two.</summary>
    public static ExactDecimal operator +(ExactDecimal left, ExactDecimal right) => left.Scale == right.Scale
        ? new ExactDecimal(left.Unscaled + right.Unscaled, left.Scale)
        : left.Scale > right.Scale ? left + right.Widen(left.Scale) : left.Widen(right.Scale) + right;

    /// <summary>The number with the other sign.</summary>
    public static ExactDecimal operator -(ExactDecimal value) => value with { Unscaled = -value.Unscaled };

    /// <summary>The difference, with the larger scale of the two.</summary>
    public static ExactDecimal operator -(ExactDecimal left, ExactDecimal right) => left + -right;

    /// <summary>The product, with the scales added.</summary>
    public static ExactDecimal operator *(ExactDecimal left, ExactDecimal right) =>
        new(left.Unscaled * right.Unscaled, left.Scale + right.Scale);

    /// <summary>The order of the numbers, whatever their scale: 1.0 and 1.00 are the same.</summary>
    public int CompareTo(ExactDecimal other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return Widen(scale).Unscaled.CompareTo(other.Widen(scale).Unscaled);
    }

    /// <summary>The exact digits with a point and a leading zero, never an exponent, a plus or a negative zero.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(Scale + 1, '0');
        var sign = Unscaled.Sign < 0 ? "-" : "";
        return Scale == 0 ? sign + digits : sign + digits[..^Scale] + "." + digits[^Scale..];
    }

    private ExactDecimal Widen(int scale) =>
        scale == Scale ? this : new ExactDecimal(Unscaled * BigInteger.Pow(10, scale - Scale), scale);

    private static BigInteger Digits(ReadOnlySpan<char> whole, ReadOnlySpan<char> part)
    {
        // Nearly every number fits a long, which is many times faster than the general way.
        if (whole.Length + part.Length > 18)
        {
            return BigInteger.Parse(string.Concat(whole, part), NumberStyles.None, CultureInfo.InvariantCulture);
        }

        var number = 0L;
        foreach (var digit in whole)
        {
            number = (number * 10) + (digit - '0');
        }

        foreach (var digit in part)
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
