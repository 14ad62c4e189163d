using System.Globalization;
using System.Numerics;
using NodaTime;

namespace Cairn.Domain.Foundation.Formulas;

/// <summary>Durations as people write them: <c>2d 4h 30m</c>, larger units first. A day is exactly 24 hours.</summary>
public static class DurationText
{
    private static readonly (char Unit, long Seconds)[] Units = [('w', 604_800), ('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

    /// <summary>Whether a letter is a unit: <c>w d h m s</c>.</summary>
    public static bool IsUnit(char letter) => Units.Any(unit => unit.Unit == letter);

    /// <summary>How many seconds a unit has; 0 for other letters.</summary>
    public static long SecondsOf(char letter) => Units.FirstOrDefault(unit => unit.Unit == letter).Seconds;

    /// <summary>Writes a duration without zero parts; weeks as days, because "1w" and "5 working days" are easily confused.</summary>
    public static string Write(Duration value)
    {
        if (value == Duration.Zero)
        {
            return "0m";
        }

        var isNegative = value < Duration.Zero;
        var rest = isNegative ? -value : value;
        var parts = new List<string>();
        foreach (var (unit, seconds) in Units.Skip(1).SkipLast(1))
        {
            var whole = (long)Math.Floor(rest.TotalSeconds / seconds);
            // A double may round up to the next whole unit; the rest must never become negative.
            whole -= Duration.FromSeconds(whole * seconds) > rest ? 1 : 0;
            if (whole > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{whole}{unit}"));
                rest -= Duration.FromSeconds(whole * seconds);
            }
        }

        if (rest > Duration.Zero)
        {
            parts.Add((rest.ToInt64Nanoseconds() / 1_000_000_000m).ToString("0.#########", CultureInfo.InvariantCulture) + "s");
        }

        return (isNegative ? "-" : "") + string.Join(' ', parts);
    }

    /// <summary>Reads such a text, blanks between the parts allowed; <see langword="null"/> for anything else, and for more than the limit.</summary>
    public static Duration? Read(string text)
    {
        var total = 0m;
        var last = long.MaxValue;
        var at = 0;
        while (at < text.Length)
        {
            var from = at;
            while (at < text.Length && (char.IsAsciiDigit(text[at]) || text[at] == '.'))
            {
                at++;
            }

            if (at == text.Length || Part(text.AsSpan(from, at - from), text[at], ref last) is not { } seconds)
            {
                return null;
            }

            total += seconds;
            at++;
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }
        }

        return last == long.MaxValue || total > FormulaLimits.DurationDays * 86_400m ? null : Duration.FromNanoseconds(new BigInteger(total * 1_000_000_000m));
    }

    private static decimal? Part(ReadOnlySpan<char> digits, char unit, ref long last)
    {
        const int longest = 12;
        var seconds = SecondsOf(unit);
        if (seconds == 0 || seconds >= last || digits.Length is 0 or > longest || digits[0] == '.' || digits[^1] == '.'
            || !decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count))
        {
            return null;
        }

        last = seconds;
        return count * seconds;
    }
}
