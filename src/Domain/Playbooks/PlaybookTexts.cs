using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Cairn.Domain.Playbooks;

/// <summary>The small notations of a playbook file: days, lengths, clocks, lags, reminders. One pattern each, used by the reader and the schema.</summary>
internal static partial class PlaybookTexts
{
    private const decimal MinutesOfHour = 60;

    /// <summary>Reads <c>90m</c>, <c>6h</c>, <c>1.5h</c>, <c>2h30m</c>; <see langword="null"/> for anything else.</summary>
    public static decimal? Hours(string? text)
    {
        if (text is null || LengthPattern().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var hours = match.Groups["h"] is { Success: true } h ? decimal.Parse(h.Value, CultureInfo.InvariantCulture) : 0;
        var minutes = match.Groups["m"] is { Success: true } m ? decimal.Parse(m.Value, CultureInfo.InvariantCulture) : 0;
        return hours + minutes / MinutesOfHour;
    }

    /// <summary>The same as a duration, to the minute.</summary>
    public static Duration? Length(string? text) => Hours(text) is { } hours ? Duration.FromMinutes((long)decimal.Round(hours * MinutesOfHour)) : null;

    /// <summary>Reads <c>09:30</c>.</summary>
    public static LocalTime? Clock(string? text) =>
        text is not null && ClockPattern().IsMatch(text) ? new LocalTime(Whole(text[..2]), Whole(text[3..])) : null;

    /// <summary>Reads <c>2d</c> and <c>-1d</c>: business days.</summary>
    public static int? Lag(string? text) => text is not null && LagPattern().IsMatch(text) ? Whole(text[..^1]) : null;

    /// <summary>Reads <c>1d before</c>, <c>on due</c>, <c>2d after</c> as days relative to the due day.</summary>
    public static int? Reminder(string text) => RemindPattern().Match(text) switch
    {
        { Success: false } => null,
        var match when match.Groups["n"] is { Success: true } n => match.Groups["w"].Value == "before" ? -Whole(n.Value) : Whole(n.Value),
        _ => 0,
    };

    /// <summary>Reads <c>3</c>, <c>1-3</c> and <c>22+</c>.</summary>
    public static DaySpan? Days(string? text)
    {
        if (text is null || PhaseDaysPattern().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var first = Whole(match.Groups["a"].Value);
        return new DaySpan(first, match.Groups["b"] is { Success: true } last ? Whole(last.Value) : text.EndsWith('+') ? null : first);
    }

    /// <summary>Reads <c>+2h30m</c>, <c>-1h</c>, <c>T+30m</c>: counted from a beginning.</summary>
    public static Duration? Offset(string? text)
    {
        if (text is null || !OffsetPattern().IsMatch(text))
        {
            return null;
        }

        var signed = text.TrimStart('T');
        return Length(signed[1..]) is { } length ? signed[0] == '-' ? -length : length : null;
    }

    /// <summary>Reads <c>02:00</c> and <c>Saturday 02:00</c>.</summary>
    public static (IsoDayOfWeek? Day, LocalTime Time)? Moment(string? text)
    {
        if (text is null || MomentPattern().Match(text) is not { Success: true } match || Clock(match.Groups["t"].Value) is not { } time)
        {
            return null;
        }

        return (match.Groups["d"] is { Success: true } day ? Weekday(day.Value) : null, time);
    }

    /// <summary>The weekday of an English name in any case; <see langword="null"/> for another word.</summary>
    public static IsoDayOfWeek? Weekday(string name) => Enum.TryParse<IsoDayOfWeek>(name, ignoreCase: true, out var day) && day != IsoDayOfWeek.None ? day : null;

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    public static partial Regex IdPattern();

    // A parameter is a name in formulas, and those begin with a letter.
    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    public static partial Regex ParameterPattern();

    [GeneratedRegex("^(customer:)?[a-z]+(-[a-z]+)*$")]
    public static partial Regex RolePattern();

    [GeneratedRegex("^((?<h>[0-9]{1,5}([.][0-9]{1,2})?)h( ?(?<m>[0-9]{1,4})m)?|(?<m>[0-9]{1,5})m)$", RegexOptions.ExplicitCapture)]
    public static partial Regex LengthPattern();

    [GeneratedRegex("^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    public static partial Regex ClockPattern();

    [GeneratedRegex("^-?[0-9]{1,3}d$")]
    public static partial Regex LagPattern();

    [GeneratedRegex("^(on due|(?<n>[0-9]{1,3})d (?<w>before|after))$", RegexOptions.ExplicitCapture)]
    public static partial Regex RemindPattern();

    [GeneratedRegex("^(?<a>[1-9][0-9]{0,3})([+]|-(?<b>[1-9][0-9]{0,3}))?$", RegexOptions.ExplicitCapture)]
    public static partial Regex PhaseDaysPattern();

    [GeneratedRegex("^[1-9][0-9]{0,3}(-[1-9][0-9]{0,3})?$")]
    public static partial Regex ItemDaysPattern();

    [GeneratedRegex("^T?[+-]([0-9]{1,5}([.][0-9]{1,2})?h( ?[0-9]{1,4}m)?|[0-9]{1,5}m)$")]
    public static partial Regex OffsetPattern();

    [GeneratedRegex("^((?<d>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday) )?(?<t>[0-2][0-9]:[0-5][0-9])$", RegexOptions.ExplicitCapture)]
    public static partial Regex MomentPattern();

    [GeneratedRegex("^(T?[+-]([0-9]{1,5}([.][0-9]{1,2})?h( ?[0-9]{1,4}m)?|[0-9]{1,5}m)|((Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday) )?[0-2][0-9]:[0-5][0-9])$")]
    public static partial Regex CutoverAtPattern();

    [GeneratedRegex("^[1-9][0-9]{0,3} per customer per [1-9][0-9]{0,3}d$")]
    public static partial Regex CapPattern();

    [GeneratedRegex("^(>=|<=|=|>|<) .+$")]
    public static partial Regex GoalPattern();

    private static int Whole(string digits) => int.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
