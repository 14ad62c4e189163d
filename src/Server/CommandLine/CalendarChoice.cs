using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Customers.Calendars;
using Cairn.Server.Platform;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.CommandLine;

/// <summary>The options by which a command says which calendar it asks: one that is described, or a customer's.</summary>
internal sealed class CalendarChoice
{
    private static readonly LocalDateTimePattern[] Clocks =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm"), LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss"), LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss"),
    ];

    private readonly Option<string?> zone = new("--zone") { Description = "IANA zone of the clock (default: UTC)", HelpName = "ZONE" };
    private readonly Option<string[]> hours = new("--hours") { Description = $"Opening hours, \"24/7\" or for instance \"mon-thu 08:00-12:00,13:00-17:00; fri 08:00-14:00\" (default: {WeekText.Standard})", HelpName = "HOURS" };
    private readonly Option<string?> country = new("--country") { Description = "Keep the public holidays of a country (ISO 3166, for instance DE)", HelpName = "CODE" };
    private readonly Option<string?> region = new("--region") { Description = "And of a part of it (for instance BY)", HelpName = "CODE" };
    private readonly Option<string[]> closed = new("--closed") { Description = "A closed day, with a name if you like: 2026-12-24 or \"2026-12-24=Stock taking\"; may be repeated", HelpName = "DATE" };
    private readonly Option<string?> customer = new("--customer") { Description = "Ask a customer's calendar (cus_…) instead; this opens the installation", HelpName = "ID" };
    private readonly Option<bool> explain = new("--explain") { Description = "Show how the answer came about, a line for each day" };

    public IEnumerable<Option> All => [.. Describing, customer, explain];

    /// <summary>The options that describe a calendar, for commands that ask a customer's in their own way.</summary>
    public IEnumerable<Option> Describing => [zone, hours, country, region, closed];

    /// <summary>Makes the calendar, asks it, and prints the answer. Only a customer's calendar opens the installation.</summary>
    public Task<int> Ask(ParseResult parsed, CommandContext context, Func<BusinessCalendar, InputFaults, Outcome<CalendarAnswer>?> ask, CancellationToken stop)
    {
        if (parsed.GetValue(customer) is { } text)
        {
            return Described(parsed).FirstOrDefault() is { } option
                ? context.Guard(parsed, (output, _) => Task.FromResult(Conflict(output, option)), stop)
                : context.Run(parsed, (services, output, cancel) => AskCustomer(parsed, services, output, new Question(text, ask), cancel), stop);
        }

        return context.Guard(parsed, (output, _) =>
        {
            var faults = new InputFaults();
            var calendar = Describe(parsed, faults);
            return Task.FromResult(
                faults.Any ? Refuse(output, faults.ToProblem())
                : !calendar.IsOk ? Refuse(output, calendar.Problem)
                : Answer(parsed, output, calendar.Value, ask));
        }, stop);
    }

    /// <summary>A moment as somebody types it: RFC 3339, or a date and time on the calendar's clock.</summary>
    public static Instant? Moment(string option, string? text, BusinessCalendar calendar, InputFaults faults)
    {
        if (text is null)
        {
            return null;
        }

        if (Rfc3339.Parse(text) is { } instant)
        {
            return instant;
        }

        foreach (var clock in Clocks)
        {
            if (clock.Parse(text) is { Success: true } local)
            {
                return calendar.AtClock(local.Value);
            }
        }

        faults.Add(option, "time-unusable", $"'{InputFaults.Shorten(text)}' is no time; write it as \"2026-03-06 15:00\" on the calendar's clock, or as 2026-03-06T15:00:00Z.");
        return null;
    }

    private async Task<int> AskCustomer(ParseResult parsed, IServiceProvider services, Output output, Question question, CancellationToken cancel)
    {
        var database = services.GetRequiredService<Database>();
        if (!TypedId.TryParse<CustomerId>(question.Customer, out var id) || !await database.ForCustomer(id, work => CustomerScope.Exists(work, id), cancel))
        {
            return output.Refuse(PlatformProblems.CustomerNotFound);
        }

        var calendar = await database.ForCustomer(id, work => services.GetRequiredService<IBusinessCalendars>().Of(work, id), cancel);
        return Answer(parsed, output, calendar, question.Ask);
    }

    private sealed record Question(string Customer, Func<BusinessCalendar, InputFaults, Outcome<CalendarAnswer>?> Ask);

    private int Answer(ParseResult parsed, Output output, BusinessCalendar calendar, Func<BusinessCalendar, InputFaults, Outcome<CalendarAnswer>?> ask)
    {
        var faults = new InputFaults();
        var answer = ask(calendar, faults);
        if (faults.Any || answer is not { } given)
        {
            return Refuse(output, faults.ToProblem());
        }

        if (!given.IsOk)
        {
            return output.Refuse(given.Problem);
        }

        output.Result(given.Value.Document, _ => CalendarCommands.Print(given.Value, parsed.GetValue(explain)));
        return CommandContext.Done;
    }

    /// <summary>The calendar that the options describe.</summary>
    public Outcome<BusinessCalendar> Describe(ParseResult parsed, InputFaults faults)
    {
        var week = WeekText.Parse(string.Join(';', parsed.GetValue(hours) is { Length: > 0 } given ? given : [WeekText.Standard]));
        if (!week.IsOk)
        {
            return week.Problem;
        }

        var days = new SortedDictionary<LocalDate, ClosedDay>();
        foreach (var text in (parsed.GetValue(closed) ?? []).SelectMany(text => text.Contains('=', StringComparison.Ordinal) ? [text] : text.Split(',')))
        {
            var parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (LocalDatePattern.Iso.Parse(parts[0]) is { Success: true } date)
            {
                days[date.Value] = new ClosedDay(date.Value, parts is [_, { Length: > 0 } name] ? name : "closed day");
            }
            else
            {
                faults.Add("--closed " + InputFaults.Shorten(text), "date-unusable", "write a closed day as 2026-12-24 or \"2026-12-24=Stock taking\".");
            }
        }

        return BusinessCalendar.Create(
        [
            new CalendarVersion
            {
                TimeZone = parsed.GetValue(zone) ?? "UTC",
                Week = week.Value,
                ClosedDays = [.. days.Values],
                Holidays = Holidays(parsed, faults),
            },
        ]);
    }

    private PublicHolidays? Holidays(ParseResult parsed, InputFaults faults)
    {
        var (place, part) = (parsed.GetValue(country)?.ToUpperInvariant(), parsed.GetValue(region)?.ToUpperInvariant());
        if (place is null)
        {
            if (part is not null)
            {
                faults.Add("--region", "country-unusable", "name the country of the region, too: --country DE --region BY.");
            }

            return null;
        }

        var tables = new HolidayTables();
        tables.Check(place, part, faults);
        return tables.Of(place, part);
    }

    private IEnumerable<string> Described(ParseResult parsed) =>
        new Option[] { zone, hours, country, region, closed }.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name);

    private static int Refuse(Output output, Problem problem)
    {
        output.Refuse(problem);
        return CommandContext.Usage;
    }

    private static int Conflict(Output output, string option)
    {
        output.Error("option-conflict", $"--customer asks the customer's own calendar, so {option} has no meaning beside it. Leave one of them out.");
        return CommandContext.Usage;
    }
}

/// <summary>What a calendar answered, for programs and for people.</summary>
internal sealed record CalendarAnswer(object Document, IReadOnlyList<string> Lines, DerivationBody Derivation);
