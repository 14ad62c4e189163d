using System.Net;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Customers;

public sealed class CalendarsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Shop =
        """
        {"timeZone":"Europe/London","week":{"monday":[{"from":"09:00","until":"12:30"},{"from":"13:30","until":"24:00"}],"saturday":[{"from":"00:00","until":"24:00"}]},
         "closedDays":[{"date":"2026-03-16","name":"Stock taking"}],"holidays":{"country":"GB","region":"SCT"}}
        """;

    private HttpClient Operator => server.Client(server.OperatorKey);

    [Fact]
    public async Task A_calendar_holds_from_its_day_and_the_month_says_what_is_open_and_why_not()
    {
        var home = await Home();
        var made = await Operator.Put($"{home}/calendars/2026-03-09", null, Shop);
        made.StatusCode.ShouldBe(HttpStatusCode.Created, await made.Content.ReadAsStringAsync());
        made.Headers.ETag!.Tag.ShouldBe("\"1\"");

        var days = (await (await Operator.GetAsync(home + "/calendar-days?month=2026-03")).Json()).GetProperty("items").EnumerateArray().ToDictionary(day => day.Text("date"));
        days.Count.ShouldBe(31);
        days["2026-03-02"].Text("why").ShouldBe("open");
        days["2026-03-02"].GetProperty("validFrom").ValueKind.ShouldBe(JsonValueKind.Null, "The standard holds before the first version.");
        days["2026-03-09"].GetProperty("opening").EnumerateArray().Select(one => $"{one.Text("from")}-{one.Text("until")}").ShouldBe(["09:00-12:30", "13:30-24:00"]);
        days["2026-03-10"].Text("why").ShouldBe("weekday");
        days["2026-03-14"].Text("why").ShouldBe("open");
        days["2026-03-16"].Text("why").ShouldBe("closed-day");
        days["2026-03-16"].Text("name").ShouldBe("Stock taking");
        (await (await Operator.GetAsync(home + "/calendar-days")).Json()).GetProperty("items").GetArrayLength().ShouldBeInRange(28, 31);
        await (await Operator.GetAsync(home + "/calendar-days?month=March")).ShouldBeProblem(HttpStatusCode.BadRequest, "query-month");
    }

    [Fact]
    public async Task A_version_is_changed_and_removed_by_whoever_names_it_and_the_ledger_keeps_both()
    {
        var home = await Home();
        var address = home + "/calendars/2026-03-09";
        await Operator.Put(address, null, Shop);
        await (await Operator.Put(address, null, Shop)).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
        await (await Operator.Put(address, "\"3\"", Shop)).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        (await Operator.Put(address, "\"1\"", Shop)).Headers.ETag!.Tag.ShouldBe("\"1\"", "Nothing changed.");
        var changed = await Operator.Put(address, "\"1\"", """{"week":{"friday":[{"from":"10:00","until":"11:00"}]}}""");
        (await changed.Json()).Text("timeZone").ShouldBe("Asia/Tokyo", "The customer's own zone.");
        (await (await Operator.GetAsync(home + "/calendars")).Json()).GetProperty("items").GetArrayLength().ShouldBe(1);

        await (await Operator.Delete(address, "\"1\"")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        (await Operator.Delete(address, "\"2\"")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await Operator.Delete(address, "\"2\"")).ShouldBeProblem(HttpStatusCode.NotFound, "calendar-not-found");
        await (await Operator.Delete(home + "/calendars/never", "\"2\"")).ShouldBeProblem(HttpStatusCode.NotFound, "calendar-not-found");
        var trail = (await (await Operator.GetAsync($"/v1/audit-trail?kind=record&subject=2026-03-09&customer={home.Split('/')[3]}")).Json()).GetProperty("items").EnumerateArray().ToList();
        trail.Select(item => item.Text("action")).ShouldBe(["calendar.created", "calendar.changed", "calendar.removed"]);
        trail[1].GetProperty("before").GetProperty("week").GetProperty("monday").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Faults_of_shape_and_of_meaning_come_together()
    {
        const string faulty =
            """
            {"week":{"monday":{"from":"09:00"},"tuesday":["nine"],"friday":[{"from":9,"until":"17:00","note":"x"}]},"closedDays":"none",
             "holidays":{"country":"GB","town":"Leith"},"open":true}
            """;
        var problem = await (await Operator.Put(await Home() + "/calendars/2026-02-30", null, faulty)).ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid");
        problem.Faults().Order().ShouldBe(
            new[]
            {
                "/closedDays member-type", "/holidays/town member-unknown", "/open member-unknown", "/validFrom date-unusable", "/week/friday/0/from member-type",
                "/week/friday/0/note member-unknown", "/week/monday member-type", "/week/tuesday/0 member-type",
            }.Order());
    }

    [Fact]
    public async Task A_customer_takes_a_bounded_number_of_versions()
    {
        var home = await Home();
        TypedId.TryParse<CustomerId>(home.Split('/')[3], out var customer).ShouldBeTrue();
        await server.Database.ForOperator(work => work.Execute(
            """
            insert into customers_calendars (customer_id, valid_from, time_zone, week, closed_days, changed_at, changed_by, version)
            select @customer, date '2020-01-01' + n, 'UTC', '[[],[],[],[],[],[],[]]', '[]', now(), 'test', 1 from generate_series(1, 100) n
            """,
            new { customer = customer.Value }));
        await (await Operator.Put(home + "/calendars/2026-03-09", null, Shop)).ShouldBeProblem(HttpStatusCode.Conflict, "too-many-records");
    }

    private async Task<string> Home() => $"/v1/customers/{(await server.NewCustomer(timeZone: "Asia/Tokyo")).Id}";
}
