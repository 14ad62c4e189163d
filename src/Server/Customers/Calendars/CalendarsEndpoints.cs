using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Customers.Calendars;

/// <summary>Customers' calendars over HTTP.</summary>
internal static class CalendarsEndpoints
{
    public const string DayPath = "The first day on which the version holds, as 2026-03-02.";

    private static readonly YearMonthPattern Months = YearMonthPattern.Iso;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var customer = routes.MapGroup("/v1/customers/{customer}").WithTags("Calendars");
        customer.MapGet("/calendars", List).RequirePolicy(Policies.ReadCustomers)
            .WithName("ListCalendars").WithSummary("All versions of a customer's business calendar, the latest first, and what holds before them")
            .Produces<CalendarsBody>().Refuses(404);
        customer.MapPut("/calendars/{valid_from}", Put).RequirePolicy(Policies.EditCustomers)
            .WithName("PutCalendar").WithSummary("Write the version that holds from a day on; one that exists takes If-Match")
            .WithDescription("Hours are on the clock of timeZone. Several intervals a day, until 24:00; 00:00 to 24:00 on every day is round the clock. Hours past midnight belong to the next day.")
            .TakesJson(typeof(WriteCalendarBody), "The whole calendar; only 'week' is required.")
            .TakesPath("valid_from", DayPath).MayTakeHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces<CalendarBody>().Produces<CalendarBody>(StatusCodes.Status201Created).Refuses(400, 404, 409, 412, 413, 415, 422, 428);
        customer.MapDelete("/calendars/{valid_from}", Remove).RequirePolicy(Policies.EditCustomers)
            .WithName("RemoveCalendar").WithSummary("Remove a version: the one before it holds on")
            .TakesPath("valid_from", DayPath).TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 412, 428);
        customer.MapGet("/calendar-days", Days).RequirePolicy(Policies.ReadCustomers)
            .WithName("ListCalendarDays").WithSummary("Which days of a month are open, when, and why not")
            .WithDescription("By the versions of the calendar and the public holidays of its country or region. Where those of the year are not known, 'missing' says so.")
            .TakesQuery("month", "As 2026-03; this month where the customer is when absent.")
            .Produces<CalendarMonthBody>().Refuses(400, 404);
    }

    private static async Task<IResult> List(HttpContext context, Database database, ICustomerLookup customers)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var zone = await customers.ZoneOf(customer.Value, context.RequestAborted);
        var rows = await database.ForCustomer(customer.Value, work => CalendarsStore.List(work, customer.Value), context.RequestAborted);
        return TypedResults.Ok(new CalendarsBody([.. rows.Select(row => new CalendarBody(row))], RecordedCalendar.Of(CustomerCalendar.Standard(zone.Id))));
    }

    private static async Task<IResult> Put(HttpContext context, string valid_from, ChangeCalendars change)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var draft = CalendarInput.Read(input, valid_from);
        var written = await change.Put(customer.Value, draft, IfMatch.Read(context.Request), context.Caller().Actor, input.Faults, context.RequestAborted);
        if (!written.IsOk)
        {
            return ProblemResults.From(written.Problem);
        }

        IfMatch.Show(context, written.Value.Row.Version);
        var shown = new CalendarBody(written.Value.Row);
        return written.Value.IsNew ? TypedResults.Created($"/v1/customers/{customer.Value}/calendars", shown) : TypedResults.Ok(shown);
    }

    private static async Task<IResult> Remove(HttpContext context, string valid_from, ChangeCalendars change)
    {
        var customer = await CustomerScope.Resolve(context);
        var version = IfMatch.Read(context.Request);
        if (!customer.IsOk || !version.IsOk)
        {
            return ProblemResults.From((customer.Problem ?? version.Problem)!);
        }

        var day = LocalDatePattern.Iso.Parse(valid_from);
        var problem = day.Success
            ? await change.Remove(customer.Value, day.Value, version.Value, context.Caller().Actor, context.RequestAborted)
            : CustomersProblems.CalendarNotFound;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Days(HttpContext context, Database database, IBusinessCalendars calendars, Clock clock)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var calendar = await database.ForCustomer(customer.Value, work => calendars.Of(work, customer.Value), context.RequestAborted);
        var query = new QueryReader(context.Request);
        var month = clock.Now.InZone(calendar.ZoneAt(clock.Now)).Date.ToYearMonth();
        if (query.Text("month") is { } text)
        {
            var read = Months.Parse(text);
            if (!read.Success || read.Value.Year is < 1900 or > 9998)
            {
                query.Add("month", "query-month", $"'month' must be a month like 2026-03, not '{InputFaults.Shorten(text)}'.");
                return ProblemResults.From(query.Problem!);
            }

            month = read.Value;
        }

        var (first, last) = (month.ToDateInterval().Start, month.ToDateInterval().End);
        var days = month.ToDateInterval().Select(date => CalendarDayBody.Of(calendar.Day(date))).ToList();
        return TypedResults.Ok(new CalendarMonthBody(days, null, calendar.Unknown(first, last)));
    }
}
