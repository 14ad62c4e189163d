using System.Net;
using System.Text;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Customers;

public sealed class ClosedDayImportsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Calendar = """{"week":{"monday":[{"from":"09:00","until":"17:00"}]},"closedDays":[{"date":"2026-12-25","name":"Ours"}]}""";

    private const string File =
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261224\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY:Winter \r\n break\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    private HttpClient Operator => server.Client(server.OperatorKey);

    [Fact]
    public async Task A_file_is_previewed_then_imported_once_and_the_ledger_keeps_the_change()
    {
        var version = await Version();
        var preview = await (await Operator.PostText(version + "/closed-days/import-previews", File, "text/calendar")).Json();
        Days(preview, "added").ShouldBe(["2026-12-24 Winter break", "2026-12-26 Winter break"]);
        Days(preview, "kept").ShouldBe(["2026-12-25 Ours"]);

        await (await Post(version, null)).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
        await (await Post(version, "\"7\"")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        var imported = await Post(version, "\"1\"");
        imported.Headers.ETag!.Tag.ShouldBe("\"2\"");
        Days(await imported.Json(), "closedDays").ShouldBe(["2026-12-24 Winter break", "2026-12-25 Ours", "2026-12-26 Winter break"]);
        (await Post(version, "\"2\"")).Headers.ETag!.Tag.ShouldBe("\"2\"", "A second time nothing changes.");

        var trail = (await (await Operator.GetAsync($"/v1/audit-trail?kind=record&subject=2026-01-01&customer={version.Split('/')[3]}")).Json()).GetProperty("items").EnumerateArray().ToList();
        trail.Select(item => item.Text("action")).ShouldBe(["calendar.created", "calendar.changed"]);
    }

    [Fact]
    public async Task What_cannot_be_taken_is_refused_with_all_its_lines_and_nothing_is_changed()
    {
        var version = await Version();
        var path = version + "/closed-days/import-previews";
        const string faulty = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a\nDTSTART:20261224T090000Z\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261224\nSUMMARY:b\nRRULE:FREQ=DAILY\nEND:VEVENT\nEND:VCALENDAR\n";
        var problem = await (await Operator.PostText(path, faulty, "text/calendar")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "input-invalid");
        problem.Faults().ShouldBe(["/lines/4 ical-event-timed", "/lines/9 ical-rule-unusable"]);
        await (await Operator.PostText(path, File)).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "calendar-file-type");
        await (await Operator.PostText(path, "date,name\n", "text/calendar")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "ical-unreadable");
        await (await Operator.PostText(path, new string('x', (1024 * 1024) + 1), "text/calendar")).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "calendar-file-too-large");
        await (await Operator.PostBytes(path, Encoding.Latin1.GetBytes(File.Replace("Winter", "Trêve", StringComparison.Ordinal)), "text/calendar")).ShouldBeProblem(HttpStatusCode.BadRequest, "calendar-file-encoding");
        await (await Operator.PostText(version[..^10] + "2027-01-01/closed-days/import-previews", File, "text/calendar")).ShouldBeProblem(HttpStatusCode.NotFound, "calendar-not-found");
        (await (await Operator.GetAsync(version[..^11])).Json()).GetProperty("items")[0].GetProperty("version").GetInt64().ShouldBe(1);
    }

    private static IEnumerable<string> Days(System.Text.Json.JsonElement body, string member) =>
        body.GetProperty(member).EnumerateArray().Select(day => $"{day.Text("date")} {day.Text("name")}");

    private async Task<HttpResponseMessage> Post(string version, string? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, version + "/closed-days/imports") { Content = new StringContent(File, Encoding.UTF8, "text/calendar") };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        return await Operator.SendAsync(request);
    }

    private async Task<string> Version()
    {
        var version = $"/v1/customers/{(await server.NewCustomer()).Id}/calendars/2026-01-01";
        (await Operator.Put(version, null, Calendar)).EnsureSuccessStatusCode();
        return version;
    }
}
