using System.Text;
using System.Text.Unicode;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;
using Cairn.Server.Platform;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Customers.Calendars;

/// <summary>What an iCalendar file would add to a version of a calendar.</summary>
/// <param name="Added">The days that would become closed days, in order.</param>
/// <param name="Kept">Days of the file that are closed already, with the name that stays.</param>
internal sealed record ClosedDayPreviewBody(IReadOnlyList<ClosedDayBody> Added, IReadOnlyList<ClosedDayBody> Kept)
{
    public static Outcome<ClosedDayPreviewBody> Of(CustomerCalendar calendar, IReadOnlyList<ClosedDay> read)
    {
        if (calendar.WithClosedDays(read).Problem is { } problem)
        {
            return problem;
        }

        var known = calendar.ClosedDays.ToDictionary(day => day.Date);
        return new ClosedDayPreviewBody(
            [.. read.Where(day => !known.ContainsKey(day.Date)).Select(ClosedDayBody.Of)],
            [.. read.Where(day => known.ContainsKey(day.Date)).Select(day => ClosedDayBody.Of(known[day.Date]))]);
    }
}

/// <summary>Takes over closed days from iCalendar files.</summary>
internal static class ClosedDayImportsEndpoints
{
    private const string CalendarType = "text/calendar";

    private const string Meaning =
        "An iCalendar file (RFC 5545). All-day events from the version's first day on are taken, also of several days, and yearly ones for ten years; anything that would be misread is refused with its line.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var version = routes.MapGroup("/v1/customers/{customer}/calendars/{valid_from}/closed-days").WithTags("Calendars").RequirePolicy(Policies.EditCustomers);
        version.MapPost("/import-previews", Preview)
            .WithName("PreviewClosedDays").WithSummary("See which closed days an iCalendar file would add; nothing is changed")
            .TakesBody(Meaning, true, CalendarType).TakesPath("valid_from", CalendarsEndpoints.DayPath)
            .Produces<ClosedDayPreviewBody>().Refuses(400, 404, 409, 413, 415, 422);
        version.MapPost("/imports", Import)
            .WithName("ImportClosedDays").WithSummary("Add the days of an iCalendar file to a version of the calendar")
            .WithDescription("A day that is closed already keeps its name, so that importing a file twice changes nothing.")
            .TakesBody(Meaning, true, CalendarType).TakesPath("valid_from", CalendarsEndpoints.DayPath).TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces<CalendarBody>().Refuses(400, 404, 409, 412, 413, 415, 422, 428);
    }

    private static async Task<IResult> Preview(HttpContext context, string valid_from, Database database)
    {
        var place = await Place(context, valid_from);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        var (customer, from) = place.Value;
        if (await database.ForCustomer(customer, work => CalendarsStore.Find(work, customer, from), context.RequestAborted) is not { } row)
        {
            return ProblemResults.From(CustomersProblems.CalendarNotFound);
        }

        var days = await Read(context, from);
        var preview = days.IsOk ? ClosedDayPreviewBody.Of(row.ToCalendar(), days.Value) : days.Problem;
        return preview.IsOk ? TypedResults.Ok(preview.Value) : ProblemResults.From(preview.Problem);
    }

    private static async Task<IResult> Import(HttpContext context, string valid_from, ChangeCalendars change)
    {
        var place = await Place(context, valid_from);
        var version = IfMatch.Read(context.Request);
        if (!place.IsOk || !version.IsOk)
        {
            return ProblemResults.From((place.Problem ?? version.Problem)!);
        }

        var (customer, from) = place.Value;
        var days = await Read(context, from);
        var written = days.IsOk
            ? await change.AddClosedDays(new ChangeCalendars.RecordVersion(customer, from, version.Value), days.Value, context.Caller().Actor, context.RequestAborted)
            : days.Problem;
        if (!written.IsOk)
        {
            return ProblemResults.From(written.Problem);
        }

        IfMatch.Show(context, written.Value.Row.Version);
        return TypedResults.Ok(new CalendarBody(written.Value.Row));
    }

    private static async Task<Outcome<(CustomerId Customer, LocalDate From)>> Place(HttpContext context, string validFrom)
    {
        var customer = await CustomerScope.Resolve(context);
        var day = LocalDatePattern.Iso.Parse(validFrom);
        return !customer.IsOk ? customer.Problem : !day.Success ? CustomersProblems.CalendarNotFound : (customer.Value, day.Value);
    }

    private static async Task<Outcome<IReadOnlyList<ClosedDay>>> Read(HttpContext context, LocalDate from)
    {
        if (!Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals(CalendarType, StringComparison.OrdinalIgnoreCase))
        {
            return CustomersProblems.CalendarFileType(context.Request.ContentType);
        }

        var body = new byte[ClosedDayFile.MostCharacters + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        return length > ClosedDayFile.MostCharacters ? CustomersProblems.CalendarFileTooLarge
            : !Utf8.IsValid(body.AsSpan(0, length)) ? CustomersProblems.CalendarFileEncoding
            : ClosedDayFile.Read(Encoding.UTF8.GetString(body, 0, length), from);
    }
}
