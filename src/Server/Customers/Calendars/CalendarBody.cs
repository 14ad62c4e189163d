using System.Text.Json;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.Calendars;

/// <summary>Open hours of a day.</summary>
/// <param name="From">As <c>09:00</c>.</param>
/// <param name="Until">As <c>17:30</c>; <c>24:00</c> is the end of the day.</param>
internal sealed record IntervalBody(string From, string Until)
{
    public static IntervalBody Of(OpeningInterval interval) => new(OpeningInterval.Write(interval.From), OpeningInterval.Write(interval.Until));

    /// <summary>Back from the stored form, which was checked when it was written.</summary>
    public OpeningInterval ToInterval() => new(OpeningInterval.Read(From)!.Value, OpeningInterval.Read(Until)!.Value);
}

/// <summary>A day on which the customer is closed beside the public holidays.</summary>
internal sealed record ClosedDayBody(string Date, string Name)
{
    public static ClosedDayBody Of(ClosedDay day) => new(CustomerBody.Text(day.Date)!, day.Name);

    public ClosedDay ToClosedDay() => new(NodaTime.Text.LocalDatePattern.Iso.Parse(Date).Value, Name);
}

/// <summary>Whose public holidays the customer keeps.</summary>
/// <param name="Country">ISO 3166-1, for instance GB.</param>
/// <param name="Region">What follows the hyphen in ISO 3166-2, for instance SCT.</param>
internal sealed record HolidaysBody(string Country, string? Region);

/// <summary>The opening intervals of a week; a day without any is closed.</summary>
internal sealed record WeekBody(
    IReadOnlyList<IntervalBody> Monday, IReadOnlyList<IntervalBody> Tuesday, IReadOnlyList<IntervalBody> Wednesday, IReadOnlyList<IntervalBody> Thursday,
    IReadOnlyList<IntervalBody> Friday, IReadOnlyList<IntervalBody> Saturday, IReadOnlyList<IntervalBody> Sunday)
{
    public static WeekBody Of(IReadOnlyList<IReadOnlyList<OpeningInterval>> week)
    {
        IReadOnlyList<IReadOnlyList<IntervalBody>> days = [.. week.Select(day => day.Select(IntervalBody.Of).ToList())];
        return new WeekBody(days[0], days[1], days[2], days[3], days[4], days[5], days[6]);
    }
}

/// <summary>A version of a customer's calendar, as the ledger keeps it.</summary>
internal record RecordedCalendar
{
    /// <summary>The first day on which it holds; it holds until the next version begins.</summary>
    public required string ValidFrom { get; init; }

    /// <summary>On whose clock it is written.</summary>
    public required string TimeZone { get; init; }

    public required WeekBody Week { get; init; }

    /// <summary>Own closed days, in order.</summary>
    public required IReadOnlyList<ClosedDayBody> ClosedDays { get; init; }

    /// <summary>Whose public holidays it keeps; null for none.</summary>
    public required HolidaysBody? Holidays { get; init; }

    public static RecordedCalendar Of(CustomerCalendar calendar) => new()
    {
        ValidFrom = CustomerBody.Text(calendar.ValidFrom)!,
        TimeZone = calendar.TimeZone,
        Week = WeekBody.Of(calendar.Week),
        ClosedDays = [.. calendar.ClosedDays.Select(ClosedDayBody.Of)],
        Holidays = calendar.Holidays is { } choice ? new HolidaysBody(choice.Country, choice.Region) : null,
    };
}

/// <summary>A version of a customer's calendar, as the API shows it.</summary>
internal sealed record CalendarBody : RecordedCalendar
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public CalendarBody(CalendarRow row)
        : base(Of(row.ToCalendar()))
    {
        Version = row.Version;
        ChangedAt = Rfc3339.Format(NodaTime.Instant.FromDateTimeOffset(row.ChangedAt));
    }

    public string ChangedAt { get; }

    /// <summary>Counts the changes of this version; send it in If-Match with a change.</summary>
    public long Version { get; }
}

/// <summary>The calendars of a customer.</summary>
/// <param name="Items">All versions, the latest first.</param>
/// <param name="Standard">What holds before the first of them.</param>
internal sealed record CalendarsBody(IReadOnlyList<CalendarBody> Items, RecordedCalendar Standard);

/// <summary>What may be written about a calendar.</summary>
internal sealed record WriteCalendarBody
{
    /// <summary>An IANA zone; the customer's own when absent.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The opening intervals of monday to sunday; a day that is absent is closed.</summary>
    public WeekBody? Week { get; init; }

    public IReadOnlyList<ClosedDayBody>? ClosedDays { get; init; }

    public HolidaysBody? Holidays { get; init; }
}

/// <summary>What the calendar says about a day.</summary>
/// <param name="Date">Which day.</param>
/// <param name="Why"><c>open</c>, <c>weekday</c> (never open on that day of the week), <c>closed-day</c> or <c>public-holiday</c>.</param>
/// <param name="Name">The name of the closed day or holiday.</param>
/// <param name="Opening">When it is open.</param>
/// <param name="ValidFrom">Which version says so; null for the standard.</param>
internal sealed record CalendarDayBody(string Date, string Why, string? Name, IReadOnlyList<IntervalBody> Opening, string? ValidFrom)
{
    public static CalendarDayBody Of(CalendarDay day) => new(
        CustomerBody.Text(day.Date)!, day.Why, day.Name, [.. day.Opening.Select(IntervalBody.Of)],
        day.ValidFrom == NodaTime.LocalDate.MinIsoValue ? null : CustomerBody.Text(day.ValidFrom));
}

/// <summary>The days of a month.</summary>
/// <param name="Items">All of them, in order.</param>
/// <param name="Next">Always null: a month is one page.</param>
/// <param name="Missing">What is not known about them: public holidays beyond the years of the data.</param>
internal sealed record CalendarMonthBody(IReadOnlyList<CalendarDayBody> Items, string? Next, IReadOnlyList<string> Missing);

/// <summary>Reads a calendar from JSON.</summary>
internal static class CalendarInput
{
    public static CalendarDraft Read(JsonInput input, string validFrom)
    {
        var holidays = input.Members("holidays");
        var draft = new CalendarDraft
        {
            ValidFrom = validFrom,
            TimeZone = input.Text("timeZone"),
            Week = Week(input),
            ClosedDays = Items(input, "closedDays", input.Element("closedDays"), (date, name) => new ClosedDayDraft(date, name), "date", "name"),
            HolidayCountry = Member(input, holidays, "country"),
            HolidayRegion = Member(input, holidays, "region"),
        };
        foreach (var (name, _) in holidays ?? [])
        {
            if (name is not ("country" or "region"))
            {
                input.Faults.Add("/holidays/" + name, InputFaults.MemberUnknown, "Public holidays have the members 'country' and 'region'.");
            }
        }

        input.Finish();
        return draft;
    }

    private static Dictionary<string, IReadOnlyList<IntervalDraft>>? Week(JsonInput input)
    {
        if (input.Members("week") is not { } days)
        {
            return null;
        }

        var week = new Dictionary<string, IReadOnlyList<IntervalDraft>>(StringComparer.Ordinal);
        foreach (var (name, value) in days)
        {
            week[name] = Items(input, "week/" + name, value, (from, until) => new IntervalDraft(from, until), "from", "until");
        }

        return week;
    }

    /// <summary>A list of objects with two texts each.</summary>
    private static IReadOnlyList<T> Items<T>(JsonInput input, string place, JsonElement? list, Func<string?, string?, T> make, string first, string second)
    {
        if (list is not { ValueKind: not JsonValueKind.Null } value)
        {
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            input.WrongType("/" + place, $"a list of objects with '{first}' and '{second}'");
            return [];
        }

        var items = new List<T>();
        foreach (var (at, item) in value.EnumerateArray().Index())
        {
            var pointer = $"/{place}/{at}";
            if (item.ValueKind != JsonValueKind.Object)
            {
                input.WrongType(pointer, $"an object with '{first}' and '{second}'");
                continue;
            }

            foreach (var member in item.EnumerateObject().Where(member => member.Name != first && member.Name != second))
            {
                input.Faults.Add($"{pointer}/{member.Name}", InputFaults.MemberUnknown, $"An entry has the members '{first}' and '{second}'.");
            }

            items.Add(make(Text(first), Text(second)));

            string? Text(string name) => item.TryGetProperty(name, out var text) && text.ValueKind != JsonValueKind.Null ? input.TextOf(text, $"{pointer}/{name}") : null;
        }

        return items;
    }

    private static string? Member(JsonInput input, IReadOnlyList<(string Name, JsonElement Value)>? members, string name)
    {
        foreach (var member in members ?? [])
        {
            if (member.Name == name && member.Value.ValueKind != JsonValueKind.Null)
            {
                return input.TextOf(member.Value, "/holidays/" + name) ?? "";
            }
        }

        return null;
    }
}
