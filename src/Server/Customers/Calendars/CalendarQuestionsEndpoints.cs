using System.Globalization;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Platform;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Customers.Calendars;

/// <summary>What a customer's calendar works out, each answer with its derivation; and the public holidays to choose from.</summary>
internal static class CalendarQuestionsEndpoints
{
    private const string Attribution = "Public holidays from date-holidays (github.com/commenthol/date-holidays), Creative Commons Attribution-ShareAlike 3.0, with corrections.";

    private const string MomentMeaning = "An RFC 3339 time like 2026-03-06T15:00:00Z, or one on the calendar's own clock, as 2026-03-06T15:00.";

    private static readonly LocalDateTimePattern LocalMinutes = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    public static void Map(IEndpointRouteBuilder routes)
    {
        var calendars = routes.MapGroup("/v1/customers/{customer}/calendars").WithTags("Calendars").RequirePolicy(Policies.ReadCustomers);
        calendars.MapGet("/due", Due)
            .WithName("ComputeDue").WithSummary("When something is due that takes so much business time")
            .WithDescription("The close of a day rather than the next opening. A business day is as long as most open days of the week, not 24 hours; the derivation says how long.")
            .TakesQuery("from", MomentMeaning).TakesQuery("add", "Business time: 8h, 90m, 2d, 1d 4h, PT8H; a minus in front goes back.")
            .Produces<CalendarMomentBody>().Refuses(400, 404, 422);
        calendars.MapGet("/between", Between)
            .WithName("ComputeBetween").WithSummary("How much business time lies between two moments")
            .TakesQuery("from", MomentMeaning).TakesQuery("until", MomentMeaning)
            .Produces<CalendarTimeBody>().Refuses(400, 404, 422);
        calendars.MapGet("/next-opening", NextOpening)
            .WithName("ComputeNextOpening").WithSummary("The first open moment from one on: that moment itself when it is open")
            .TakesQuery("at", MomentMeaning)
            .Produces<CalendarMomentBody>().Refuses(400, 404, 422);
        calendars.MapGet("/nth-business-day", NthBusinessDay)
            .WithName("ComputeNthBusinessDay").WithSummary("A business day counted from a day: 0 is that day or the next open one, 1 the one after, -1 the last one before")
            .TakesQuery("from", "A day, as 2026-03-02.").TakesQuery("n", "How many business days on; negative goes back.", isNumber: true)
            .Produces<CalendarDateBody>().Refuses(400, 404, 422);
        routes.MapGet("/v1/holidays", Holidays).WithTags("Calendars").RequirePolicy(Policies.ReadCustomers)
            .WithName("ListHolidayCountries").WithSummary("The countries and regions whose public holidays a calendar can keep")
            .TakesQuery("country", "Only this one, for instance DE.")
            .Produces<HolidayCountriesBody>();
    }

    private static Task<IResult> Due(HttpContext context, Database database, IBusinessCalendars calendars) => Answer(context, database, calendars, (calendar, query) =>
    {
        var time = Required(query, "add") is { } text ? Noted(query, "add", BusinessTime.Parse(text)) : null;
        return Moment(query, "from", calendar) is not { } from || time is not { } add
            ? (Outcome<CalendarMomentBody>)query.Problem!
            : CalendarMomentBody.Of(calendar, calendar.Add(from, calendar.Resolve(add, from)), calendar.ExplainAdd(from, add));
    });

    private static Task<IResult> Between(HttpContext context, Database database, IBusinessCalendars calendars) => Answer(context, database, calendars, (calendar, query) =>
    {
        var (from, until) = (Moment(query, "from", calendar), Moment(query, "until", calendar));
        return from is not { } first || until is not { } last
            ? (Outcome<CalendarTimeBody>)query.Problem!
            : CalendarTimeBody.Of(calendar.Between(first, last), calendar.ExplainBetween(first, last));
    });

    private static Task<IResult> NextOpening(HttpContext context, Database database, IBusinessCalendars calendars) => Answer(context, database, calendars, (calendar, query) =>
        Moment(query, "at", calendar) is not { } at
            ? (Outcome<CalendarMomentBody>)query.Problem!
            : CalendarMomentBody.Of(calendar, calendar.NextOpening(at), calendar.ExplainNextOpening(at)));

    private static Task<IResult> NthBusinessDay(HttpContext context, Database database, IBusinessCalendars calendars) => Answer(context, database, calendars, (calendar, query) =>
    {
        var from = Required(query, "from") is { } text ? Day(query, text) : null;
        var n = Required(query, "n") is { } number ? Number(query, number) : null;
        return from is not { } day || n is not { } count
            ? (Outcome<CalendarDateBody>)query.Problem!
            : CalendarDateBody.Of(calendar.NthBusinessDay(day, count), calendar.ExplainNthBusinessDay(day, count));
    });

    private static IResult Holidays(HttpContext context, HolidayTables tables)
    {
        var only = new QueryReader(context.Request).Text("country");
        var shown = tables.Countries.Where(country => only is null || country == only).Select(country => HolidayCountryBody.Of(tables.Find(country)!)).ToList();
        return TypedResults.Ok(new HolidayCountriesBody(shown, Attribution));
    }

    private static async Task<IResult> Answer<T>(HttpContext context, Database database, IBusinessCalendars calendars, Func<BusinessCalendar, QueryReader, Outcome<T>> ask)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var calendar = await database.ForCustomer(customer.Value, work => calendars.Of(work, customer.Value), context.RequestAborted);
        var answer = ask(calendar, new QueryReader(context.Request));
        return answer.IsOk ? TypedResults.Ok(answer.Value) : ProblemResults.From(answer.Problem);
    }

    private static Instant? Moment(QueryReader query, string name, BusinessCalendar calendar)
    {
        if (Required(query, name) is not { } text)
        {
            return null;
        }

        if (Rfc3339.Parse(text) is { } instant)
        {
            return instant;
        }

        var local = LocalMinutes.Parse(text);
        if (local.Success)
        {
            return calendar.AtClock(local.Value);
        }

        query.Add(name, "query-time", $"'{name}' must be a time like 2026-03-06T15:00:00Z, or 2026-03-06T15:00 on the calendar's clock, not '{InputFaults.Shorten(text)}'.");
        return null;
    }

    private static string? Required(QueryReader query, string name)
    {
        var text = query.Text(name);
        if (text is null)
        {
            query.Add(name, "query-missing", $"'{name}' is needed; the API reference has an example.");
        }

        return text;
    }

    private static LocalDate? Day(QueryReader query, string text)
    {
        var day = LocalDatePattern.Iso.Parse(text);
        if (day.Success)
        {
            return day.Value;
        }

        query.Add("from", "query-date", $"'from' must be a day like 2026-03-02, not '{InputFaults.Shorten(text)}'.");
        return null;
    }

    private static int? Number(QueryReader query, string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        query.Add("n", "query-number", $"'n' must be a whole number like 5 or -3, not '{InputFaults.Shorten(text)}'.");
        return null;
    }

    private static T? Noted<T>(QueryReader query, string name, Outcome<T> read)
        where T : struct
    {
        if (read.IsOk)
        {
            return read.Value;
        }

        query.Add(name, read.Problem.Code, read.Problem.Detail);
        return null;
    }
}
