using System.Globalization;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>Open hours of a day, in minutes since its midnight on the clock: 0 to 1440, which is 24:00.</summary>
/// <param name="From">The first open minute.</param>
/// <param name="Until">The first minute that is no longer open; after <paramref name="From"/>.</param>
public readonly record struct OpeningInterval(int From, int Until)
{
    /// <summary>24:00, the end of a day.</summary>
    public const int EndOfDay = 24 * 60;

    /// <summary>A minute as the clock shows it, <c>09:30</c>.</summary>
    public static string Write(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:D2}:{minute % 60:D2}");

    /// <summary>Reads <c>09:30</c> or <c>24:00</c>; <see langword="null"/> for anything else.</summary>
    public static int? Read(string text)
    {
        if (text.Length != 5 || text[2] != ':' || !text.Remove(2, 1).All(char.IsAsciiDigit))
        {
            return null;
        }

        var (hours, minutes) = (int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture), int.Parse(text.AsSpan(3, 2), CultureInfo.InvariantCulture));
        var minute = (hours * 60) + minutes;
        return minutes < 60 && minute <= EndOfDay ? minute : null;
    }
}
