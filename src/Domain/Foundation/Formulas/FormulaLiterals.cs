using System.Globalization;
using System.Text;
using NodaTime.Text;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>A value that is written out in a formula, how many characters it takes, and what is wrong with it.</summary>
internal readonly record struct FormulaLiteral(int Length, FormulaValue? Value, FormulaFault? Fault = null);

/// <summary>Reads what begins with a digit or a quote: numbers, amounts, durations, dates, points in time, texts.</summary>
internal static class FormulaLiterals
{
    private const int DateLength = 10;

    public static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    public static FormulaLiteral Read(string text, int from)
    {
        var end = from;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        const int yearDigits = 4;
        if (end - from == yearDigits && end + 1 < text.Length && text[end] == '-' && char.IsAsciiDigit(text[end + 1]))
        {
            return ReadDate(text, from);
        }

        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end++;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
            {
                end++;
            }
        }

        return ReadNumber(text, from, end);
    }

    public static FormulaLiteral ReadText(string text, int from)
    {
        var quote = text[from];
        var content = new StringBuilder();
        for (var at = from + 1; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                return new FormulaLiteral(at + 1 - from, new FormulaValue.Text(content.ToString()));
            }

            if (text[at] == '\\')
            {
                at++;
                if (at == text.Length || text[at] is not ('\\' or '"' or '\''))
                {
                    return Refuse(at - 1, 1, "A backslash stands only before a quote or another backslash.");
                }
            }
            else if (char.IsControl(text[at]))
            {
                return Refuse(at, 1, "A text holds no line ends or other control characters.");
            }

            content.Append(text[at]);
        }

        return Refuse(from, 1, $"The text has no end: close it with {quote}.");
    }

    private static FormulaLiteral ReadDate(string text, int from)
    {
        var end = from;
        while (end < text.Length && (IsNameCharacter(text[end]) || text[end] is '-' or ':' or '.' or '+'))
        {
            end++;
        }

        var word = text[from..end];
        if (word.Length == DateLength && LocalDatePattern.Iso.Parse(word) is { Success: true } day)
        {
            return new FormulaLiteral(word.Length, new FormulaValue.Date(day.Value));
        }

        return word.Length > DateLength && Rfc3339.Parse(word) is { } instant
            ? new FormulaLiteral(word.Length, new FormulaValue.Time(instant))
            : Refuse(from, word.Length, $"'{InputFaults.Shorten(word)}' is no day of the calendar: write 2026-03-02, or 2026-03-02T14:00:00Z for a point in time. A minus needs blanks around it.");
    }

    private static FormulaLiteral ReadNumber(string text, int from, int end)
    {
        if (end < text.Length && DurationText.IsUnit(text[end]) && !(end + 1 < text.Length && IsNameLetter(text[end + 1])))
        {
            return ReadDuration(text, from);
        }

        var word = text[from..end];
        if (end < text.Length && (IsNameCharacter(text[end]) || text[end] == '.'))
        {
            return Refuse(from, word.Length, "A number is followed by something that is no unit. Durations are written 2d 4h 30m, amounts 120 USD with a blank.");
        }

        if (word.Count(char.IsAsciiDigit) > FormulaLimits.Digits || !decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return Refuse(from, word.Length, $"A number has at most {FormulaLimits.Digits} digits.");
        }

        var currency = SkipBlanks(text, end);
        if (currency + 3 <= text.Length && Money.IsCurrency(text.Substring(currency, 3)) && !(currency + 3 < text.Length && IsNameCharacter(text[currency + 3])))
        {
            return Money.ParseAmount(word) is { } amount
                ? new FormulaLiteral(currency + 3 - from, new FormulaValue.Amount(new Money(amount, text.Substring(currency, 3))))
                : Refuse(from, word.Length, $"An amount has at most {Money.WholeDigits} digits before the point and {Money.Decimals} after it.");
        }

        return currency < text.Length && text[currency] == '%'
            ? Refuse(currency, 1, "Shares are in percent points: write 5 for 5 %, without the sign.")
            : new FormulaLiteral(word.Length, new FormulaValue.Number(number));
    }

    /// <summary>Takes all parts: <c>2d 4h 30m</c>.</summary>
    private static FormulaLiteral ReadDuration(string text, int from)
    {
        var end = from;
        for (var next = from; next < text.Length && char.IsAsciiDigit(text[next]); next = SkipBlanks(text, end))
        {
            var unit = next;
            while (unit < text.Length && (char.IsAsciiDigit(text[unit]) || text[unit] == '.'))
            {
                unit++;
            }

            if (unit == text.Length || !DurationText.IsUnit(text[unit]))
            {
                break;
            }

            end = unit + 1;
        }

        var word = text[from..end];
        return DurationText.Read(word) is { } duration && !(end < text.Length && IsNameCharacter(text[end]))
            ? new FormulaLiteral(word.Length, new FormulaValue.Length(duration))
            : Refuse(from, word.Length, $"'{InputFaults.Shorten(word)}' is no duration: write larger units first and each once, such as 2d 4h 30m (w, d, h, m, s), at most {FormulaLimits.DurationDays} days.");
    }

    // In 4h30m the next part begins with a digit; in 4hours it does not.
    private static bool IsNameLetter(char character) => IsNameCharacter(character) && !char.IsAsciiDigit(character);

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private static FormulaLiteral Refuse(int at, int length, string detail) => new(length, null, new FormulaFault(at + 1, FormulaFault.Literal, detail));
}
