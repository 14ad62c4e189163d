using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Customers;

public sealed class CustomersApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Full =
        """
        {"name":"Größe & Söhne","industry":"Retail","vertical":"e-commerce","plan":"Enterprise","slaTier":"Enterprise","stage":"adoption",
         "timeZone":"Europe/London","acv":{"amount":"12.3450","currency":"GBP"},"contractStart":"2026-03-02","contractEnd":"2027-03-01",
         "renewalDate":"2027-02-01","paymentTerms":"annual, net 30","tags":["pilot","uk"],"customFields":{"seats":12,"share":0.5,"vip":true,"note":"x"}}
        """;

    private HttpClient Operator => server.Client(server.OperatorKey);

    [Fact]
    public async Task A_customer_is_recorded_as_it_was_sent_and_its_secret_is_shown_once()
    {
        var answer = await Operator.PostText("/v1/customers", Full);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var made = await answer.Json();
        made.Text("receiptSecret").ShouldStartWith("rcs_");
        answer.Headers.Location!.ToString().ShouldBe("/v1/customers/" + made.Text("id"));
        answer.Headers.ETag!.Tag.ShouldBe("\"1\"");

        var read = await (await Operator.GetAsync(answer.Headers.Location)).Json();
        using var sent = JsonDocument.Parse(Full);
        foreach (var member in sent.RootElement.EnumerateObject())
        {
            JsonElement.DeepEquals(read.GetProperty(member.Name), member.Value).ShouldBeTrue(member.Name);
        }

        read.TryGetProperty("receiptSecret", out _).ShouldBeFalse();
        read.GetProperty("version").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_name_is_enough()
    {
        var made = await (await Operator.PostText("/v1/customers", """{"name":"Acme"}""")).Json();
        made.Text("timeZone").ShouldBe("UTC");
        made.Text("stage").ShouldBe("onboarding");
        made.GetProperty("acv").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task All_faults_are_told_at_once_with_their_places()
    {
        const string faulty = """{"vertical":"x","timeZone":"Mars","acv":{"amount":12,"currency":"gbp"},"tags":["ok",3],"customFields":{"a":{}},"contractStart":5,"vertcal":"e-commerce"}""";
        var answer = await Operator.PostText("/v1/customers", faulty);

        (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults().Order().ShouldBe(
            new[]
            {
                "/acv/amount member-type", "/acv/currency currency-unusable", "/contractStart member-type", "/customFields/a member-type", "/name member-missing",
                "/tags/1 member-type", "/timeZone zone-unknown", "/vertcal member-unknown", "/vertical vertical-unknown",
            }.Order());
    }

    [Fact]
    public async Task A_value_that_is_not_acceptable_is_unprocessable() =>
        await (await Operator.PostText("/v1/customers", """{"name":"Acme","plan":"Gold"}""")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "plan-unknown");

    [Theory]
    [InlineData("", "json-malformed")]
    [InlineData("[]", "json-malformed")]
    [InlineData("null", "json-malformed")]
    [InlineData("{\"name\":\"Acme\"", "json-malformed")]
    [InlineData("{\"name\":\"Acme\",\"name\":\"Other\"}", "json-malformed")]
    [InlineData("{\"name\":\"a\\u0000b\"}", "text-unusable")]
    [InlineData("{\"name\":\"\\ud800\"}", "text-unusable")]
    [InlineData("{\"name\":{\"$ne\":1}}", "member-type")]
    public async Task Bad_input_is_refused_and_nothing_is_stored(string body, string code)
    {
        var before = await Count();
        var answer = await Operator.PostText("/v1/customers", body);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
        await answer.ShouldBeProblem(answer.StatusCode, code);
        (await Count()).ShouldBe(before);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_another_type_and_a_huge_body_are_refused()
    {
        await (await Operator.PostBytes("/v1/customers", [.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8])).ShouldBeProblem(HttpStatusCode.BadRequest, "json-malformed");
        await (await Operator.PostText("/v1/customers", "name=Acme", "application/x-www-form-urlencoded")).ShouldBeProblem(HttpStatusCode.UnsupportedMediaType, "media-type-unsupported");
        await (await Operator.PostText("/v1/customers", $$"""{"name":"{{new string('x', 300_000)}}"}""")).ShouldBeProblem(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        await (await Operator.PostText("/v1/customers", new string('[', 100_000))).ShouldBeProblem(HttpStatusCode.BadRequest, "json-malformed");
    }

    [Fact]
    public async Task The_list_goes_page_by_page_and_finds_by_name()
    {
        var word = "w" + Guid.NewGuid().ToString("N")[..8];
        foreach (var name in new[] { $"One {word}", $"Two {word.ToUpperInvariant()}", "100%_" + word })
        {
            await server.NewCustomer(name);
        }

        var first = await (await Operator.GetAsync($"/v1/customers?q={word}&limit=2")).Json();
        var second = await (await Operator.GetAsync($"/v1/customers?q={word}&limit=2&cursor={first.Text("next")}")).Json();
        Names(first).ShouldBe([$"One {word}", $"Two {word.ToUpperInvariant()}"]);
        Names(second).ShouldBe(["100%_" + word]);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        Names(await (await Operator.GetAsync("/v1/customers?q=%25_" + word)).Json()).ShouldBe(["100%_" + word]);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=x")]
    [InlineData("limit=201")]
    [InlineData("cursor=%2A")]
    [InlineData("cursor=bm9uc2Vuc2U")]
    public async Task A_query_that_cannot_be_read_is_refused(string query) =>
        (await Operator.GetAsync("/v1/customers?" + query)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_customers_own_key_sees_only_itself_and_not_how_it_is_filed()
    {
        var other = await server.NewCustomer("Other");
        var made = await (await Operator.PostText("/v1/customers", Full)).Json();
        TypedId.TryParse<CustomerId>(made.Text("id"), out var id).ShouldBeTrue();
        using var client = server.Client(await server.NewKey(id, Scopes.All));

        var listed = await (await client.GetAsync("/v1/customers")).Json();
        var own = listed.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        own.Text("id").ShouldBe(made.Text("id"));
        own.GetProperty("stage").ValueKind.ShouldBe(JsonValueKind.Null);
        own.GetProperty("tags").GetArrayLength().ShouldBe(0);
        own.GetProperty("customFields").EnumerateObject().ShouldBeEmpty();

        await (await client.GetAsync("/v1/customers/" + other.Id)).ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
        await (await client.PostText("/v1/customers", Full)).ShouldBeProblem(HttpStatusCode.Forbidden, "operator-required");
        await (await Patch(client, made.Text("id"), "\"1\"", "{}")).ShouldBeProblem(HttpStatusCode.Forbidden, "operator-required");
    }

    [Fact]
    public async Task A_change_names_its_version_and_the_ledger_keeps_what_changed()
    {
        var id = (await (await Operator.PostText("/v1/customers", Full)).Json()).Text("id");

        var answer = await Patch(Operator, id, "\"1\"", """{"plan":"Starter","acv":null,"tags":["uk"],"name":"Größe & Söhne"}""");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        answer.Headers.ETag!.Tag.ShouldBe("\"2\"");
        var changed = await answer.Json();
        changed.Text("plan").ShouldBe("Starter");
        changed.GetProperty("acv").ValueKind.ShouldBe(JsonValueKind.Null);
        changed.Text("vertical").ShouldBe("e-commerce");
        changed.GetProperty("version").GetInt64().ShouldBe(2);

        var entry = (await Entries(id)).Single(one => one.Type == "customer.changed").Data;
        entry.GetProperty("before").GetRawText().ShouldBe("""{"acv":{"amount":"12.3450","currency":"GBP"},"plan":"Enterprise","tags":["pilot","uk"]}""");
        entry.GetProperty("after").GetRawText().ShouldBe("""{"acv":null,"plan":"Starter","tags":["uk"]}""");
        entry.GetProperty("actor").Text("kind").ShouldBe("api-key");
    }

    [Fact]
    public async Task A_change_that_changes_nothing_keeps_the_version_and_writes_no_entry()
    {
        var id = (await (await Operator.PostText("/v1/customers", Full)).Json()).Text("id");
        var before = (await Entries(id)).Count;

        (await (await Patch(Operator, id, "1", Full)).Json()).GetProperty("version").GetInt64().ShouldBe(1);
        (await Entries(id)).Count.ShouldBe(before);
    }

    [Fact]
    public async Task A_change_without_version_with_an_old_one_or_with_faults_is_refused()
    {
        var id = (await server.NewCustomer()).Id;

        await (await Patch(Operator, id, null, """{"plan":"Starter"}""")).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
        await (await Patch(Operator, id, "\"x\"", """{"plan":"Starter"}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "version-malformed");
        var lost = await (await Patch(Operator, id, "\"7\"", """{"plan":"Starter"}""")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        lost.GetProperty("version").GetInt64().ShouldBe(1);
        (await (await Patch(Operator, id, "\"1\"", """{"name":null,"plan":"Gold","x":1}""")).ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults()
            .ShouldBe(["/x member-unknown", "/name member-missing", "/plan plan-unknown"], ignoreOrder: true);
        await (await Patch(Operator, new CustomerId(Guid.CreateVersion7()).ToString(), "\"1\"", "{}")).ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
    }

    [Fact]
    public async Task Of_many_changes_of_one_version_exactly_one_wins()
    {
        var id = (await server.NewCustomer()).Id;

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Patch(Operator, id, "\"1\"", $$"""{"industry":"i{{number}}"}""")));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed).ShouldBe(7);
        (await Entries(id)).Count(one => one.Type == "customer.changed").ShouldBe(1);
    }

    [Fact]
    public async Task The_record_of_a_new_customer_is_the_first_entry_of_its_log()
    {
        var customer = await server.NewCustomer("Acme");
        var first = (await Entries(customer.Id))[0];
        first.Type.ShouldBe("customer.created");
        first.Data.GetProperty("after").Text("name").ShouldBe("Acme");
        first.Data.GetProperty("before").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    private static IEnumerable<string> Names(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.Text("name"));

    private static Task<HttpResponseMessage> Patch(HttpClient client, string customer, string? version, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, "/v1/customers/" + customer) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/merge-patch+json")) };
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return client.SendAsync(request);
    }

    private Task<long> Count() => server.Database.ForOperator(work => work.Single<long>("select count(*) from customers_customers"));

    private async Task<IReadOnlyList<(string Type, JsonElement Data)>> Entries(string customer)
    {
        TypedId.TryParse<CustomerId>(customer, out var id).ShouldBeTrue();
        var rows = await server.Database.ForCustomer(id, work => work.List<(string Type, string Data)>(
            "select transaction_type, convert_from(data_raw, 'UTF8') from ledger_entries where customer_id = @id order by log_index", new { id = id.Value }));
        return [.. rows.Select(row => (row.Type, JsonDocument.Parse(row.Data).RootElement))];
    }
}
