using System.Net;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Customers;

/// <summary>What a customer's calendar works out over HTTP, with the public holidays that the build brought.</summary>
public sealed class CalendarQuestionsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Bavaria =
        """
        {"timeZone":"Europe/Berlin","week":{"monday":[{"from":"08:00","until":"12:00"},{"from":"13:00","until":"17:00"}],"tuesday":[{"from":"08:00","until":"16:00"}],
         "wednesday":[{"from":"08:00","until":"16:00"}],"thursday":[{"from":"08:00","until":"16:00"}],"friday":[{"from":"08:00","until":"14:00"}]},
         "closedDays":[{"date":"2026-12-24","name":"Stock taking"}],"holidays":{"country":"DE","region":"BY"}}
        """;

    private HttpClient Operator => server.Client(server.OperatorKey);

    [Fact]
    public async Task A_due_time_goes_past_named_holidays_and_shows_a_line_for_each_day()
    {
        var home = await Home();
        var due = await (await Operator.GetAsync(home + "/calendars/due?from=2026-12-23T15:00&add=2h")).Json();
        due.Text("local").ShouldBe("2026-12-28T09:00:00");
        due.Text("at").ShouldBe("2026-12-28T08:00:00.000Z");
        due.Text("timeZone").ShouldBe("Europe/Berlin");
        var derivation = due.GetProperty("derivation");
        derivation.Text("result").ShouldBe("Monday 2026-12-28 09:00 (Europe/Berlin)");
        derivation.GetProperty("steps").EnumerateArray().Select(step => step.Text("text")).ShouldBe(
        [
            "Wednesday 2026-12-23: 15:00 to 16:00", "Thursday 2026-12-24: closed, Stock taking", "Friday 2026-12-25: closed, Christmas Day",
            "Saturday 2026-12-26: closed, Boxing Day", "Sunday 2026-12-27: closed on Sundays", "Monday 2026-12-28: 08:00 to 09:00",
        ]);
        derivation.GetProperty("missing").GetArrayLength().ShouldBe(0);

        var day = await (await Operator.GetAsync(home + "/calendars/due?from=2026-03-02T07:00:00Z&add=1d")).Json();
        day.Text("local").ShouldBe("2026-03-02T17:00:00", "A business day is eight hours here, not 24.");
        day.GetProperty("derivation").GetProperty("inputs").EnumerateArray().ShouldContain(input => input.Text("name") == "1 d" && input.Text("value") == "8 h");
    }

    [Fact]
    public async Task Time_between_openings_and_business_days_are_answered_alike()
    {
        var home = await Home();
        var between = await (await Operator.GetAsync(home + "/calendars/between?from=2026-01-05T08:00&until=2026-01-07T08:00")).Json();
        between.GetProperty("seconds").GetInt64().ShouldBe(8 * 3600, "Epiphany is a holiday in Bavaria.");
        between.Text("text").ShouldBe("8 h");
        var next = await (await Operator.GetAsync(home + "/calendars/next-opening?at=2026-01-05T17:00")).Json();
        next.Text("local").ShouldBe("2026-01-07T08:00:00");
        var nth = await (await Operator.GetAsync(home + "/calendars/nth-business-day?from=2026-01-05&n=1")).Json();
        nth.Text("date").ShouldBe("2026-01-07");
        nth.GetProperty("derivation").GetProperty("steps").EnumerateArray().ShouldContain(step => step.Text("text") == "Tuesday 2026-01-06: closed, Epiphany");
    }

    [Fact]
    public async Task Without_a_calendar_the_standard_answers_in_the_customers_zone()
    {
        var home = $"/v1/customers/{(await server.NewCustomer(timeZone: "Asia/Tokyo")).Id}";
        (await (await Operator.GetAsync(home + "/calendars/due?from=2026-03-06T16:00&add=PT2H")).Json()).Text("local").ShouldBe("2026-03-09T10:00:00");
    }

    [Fact]
    public async Task Beyond_the_years_of_the_holidays_every_answer_says_so()
    {
        var home = await Home();
        var due = await (await Operator.GetAsync(home + "/calendars/due?from=2041-01-01T08:00&add=1h")).Json();
        due.GetProperty("derivation").GetProperty("missing").EnumerateArray().ShouldHaveSingleItem().GetString()!.ShouldStartWith("The public holidays of DE-BY in 2041 are not known (2015 to 2040 are)");
        var month = await (await Operator.GetAsync(home + "/calendar-days?month=2041-01")).Json();
        month.GetProperty("missing").GetArrayLength().ShouldBe(1);
        (await (await Operator.GetAsync(home + "/calendar-days?month=2026-01")).Json()).GetProperty("missing").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_month_shows_public_holidays_by_name()
    {
        var days = (await (await Operator.GetAsync(await Home() + "/calendar-days?month=2026-01")).Json()).GetProperty("items").EnumerateArray().ToDictionary(day => day.Text("date"));
        days["2026-01-06"].Text("why").ShouldBe("public-holiday");
        days["2026-01-06"].Text("name").ShouldBe("Epiphany");
        days["2026-01-07"].Text("why").ShouldBe("open");
    }

    [Theory]
    [InlineData("due?from=2026-03-06T16:00", HttpStatusCode.BadRequest, "query-missing")]
    [InlineData("due?from=soon&add=8h", HttpStatusCode.BadRequest, "query-time")]
    [InlineData("due?from=2026-03-06T16:00&add=soon", HttpStatusCode.BadRequest, "business-time-unusable")]
    [InlineData("due?from=soon&add=soon", HttpStatusCode.BadRequest, "query-invalid")]
    [InlineData("due?from=2026-03-06T16:00&add=9999999h", HttpStatusCode.UnprocessableEntity, "calendar-out-of-range")]
    [InlineData("due?from=1066-10-14T09:00&add=8h", HttpStatusCode.UnprocessableEntity, "calendar-out-of-range")]
    [InlineData("nth-business-day?from=2026-03-xx&n=1", HttpStatusCode.BadRequest, "query-date")]
    [InlineData("nth-business-day?from=2026-03-02&n=one", HttpStatusCode.BadRequest, "query-number")]
    [InlineData("nth-business-day?from=2026-03-02&n=2000000000", HttpStatusCode.UnprocessableEntity, "calendar-out-of-range")]
    public async Task A_question_that_cannot_be_answered_says_why(string question, HttpStatusCode status, string code) =>
        await (await Operator.GetAsync($"{await Home()}/calendars/{question}")).ShouldBeProblem(status, code);

    [Fact]
    public async Task The_list_of_countries_has_their_regions_and_says_whose_data_it_is()
    {
        var list = await (await Operator.GetAsync("/v1/holidays")).Json();
        list.GetProperty("items").GetArrayLength().ShouldBeGreaterThanOrEqualTo(40);
        list.Text("attribution").ShouldContain("Attribution-ShareAlike 3.0");
        var germany = (await (await Operator.GetAsync("/v1/holidays?country=DE")).Json()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        germany.Text("name").ShouldBe("Germany");
        germany.GetProperty("regions").EnumerateArray().ShouldContain(region => region.Text("code") == "BY" && region.Text("name") == "Bayern");
    }

    [Theory]
    [InlineData("""{"country":"QQ"}""", "/holidays/country holidays-unknown")]
    [InlineData("""{"country":"DE","region":"SCT"}""", "/holidays/region holidays-unknown")]
    public async Task A_calendar_takes_only_places_whose_holidays_are_known(string holidays, string fault)
    {
        var home = $"/v1/customers/{(await server.NewCustomer()).Id}";
        var body = """{"week":{"monday":[{"from":"09:00","until":"17:00"}]},"holidays":""" + holidays + "}";
        (await (await Operator.Put(home + "/calendars/2026-01-01", null, body)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "holidays-unknown")).Faults().ShouldBe([fault]);
    }

    private async Task<string> Home()
    {
        var home = $"/v1/customers/{(await server.NewCustomer(timeZone: "Europe/Berlin")).Id}";
        (await Operator.Put(home + "/calendars/2026-01-01", null, Bavaria)).EnsureSuccessStatusCode();
        return home;
    }
}
