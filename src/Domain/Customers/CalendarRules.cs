using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using NodaTime;

namespace Cairn.Domain.Customers;

/// <summary>An interval as somebody writes it.</summary>
public sealed record IntervalDraft(string? From, string? Until);

/// <summary>A closed day as somebody writes it.</summary>
public sealed record ClosedDayDraft(string? Date, string? Name);

/// <summary>What somebody writes about a customer's calendar, unchecked.</summary>
public sealed record CalendarDraft
{
    /// <summary>The first day on which it holds.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>An IANA zone; the customer's own when absent.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The intervals of each day, by its name of <see cref="CalendarRules.Days"/>; a day that is absent is closed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IntervalDraft>>? Week { get; init; }

    /// <summary>Own closed days.</summary>
    public IReadOnlyList<ClosedDayDraft> ClosedDays { get; init; } = [];

    /// <summary>Whose public holidays: a country, or none.</summary>
    public string? HolidayCountry { get; init; }

    /// <summary>A part of that country.</summary>
    public string? HolidayRegion { get; init; }
}

/// <summary>What a customer's calendar takes. Every fault is found, not only the first.</summary>
public static class CalendarRules
{
    /// <summary>The days of a week, in order.</summary>
    public static IReadOnlyList<string> Days { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>The most opening intervals of a day.</summary>
    public const int MostIntervals = 12;

    /// <summary>The most closed days of one version.</summary>
    public const int MostClosedDays = 400;

    /// <summary>The most versions of one customer's calendar.</summary>
    public const int MostVersions = 100;

    /// <summary>The longest name of a closed day, in characters.</summary>
    public const int NameLength = 100;

    private const int CountryLength = 2;
    private const int RegionLength = 6;

    /// <summary>Checks a draft. Faults that reading it found are handed in, so that one answer tells all.</summary>
    public static Outcome<CustomerCalendar> Check(CalendarDraft draft, string customersZone, InputFaults faults)
    {
        var calendar = new CustomerCalendar
        {
            ValidFrom = CustomerRules.Date("/validFrom", draft.ValidFrom, faults) ?? default,
            TimeZone = draft.TimeZone is null ? customersZone : CustomerRules.Zone(draft.TimeZone, faults),
            Week = Week(draft.Week, faults),
            ClosedDays = ClosedDays(draft.ClosedDays, faults),
            Holidays = Holidays(draft, faults),
        };
        return faults.Any ? faults.ToProblem() : calendar;
    }

    private static IReadOnlyList<IReadOnlyList<OpeningInterval>> Week(IReadOnlyDictionary<string, IReadOnlyList<IntervalDraft>>? given, InputFaults faults)
    {
        if (given is null)
        {
            faults.Add("/week", InputFaults.MemberMissing, $"'week' is required: an object with the opening intervals of {string.Join(", ", Days)}.");
            return [];
        }

        foreach (var name in given.Keys.Except(Days))
        {
            faults.Add("/week/" + name, InputFaults.MemberUnknown, $"'{InputFaults.Shorten(name)}' is no day; the days are {string.Join(", ", Days)}.");
        }

        IReadOnlyList<IReadOnlyList<OpeningInterval>> week = [.. Days.Select(day => Intervals($"/week/{day}", given.GetValueOrDefault(day) ?? [], faults))];
        if (!faults.Any && week.All(day => day.Count == 0))
        {
            faults.Add("/week", "week-closed", "The calendar is open on no day. Give at least one day an interval, for instance {\"from\":\"09:00\",\"until\":\"17:00\"}.");
        }

        return week;
    }

    private static IReadOnlyList<OpeningInterval> Intervals(string pointer, IReadOnlyList<IntervalDraft> given, InputFaults faults)
    {
        if (given.Count > MostIntervals)
        {
            faults.Add(pointer, "too-many", $"A day takes at most {MostIntervals} intervals.");
            return [];
        }

        var read = new List<(OpeningInterval Interval, int At)>();
        for (var at = 0; at < given.Count; at++)
        {
            var from = Minute($"{pointer}/{at}/from", given[at].From, faults);
            var until = Minute($"{pointer}/{at}/until", given[at].Until, faults);
            if (from >= until)
            {
                faults.Add($"{pointer}/{at}/until", "interval-order", "An interval ends after it begins. Hours past midnight belong to the next day: 22:00 to 24:00, then 00:00 to 06:00.");
            }
            else if (from is { } start && until is { } end)
            {
                read.Add((new OpeningInterval(start, end), at));
            }
        }

        read.Sort((left, right) => left.Interval.From.CompareTo(right.Interval.From));
        for (var at = 1; at < read.Count; at++)
        {
            if (read[at].Interval.From < read[at - 1].Interval.Until)
            {
                faults.Add($"{pointer}/{read[at].At}", "interval-overlap", "This interval overlaps with another of the same day. Join them into one.");
            }
        }

        return Joined(read.Select(one => one.Interval));
    }

    /// <summary>Intervals that touch are one: 09:00 to 12:00 and 12:00 to 17:00 is open from 09:00 to 17:00.</summary>
    private static IReadOnlyList<OpeningInterval> Joined(IEnumerable<OpeningInterval> sorted)
    {
        var joined = new List<OpeningInterval>();
        foreach (var interval in sorted)
        {
            if (joined.Count > 0 && joined[^1].Until == interval.From)
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

    private static int? Minute(string pointer, string? text, InputFaults faults)
    {
        if (text is null)
        {
            faults.Add(pointer, InputFaults.MemberMissing, "An interval takes 'from' and 'until', written as 09:00; 24:00 is the end of the day.");
            return null;
        }

        var minute = OpeningInterval.Read(text);
        if (minute is null)
        {
            faults.Add(pointer, "clock-unusable", $"'{InputFaults.Shorten(text)}' is no time of day; write it as 09:00, from 00:00 to 24:00.");
        }

        return minute;
    }

    private static IReadOnlyList<ClosedDay> ClosedDays(IReadOnlyList<ClosedDayDraft> given, InputFaults faults)
    {
        if (given.Count > MostClosedDays)
        {
            faults.Add("/closedDays", "too-many", $"A calendar takes at most {MostClosedDays} closed days.");
            return [];
        }

        var days = new SortedDictionary<LocalDate, ClosedDay>();
        for (var at = 0; at < given.Count; at++)
        {
            var name = faults.Required($"/closedDays/{at}/name", given[at].Name, NameLength);
            if (given[at].Date is null)
            {
                faults.Add($"/closedDays/{at}/date", InputFaults.MemberMissing, "A closed day takes 'date' and 'name'.");
            }
            else if (CustomerRules.Date($"/closedDays/{at}/date", given[at].Date, faults) is { } date && !days.TryAdd(date, new ClosedDay(date, name)))
            {
                faults.Add($"/closedDays/{at}/date", "closed-day-repeated", "This day stands in the list already; write both reasons into one name.");
            }
        }

        return [.. days.Values];
    }

    private static HolidayChoice? Holidays(CalendarDraft draft, InputFaults faults)
    {
        if (draft.HolidayCountry is null && draft.HolidayRegion is null)
        {
            return null;
        }

        if (draft.HolidayCountry is not { Length: CountryLength } country || !country.All(char.IsAsciiLetterUpper))
        {
            faults.Add(
                "/holidays/country",
                draft.HolidayCountry is null ? InputFaults.MemberMissing : "country-unusable",
                "A country is two capital letters of ISO 3166-1, for instance GB.");
        }

        if (draft.HolidayRegion is { } region && (region.Length is 0 or > RegionLength || !region.All(one => char.IsAsciiLetterUpper(one) || char.IsAsciiDigit(one))))
        {
            faults.Add("/holidays/region", "region-unusable", "A region is what follows the hyphen in ISO 3166-2, for instance SCT of GB-SCT.");
        }

        return new HolidayChoice(draft.HolidayCountry ?? "", draft.HolidayRegion);
    }
}
