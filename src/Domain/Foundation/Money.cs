using System.Globalization;

namespace Cairn.Domain.Foundation;

/// <summary>
/// An exact amount in one currency. In JSON <c>{"amount": "12.345", "currency": "GBP"}</c>, because a JSON number would
/// lose digits on the way. The decimals stay as they were written.
/// </summary>
/// <param name="Amount">In units of the currency (pounds, not pence).</param>
/// <param name="Currency">The ISO 4217 code, three capital letters.</param>
public readonly record struct Money(decimal Amount, string Currency)
{
    /// <summary>The most digits before the decimal point.</summary>
    public const int WholeDigits = 15;

    /// <summary>The most digits after it.</summary>
    public const int Decimals = 6;

    /// <summary>The amount as JSON and the ledger write it: a plain decimal, no exponent, no grouping.</summary>
    public string AmountText => Amount.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads a plain decimal such as <c>-12.345</c>; <see langword="null"/> for anything else (exponents, grouping, too many digits).</summary>
    public static decimal? ParseAmount(string text)
    {
        var digits = text.AsSpan(text.StartsWith('-') ? 1 : 0);
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var decimals = point < 0 ? [] : digits[(point + 1)..];
        var isPlain = whole.Length is >= 1 and <= WholeDigits
            && decimals.Length <= Decimals
            && (point < 0 || decimals.Length > 0)
            && !whole.ContainsAnyExceptInRange('0', '9')
            && !decimals.ContainsAnyExceptInRange('0', '9');
        return isPlain ? decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Whether the text has the shape of an ISO 4217 code. The list itself changes, so it is not checked.</summary>
    public static bool IsCurrency(string text) => text.Length == 3 && !text.AsSpan().ContainsAnyExceptInRange('A', 'Z');
}
