using System.Globalization;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Domain.Ingest.Entities;

/// <summary>JSON numbers as exact decimals, exponents included.</summary>
public static class JsonNumber
{
    /// <summary>Reads a number of at most <see cref="ImportLimits.NumberDigits"/> digits once its exponent is written out; false for others, which nobody counts by.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out ExactDecimal number)
    {
        var mark = text.IndexOfAny('e', 'E');
        if (mark < 0)
        {
            return ExactDecimal.TryRead(text, '.', out number);
        }

        number = default;
        if (!ExactDecimal.TryRead(text[..mark], '.', out var digits)
            || !int.TryParse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var exponent)
            || Math.Abs((long)exponent) > ImportLimits.NumberDigits)
        {
            return false;
        }

        var scale = digits.Scale - exponent;
        number = scale >= 0
            ? digits with { Scale = scale }
            : new ExactDecimal(digits.Unscaled * System.Numerics.BigInteger.Pow(10, -scale), 0);
        return true;
    }
}
