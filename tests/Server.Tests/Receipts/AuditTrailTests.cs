using System.Net;
using System.Text;
using System.Text.Json;
using Cairn.Server.Tests.Ingest;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Receipts;

/// <summary><c>GET /v1/audit-trail</c>: the log as people read it.</summary>
public sealed class AuditTrailTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task It_shows_who_did_what_with_before_and_after()
    {
        var customer = await server.NewCustomer("Before Ltd");
        using var staff = server.Client(server.OperatorKey);
        using var patch = new HttpRequestMessage(HttpMethod.Patch, $"/v1/customers/{customer.Id}") { Content = Json("{\"name\":\"After Ltd\"}") };
        patch.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var patched = await staff.SendAsync(patch);
        patched.StatusCode.ShouldBe(HttpStatusCode.OK);
        var items = await Items(customer, "?kind=record");
        items.Select(item => item.GetProperty("action").GetString()).ShouldBe(["customer.created", "api-key.created", "customer.changed"]);
        items[2].GetProperty("before").GetProperty("name").GetString().ShouldBe("Before Ltd");
        items[2].GetProperty("after").GetProperty("name").GetString().ShouldBe("After Ltd");
        items[2].GetProperty("actor").GetProperty("id").GetString()!.ShouldStartWith("key_");
    }

    [Fact]
    public async Task Dates_come_from_the_query_or_from_a_body_whatever_its_content_type()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        await PostEventsTests.Post(client, PostEventsTests.PlainEvent("a", "1"));
        var today = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        (await Items(customer, $"?kind=event&date_from={today}&date_to={today}")).Count.ShouldBe(1);
        (await Items(customer, "?kind=event&date_from=2001-01-01&date_to=2001-12-31")).ShouldBeEmpty();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/audit-trail?kind=event")
        {
            Content = new StringContent("{\"date_from\":\"2001-01-01\",\"date_to\":\"2001-12-31\"}", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        using var answer = await client.SendAsync(request);
        (await PostEventsTests.Json(answer)).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("?date_from=yesterday", "date-invalid", "?date_from")]
    [InlineData("?date_from=2026-01-02&date_to=2026-01-01", "period-reversed", "?date_to")]
    [InlineData("?limit=0", "query-number", "?limit")]
    [InlineData("?order=sideways", "query-order", "?order")]
    [InlineData("?cursor=zzz", "cursor-invalid", "?cursor")]
    public async Task An_unreadable_question_names_its_fault(string query, string code, string pointer)
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        using var answer = await client.GetAsync("/v1/audit-trail" + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await PostEventsTests.Json(answer);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("faults")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
    }

    [Fact]
    public async Task Reading_it_is_one_entry_of_it_however_many_pages_are_read()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        for (var n = 0; n < 7; n++)
        {
            await PostEventsTests.Post(client, PostEventsTests.PlainEvent($"r{n}", "1"));
        }

        var seen = 0;
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await PostEventsTests.Json(await client.GetAsync($"/v1/audit-trail?limit=3&cursor={cursor}"));
            seen += page.GetProperty("items").GetArrayLength();
            cursor = page.GetProperty("next").GetString();
        }

        seen.ShouldBe(2 + 7);
        var reads = await Items(customer, "?kind=read");
        reads.Count.ShouldBe(1);
        reads[0].GetProperty("action").GetString().ShouldBe("audit-trail.read");
    }

    [Fact]
    public async Task Every_line_has_a_receipt_that_can_be_fetched()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        foreach (var item in await Items(customer, ""))
        {
            using var answer = await client.GetAsync(item.GetProperty("receipt").GetString());
            (await PostEventsTests.Json(answer)).GetProperty("log").GetProperty("index").GetInt64().ShouldBe(item.GetProperty("index").GetInt64());
        }
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private async Task<List<JsonElement>> Items(TestCustomer customer, string query)
    {
        using var client = server.Client(customer.Key);
        using var answer = await client.GetAsync("/v1/audit-trail" + query);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return [.. (await PostEventsTests.Json(answer)).GetProperty("items").EnumerateArray()];
    }
}
