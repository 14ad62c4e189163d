namespace Cairn.Domain.Foundation.Calendars;

/// <summary>
/// Opening hours as somebody types them: <c>mon-fri 09:00-17:00</c>, several with a semicolon between
/// (<c>mon-thu 08:00-12:00,13:00-17:00; fri 08:00-14:00</c>), <c>sun-thu</c> for a week that begins on Sunday,
/// <c>mon,wed</c>, <c>daily</c>, and <c>24/7</c>.
/// </summary>
public static class WeekText
{
    /// <summary>What is meant when nobody says anything.</summary>
    public const string Standard = "mon-fri 09:00-17:00";

    private const int MostEntries = 100;

    private static readonly string[] Names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>Reads the hours of a week, seven days from Monday; a day that is not named is closed.</summary>
    public static Outcome<IReadOnlyList<IReadOnlyList<OpeningInterval>>> Parse(string text)
    {
        var week = Names.Select(_ => new List<OpeningInterval>()).ToArray();
        var entries = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (entries.Length is 0 or > MostEntries)
        {
            return CalendarProblems.HoursUnusable(text);
        }

        foreach (var entry in entries)
        {
            var (days, hours) = Entry(entry.ToLowerInvariant());
            if (days.Count == 0 || hours.Count == 0)
            {
                return CalendarProblems.HoursUnusable(entry);
            }

            days.ForEach(day => week[day].AddRange(hours));
        }

        var joined = week.Select(Joined).ToArray();
        return joined.Any(day => day is null) ? CalendarProblems.HoursOverlap : joined!;
    }

    private static (List<int> Days, List<OpeningInterval> Hours) Entry(string entry)
    {
        if (entry == "24/7")
        {
            return ([.. Enumerable.Range(0, Names.Length)], [new OpeningInterval(0, OpeningInterval.EndOfDay)]);
        }

        var parts = entry.Split(' ', 2, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 ? (Days(parts[0]), Hours(parts[1])) : ([], []);
    }

    /// <summary>The days of <c>mon-fri</c> or <c>mon,wed</c>; none when one of them is no day.</summary>
    private static List<int> Days(string text)
    {
        if (text == "daily")
        {
            return [.. Enumerable.Range(0, Names.Length)];
        }

        var days = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-').Select(name => name.Length >= 3 ? Array.IndexOf(Names, name[..3]) : -1).ToArray();
            if (ends.Length > 2 || ends.Contains(-1))
            {
                return [];
            }

            // Over the end of the week if need be: sun-thu.
            for (var day = ends[0]; ; day = (day + 1) % Names.Length)
            {
                days.Add(day);
                if (day == ends[^1])
                {
                    break;
                }
            }
        }

        return [.. days];
    }

    private static List<OpeningInterval> Hours(string text)
    {
        var hours = new List<OpeningInterval>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries).Select(OpeningInterval.Read).ToArray();
            if (ends is not [{ } from, { } until] || from >= until)
            {
                return [];
            }

            hours.Add(new OpeningInterval(from, until));
        }

        return hours;
    }

    private static IReadOnlyList<OpeningInterval>? Joined(List<OpeningInterval> day)
    {
        var joined = new List<OpeningInterval>();
        foreach (var interval in day.OrderBy(one => one.From))
        {
            if (joined.Count > 0 && interval.From < joined[^1].Until)
            {
                return null;
            }

            if (joined.Count > 0 && interval.From == joined[^1].Until)
            {
                joined[^1] = joined[^1] with { Until = interval.Until };
            }
            else
            {
                joined.Add(interval);
            }
        }

        return joined;
    }
}
