using System.Buffers;
using System.Globalization;

namespace Cairn.MerkleLog;

/// <summary>
/// ECMAScript's Number::toString, which RFC 8785 prescribes. .NET finds the same shortest digits; only their
/// layout differs, so the digits are taken from .NET and laid out here.
/// </summary>
internal static class EsNumber
{
    /// <summary>The longest result, such as <c>-1.7976931348623157e+308</c>, is 24 bytes; fixed layouts reach 25.</summary>
    public const int MaxLength = 32;

    private const int LargestFixedPoint = 21;
    private const int SmallestFixedPoint = -6;

    public static void Write(IBufferWriter<byte> to, double number) => to.Advance(Format(number, to.GetSpan(MaxLength)));

    /// <summary>Formats a finite number and returns the length written.</summary>
    public static int Format(double number, Span<byte> to)
    {
        if (number == 0)
        {
            // Negative zero is written as zero.
            to[0] = (byte)'0';
            return 1;
        }

        var at = 0;
        if (number < 0)
        {
            to[at++] = (byte)'-';
            number = -number;
        }

        Span<byte> digits = stackalloc byte[MaxLength];
        var count = ShortestDigits(number, digits, out var point);
        return at + Layout(digits[..count], point, to[at..]);
    }

    // The value is 0.d1d2d3… × 10^point, without zeros at either end of the digits.
    private static int ShortestDigits(double number, Span<byte> digits, out int point)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        number.TryFormat(text, out var length, "R", CultureInfo.InvariantCulture);
        text = text[..length];
        var exponentAt = text.IndexOf((byte)'E');
        var exponent = exponentAt < 0 ? 0 : int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? text : text[..exponentAt];
        var dot = mantissa.IndexOf((byte)'.');
        point = (dot < 0 ? mantissa.Length : dot) + exponent;
        var count = 0;
        foreach (var sign in mantissa)
        {
            if (sign == '0' && count == 0)
            {
                // A leading zero before the point does not count; one after it moves the point.
                point--;
            }
            else if (sign != '.')
            {
                digits[count++] = sign;
            }
        }

        while (digits[count - 1] == '0')
        {
            count--;
        }

        return count;
    }

    private static int Layout(ReadOnlySpan<byte> digits, int point, Span<byte> to)
    {
        if (point is > LargestFixedPoint or <= SmallestFixedPoint)
        {
            return Exponential(digits, point - 1, to);
        }

        if (point <= 0)
        {
            "0."u8.CopyTo(to);
            to.Slice(2, -point).Fill((byte)'0');
            digits.CopyTo(to[(2 - point)..]);
            return 2 - point + digits.Length;
        }

        if (digits.Length <= point)
        {
            digits.CopyTo(to);
            to[digits.Length..point].Fill((byte)'0');
            return point;
        }

        digits[..point].CopyTo(to);
        to[point] = (byte)'.';
        digits[point..].CopyTo(to[(point + 1)..]);
        return digits.Length + 1;
    }

    private static int Exponential(ReadOnlySpan<byte> digits, int exponent, Span<byte> to)
    {
        var at = 0;
        to[at++] = digits[0];
        if (digits.Length > 1)
        {
            to[at++] = (byte)'.';
            digits[1..].CopyTo(to[at..]);
            at += digits.Length - 1;
        }

        to[at++] = (byte)'e';
        to[at++] = exponent < 0 ? (byte)'-' : (byte)'+';
        Math.Abs(exponent).TryFormat(to[at..], out var written, default, CultureInfo.InvariantCulture);
        return at + written;
    }
}
