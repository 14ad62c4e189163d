using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Ingest;

/// <summary><c>POST /v1/events</c> through real HTTP: each form, each answer.</summary>
public sealed class PostEventsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Plain = "application/json";
    private const string CloudEvent = "application/cloudevents+json";
    private const string Batch = "application/cloudevents-batch+json";
    private const string Lines = "application/x-ndjson";

    [Fact]
    public async Task A_new_event_answers_201_with_its_receipt_and_where_to_find_it()
    {
        using var client = await NewClient();
        using var answer = await Post(client, PlainEvent("evt/1 %", "{\"sku\":\"A\"}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        answer.Headers.Location!.OriginalString.ShouldBe("/v1/receipts/evt%2F1%20%25?source=api");
        var receipt = await Json(answer);
        receipt.GetProperty("event_id").GetString().ShouldBe("evt/1 %");
        (await client.GetStringAsync(answer.Headers.Location)).ShouldBe(receipt.GetRawText());
    }

    [Fact]
    public async Task A_repeat_answers_200_with_the_original_receipt_byte_for_byte()
    {
        using var client = await NewClient();
        var first = await (await Post(client, PlainEvent("r", "{\"n\": 1.50}"))).Content.ReadAsByteArrayAsync();
        using var again = await Post(client, PlainEvent("r", "{\"n\": 1.50}"));
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsByteArrayAsync()).ShouldBe(first);
    }

    [Theory]
    [InlineData("{\"n\":1.5}", "2026-01-19T10:35:22Z", "sku_update", "data")]
    [InlineData("{\"n\":1.50 }", "2026-01-19T10:35:22Z", "sku_update", "data")]
    [InlineData("{\"n\":1.50}", "2026-01-19T10:35:23Z", "sku_update", "time")]
    [InlineData("{\"n\":1.50}", "2026-01-19T10:35:22Z", "sku_move", "type")]
    public async Task The_same_id_with_anything_else_is_a_conflict_with_both_hashes(string data, string time, string type, string difference)
    {
        using var client = await NewClient();
        await Post(client, PlainEvent("c", "{\"n\":1.50}"));
        using var answer = await Post(client, PlainEvent("c", data, time, type));
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await Json(answer);
        problem.GetProperty("code").GetString().ShouldBe("event-id-conflict");
        problem.GetProperty("differences")[0].GetString().ShouldBe(difference);
        problem.GetProperty("recordedDataSha256").GetString()!.Length.ShouldBe(64);
        (problem.GetProperty("recordedDataSha256").GetString() == problem.GetProperty("givenDataSha256").GetString()).ShouldBe(difference != "data");
    }

    [Fact]
    public async Task The_same_instant_in_another_zone_is_the_same_time()
    {
        using var client = await NewClient();
        await Post(client, PlainEvent("z", "1", "2026-01-19T10:35:22Z"));
        using var answer = await Post(client, PlainEvent("z", "1", "2026-01-19T11:35:22.000+01:00"));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_sources_may_use_one_id_and_the_receipt_says_which_is_meant()
    {
        using var client = await NewClient();
        await Post(client, Structured("s", "/a"), CloudEvent);
        await Post(client, Structured("s", "/b"), CloudEvent);
        using var ambiguous = await client.GetAsync("/v1/receipts/s");
        ambiguous.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await Json(ambiguous)).GetProperty("code").GetString().ShouldBe("event-id-ambiguous");
        using var chosen = await client.GetAsync("/v1/receipts/s?source=%2Fb");
        (await Json(chosen)).GetProperty("source").GetString().ShouldBe("/b");
    }

    [Fact]
    public async Task Binary_mode_takes_any_content_type_and_decodes_its_headers_once()
    {
        using var client = await NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent([0xff, 0x00, 0x7f]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        foreach (var (name, value) in new[] { ("ce-specversion", "1.0"), ("ce-id", "caf%C3%A9%2541 50%"), ("ce-source", "/pos/1"), ("ce-type", "scan"), ("ce-subject", "SKU-9") })
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var receipt = await Json(answer);
        receipt.GetProperty("event_id").GetString().ShouldBe("café%41 50%");
        receipt.GetProperty("data").ValueKind.ShouldBe(JsonValueKind.Null);
        receipt.GetProperty("data_raw").GetBytesFromBase64().ShouldBe([0xff, 0x00, 0x7f]);
    }

    [Fact]
    public async Task Structured_and_binary_forms_of_one_event_are_the_same_event()
    {
        using var client = await NewClient();
        await Post(client, Structured("same", "/s", ",\"data\":{\"a\": 1}"), CloudEvent + "; charset=utf-8");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent("{\"a\": 1}", Encoding.UTF8, Plain) };
        request.Headers.Add("ce-specversion", "1.0");
        request.Headers.Add("ce-id", "same");
        request.Headers.Add("ce-source", "/s");
        request.Headers.Add("ce-type", "t");
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_batch_answers_each_element_in_order_and_207_when_one_is_refused()
    {
        using var client = await NewClient();
        var body = $"[{Structured("b1", "/s")},{Structured("", "/s")},{Structured("b1", "/s")},{Structured("b1", "/s", ",\"data\":2")}]";
        using var answer = await Post(client, body, Batch);
        answer.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
        var items = (await Json(answer)).EnumerateArray().ToList();
        items.Select(item => item.GetProperty("status").GetInt32()).ShouldBe([201, 400, 200, 409]);
        items.Select(item => item.GetProperty("index").GetInt32()).ShouldBe([0, 1, 2, 3]);
        items[0].GetProperty("receipt").GetRawText().ShouldBe(items[2].GetProperty("receipt").GetRawText());
        using var fine = await Post(client, $"[{Structured("b2", "/s")}]", Batch);
        fine.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stream_is_recorded_by_lines_and_its_receipts_can_be_read_together()
    {
        using var client = await NewClient();
        const int count = 2_345;
        var lines = string.Join('\n', Enumerable.Range(0, count).Select(n => Structured($"n{n}", "/s", $",\"data\":{n}"))) + "\n\nbroken\n";
        using var answer = await Post(client, lines, Lines);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var result = await Json(answer);
        result.GetProperty("accepted").GetInt32().ShouldBe(count);
        result.GetProperty("rejected").GetInt32().ShouldBe(1);
        result.GetProperty("faults")[0].GetProperty("line").GetInt32().ShouldBe(count + 2);
        using var again = await Post(client, lines, Lines);
        var second = await Json(again);
        second.GetProperty("accepted").GetInt32().ShouldBe(0);
        second.GetProperty("repeated").GetInt32().ShouldBe(count);
        var receipts = await client.GetStringAsync($"/v1/batches/{second.GetProperty("batch").GetString()}/receipts");
        receipts.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event_id").GetString())
            .ShouldBe(Enumerable.Range(0, count).Select(n => $"n{n}"));
    }

    [Fact]
    public async Task A_broken_stream_keeps_the_whole_lines_that_came()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        var lines = string.Concat(Enumerable.Range(0, 1_500).Select(n => Structured($"k{n}", "/s") + "\n"));
        var head = $"POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {customer.Key}\r\nContent-Type: {Lines}\r\nContent-Length: {lines.Length + 100_000}\r\n\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + lines));
        await socket.GetStream().FlushAsync();
        await Eventually.Holds(async () => (await Count(client)) >= 1_000);
        socket.Close();
        await Eventually.Holds(async () => (await Count(client)) == 1_500);
        using var retry = await Post(client, lines, Lines);
        var result = await Json(retry);
        (result.GetProperty("accepted").GetInt32(), result.GetProperty("repeated").GetInt32()).ShouldBe((0, 1_500));
    }

    [Fact]
    public async Task A_late_event_is_accepted_and_marked_in_its_receipt_and_in_the_list()
    {
        using var client = await NewClient();
        var late = await Json(await Post(client, PlainEvent("late", "1", "2010-12-01T08:26:00Z")));
        late.GetProperty("system_metadata").GetProperty("late").GetBoolean().ShouldBeTrue();
        await Post(client, Structured("on-time", "/s"), CloudEvent);
        var listed = await Json(await client.GetAsync("/v1/events?late=true"));
        listed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("eventId").GetString()).ShouldBe(["late"]);
    }

    [Fact]
    public async Task The_list_pages_through_everything_once_in_both_directions()
    {
        using var client = await NewClient();
        await Post(client, "[" + string.Join(',', Enumerable.Range(0, 25).Select(n => Structured($"p{n}", "/s"))) + "]", Batch);
        foreach (var order in new[] { "asc", "desc" })
        {
            var seen = new List<string>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await Json(await client.GetAsync($"/v1/events?limit=10&order={order}&cursor={cursor}"));
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("eventId").GetString()!));
                cursor = page.GetProperty("next").GetString();
            }

            seen.ShouldBe(order == "asc" ? Enumerable.Range(0, 25).Select(n => $"p{n}") : Enumerable.Range(0, 25).Reverse().Select(n => $"p{n}"));
        }
    }

    [Fact]
    public async Task Many_clients_at_once_get_each_index_once_and_one_winner_an_id()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        var answers = await Task.WhenAll(Enumerable.Range(0, 400).Select(async n =>
        {
            using var answer = await Post(client, PlainEvent($"id{n % 100}", "1"));
            return (answer.StatusCode, Index: (await Json(answer)).GetProperty("log").GetProperty("index").GetInt64());
        }));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(100);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(300);
        answers.Select(answer => answer.Index).Distinct().Count().ShouldBe(100);
        (await Count(client)).ShouldBe(100);
    }

    internal static string PlainEvent(string id, string data, string time = "2026-01-19T10:35:22Z", string type = "sku_update") =>
        $"{{\"event_id\":{JsonSerializer.Serialize(id)},\"timestamp\":\"{time}\",\"transaction_type\":\"{type}\",\"data\":{data}}}";

    internal static string Structured(string id, string source, string more = "") =>
        $"{{\"specversion\":\"1.0\",\"id\":\"{id}\",\"source\":\"{source}\",\"type\":\"t\"{more}}}";

    internal static async Task<HttpResponseMessage> Post(HttpClient client, string body, string type = Plain)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return await client.PostAsync("/v1/events", content);
    }

    internal static async Task<JsonElement> Json(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    private static async Task<int> Count(HttpClient client)
    {
        var count = 0;
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await Json(await client.GetAsync($"/v1/events?limit=1000&cursor={cursor}"));
            count += page.GetProperty("items").GetArrayLength();
            cursor = page.GetProperty("next").GetString();
        }

        return count;
    }

    private async Task<HttpClient> NewClient() => server.Client((await server.NewCustomer()).Key);
}
