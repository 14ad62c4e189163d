using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Cairn.Domain.Foundation.Calendars;

/// <summary>
/// An amount of business time as people say it. A day of it is not 24 hours but as long as the calendar is usually open on
/// a day, so that "2d" on a calendar of eight hours is sixteen hours.
/// </summary>
/// <param name="Days">Whole business days; negative goes back.</param>
/// <param name="Time">Hours, minutes and seconds beside them, of the same sign.</param>
public readonly partial record struct BusinessTime(int Days, Duration Time)
{
    /// <summary>The most of each unit; more lies outside of every calendar.</summary>
    private const int Most = 9_999_999;

    private const int MostDays = 100_000;

    private const int LongestText = 40;

    /// <summary>Reads <c>8h</c>, <c>90m</c>, <c>2d</c>, <c>1d 4h 30m</c>, <c>PT8H</c>, <c>P2D</c>, and each with a minus in front.</summary>
    public static Outcome<BusinessTime> Parse(string text)
    {
        var trimmed = text.Trim();
        var match = trimmed.Length > LongestText ? Match.Empty : ShortPattern().Match(trimmed);
        match = match.Success || trimmed.Length > LongestText ? match : IsoPattern().Match(trimmed);
        if (!match.Success || !Units.Any(unit => match.Groups[unit].Success))
        {
            return CalendarProblems.TimeUnusable(trimmed);
        }

        var sign = match.Groups["minus"].Success ? -1 : 1;
        var amounts = Units.Select(unit => match.Groups[unit].Success ? int.Parse(match.Groups[unit].Value, CultureInfo.InvariantCulture) : 0).ToArray();
        return amounts[0] > MostDays || amounts.Any(amount => amount > Most)
            ? CalendarProblems.OutOfRange
            : new BusinessTime(sign * amounts[0], sign * (Duration.FromHours(amounts[1]) + Duration.FromMinutes(amounts[2]) + Duration.FromSeconds(amounts[3])));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        (Days, Time == Duration.Zero) switch
        {
            (0, _) => DayNames.Of(Time),
            (_, true) => string.Create(CultureInfo.InvariantCulture, $"{Days} d"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Days} d {DayNames.Of(Days < 0 ? -Time : Time)}"),
        };

    private static string[] Units { get; } = ["days", "hours", "minutes", "seconds"];

    [GeneratedRegex(@"^(?<minus>-)?\s*(?:(?<days>\d{1,8})\s*d)?\s*(?:(?<hours>\d{1,8})\s*h)?\s*(?:(?<minutes>\d{1,8})\s*(?:m|min))?\s*(?:(?<seconds>\d{1,8})\s*s)?$", RegexOptions.CultureInvariant)]
    private static partial Regex ShortPattern();

    [GeneratedRegex(@"^(?<minus>-)?P(?:(?<days>\d{1,8})D)?(?:T(?:(?<hours>\d{1,8})H)?(?:(?<minutes>\d{1,8})M)?(?:(?<seconds>\d{1,8})S)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex IsoPattern();
}
