using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Server.Access;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cairn.Server.Tests.Ingest;

/// <summary>The server with a customer and every kind of key that may be shown.</summary>
public sealed class BadInputFixture(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly Dictionary<Sender, string?> keys = [];
    private NpgsqlDataSource? owner;

    public ServerFixture Server { get; } = new(postgres);

    public TestCustomer Customer { get; private set; } = null!;

    public TestCustomer Other { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        owner = NpgsqlDataSource.Create(Server.OwnerConnectionString);
        Customer = await Server.NewCustomer();
        Other = await Server.NewCustomer();
        TypedId.TryParse<CustomerId>(Customer.Id, out var customer).ShouldBeTrue();
        keys[Sender.Customer] = "Bearer " + Customer.Key;
        keys[Sender.Operator] = "Bearer " + Server.OperatorKey;
        keys[Sender.Nobody] = null;
        keys[Sender.Garbage] = "Bearer let-me-in";
        keys[Sender.WrongSecret] = "Bearer " + Customer.Key[..^4] + (Customer.Key.EndsWith("0000", StringComparison.Ordinal) ? "1111" : "0000");
        keys[Sender.NotBearer] = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Customer.Key));
        keys[Sender.Reader] = "Bearer " + await Server.NewKey(customer, [Scopes.Read]);
        keys[Sender.Revoked] = "Bearer " + await Ended(customer, "revoked_at");
        keys[Sender.Expired] = "Bearer " + await Ended(customer, "expires_at");
    }

    /// <summary>Everything that a write could leave behind, counted.</summary>
    public async Task<(long Entries, long Sizes, long Batches)> Stored()
    {
        // So much bad input opens an alert about data quality, which is an entry of its own and no event.
        await using var command = owner!.CreateCommand(
            """
            select (select count(*) from ledger_entries where kind = 'event'),
                   (select sum(size)::bigint from ledger_heads) - (select count(*) from ledger_entries where kind <> 'event'),
                   (select count(*) from ledger_batches)
            """);
        await using var row = await command.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (owner is not null)
        {
            await owner.DisposeAsync();
        }
    }

    internal string? Authorization(Sender sender) => keys[sender];

    private async Task<string> Ended(CustomerId customer, string column)
    {
        var key = await Server.NewKey(customer, Scopes.All);
        AccessToken(key, out var id);
        await using var command = owner!.CreateCommand($"update access_api_keys set {column} = now() - interval '1 hour' where key_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
        return key;
    }

    private static void AccessToken(string text, out Guid id)
    {
        Domain.Access.AccessToken.TryParse(Domain.Access.AccessToken.ApiKeyWord, text, out var token).ShouldBeTrue();
        id = token.Id;
    }
}

/// <summary>Bad input through real HTTP: each is refused with a code, a place and a fix, and nothing of it is stored.</summary>
public sealed class BadInputTests(BadInputFixture fixture) : IClassFixture<BadInputFixture>
{
    private static int goodEvents;

    public static TheoryData<string> Names => [.. BadInputTable.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_bad_input_is_refused_with_its_place_and_its_fix_and_leaves_nothing(string name)
    {
        var row = BadInputTable.Rows.Single(one => one.Name == name);
        var before = await fixture.Stored();
        using var client = fixture.Server.Client();
        using var answer = await client.SendAsync(Request(row));
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(row.Status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("code").GetString().ShouldBe(row.Code, text);
        problem.GetProperty("status").GetInt32().ShouldBe(row.Status);
        problem.GetProperty("detail").GetString()!.ShouldContain(row.Fix, Case.Sensitive);
        CheckFaults(row, problem.GetProperty("faults"));
        text.ShouldNotContain("   at ");
        (row.Status is 401 or 403).ShouldBe(answer.Headers.WwwAuthenticate.Count > 0);
        (await fixture.Stored()).ShouldBe(before);
        await AGoodEventIsRecorded();
    }

    [Fact]
    public void Every_bad_input_has_a_name_of_its_own() => BadInputTable.Rows.Select(row => row.Name).ShouldBeUnique();

    [Fact]
    public async Task All_faults_of_an_event_are_listed_at_once()
    {
        using var client = fixture.Server.Client(fixture.Customer.Key);
        using var answer = await PostEventsTests.Post(client, "{\"event_id\":\"\",\"timestamp\":\"yesterday\",\"source\":\"cairn:x\",\"price\":1}");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await PostEventsTests.Json(answer);
        problem.GetProperty("code").GetString().ShouldBe("event-invalid");
        problem.GetProperty("faults").EnumerateArray().Select(fault => (fault.GetProperty("pointer").GetString(), fault.GetProperty("code").GetString())).ShouldBe(
        [
            ("/event_id", "attribute-empty"),
            ("/transaction_type", "attribute-missing"),
            ("/timestamp", "time-invalid"),
            ("/source", "source-reserved"),
            ("/data", "attribute-missing"),
            ("/price", "attribute-unknown"),
        ]);
    }

    [Theory]
    [InlineData("a long name above many faults")]
    [InlineData("many unknown members")]
    [InlineData("one endless name")]
    public async Task A_refusal_is_much_smaller_than_a_request_that_would_inflate_it(string hostile)
    {
        var hostileEvent = hostile switch
        {
            "a long name above many faults" => BadInputTable.Event(more: $",\"data\":{{\"{new string('n', 200_000)}\":[{string.Join(',', Enumerable.Repeat("1e999", 5_000))}]}}"),
            "many unknown members" => BadInputTable.Event(more: string.Concat(Enumerable.Range(0, 20_000).Select(n => $",\"m{n}\":0"))),
            _ => BadInputTable.Event(more: $",\"data\":0,\"{new string('/', 200_000)}\":0"),
        };
        using var client = fixture.Server.Client(fixture.Customer.Key);
        using var answer = await PostEventsTests.Post(client, hostileEvent);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = await PostEventsTests.Json(answer);
        problem.GetRawText().Length.ShouldBeLessThan(100_000);
        problem.GetProperty("faults").GetArrayLength().ShouldBeInRange(1, 100);
    }

    [Theory]
    [InlineData("depth")]
    [InlineData("size")]
    [InlineData("texts")]
    [InlineData("numbers")]
    public async Task What_is_just_within_a_limit_is_recorded_and_can_be_read_everywhere(string limit)
    {
        var customer = await fixture.Server.NewCustomer();
        using var client = fixture.Server.Client(customer.Key);
        using var answer = await client.SendAsync(AtTheLimit(limit));
        var receipt = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, receipt);
        (await client.GetStringAsync(answer.Headers.Location)).ShouldBe(receipt);
        foreach (var address in new[] { "/v1/events", "/v1/audit-trail" })
        {
            using var listed = await client.GetAsync(address);
            listed.StatusCode.ShouldBe(HttpStatusCode.OK, address);
            (await listed.Content.ReadAsStringAsync()).ShouldContain("limit-type");
        }

        using var content = new StringContent(receipt, Encoding.UTF8, "application/json");
        using var verified = await client.PostAsync("/v1/receipt-verifications", content);
        verified.StatusCode.ShouldBe(HttpStatusCode.OK, await verified.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_bad_element_of_a_batch_spoils_no_other()
    {
        var customer = await fixture.Server.NewCustomer();
        using var client = fixture.Server.Client(customer.Key);
        string[] bad = ["{\"specversion\":\"1.0\"}", "17", "{\"a\":1,\"a\":2}", PostEventsTests.Structured("x", "/s", ",\"data\":\"\\u0000\""), PostEventsTests.Structured("y", "cairn:x")];
        var elements = bad.SelectMany((one, at) => new[] { PostEventsTests.Structured($"good{at}", "/s"), one }).ToList();
        using var answer = await PostEventsTests.Post(client, "[" + string.Join(',', elements) + "]", BadInputTable.Batch);
        answer.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
        var items = (await PostEventsTests.Json(answer)).EnumerateArray().ToList();
        items.Select(item => item.GetProperty("status").GetInt32()).ShouldBe([201, 400, 201, 400, 201, 400, 201, 400, 201, 422]);
        items.Where((_, at) => at % 2 == 1).ShouldAllBe(item => item.GetProperty("problem").GetProperty("detail").GetString()!.Length > 20);
        (await Ids(client)).ShouldBe(["good0", "good1", "good2", "good3", "good4"]);
    }

    [Fact]
    public async Task Bad_lines_of_a_stream_are_listed_and_the_others_recorded()
    {
        var customer = await fixture.Server.NewCustomer();
        using var client = fixture.Server.Client(customer.Key);
        string[] bad =
        [
            "{\"specversion\":\"1.0\"}", "nonsense", "[]", PostEventsTests.Structured("long", "/s", $",\"data\":\"{new string('x', 300_000)}\""),
            BadInputTable.Event(more: ",\"data\":{},\"customer_id\":\"cus_00000000000000000000000001\""),
        ];
        var lines = bad.SelectMany((one, at) => new[] { PostEventsTests.Structured($"good{at}", "/s"), one, "", " \t" }).Append(PostEventsTests.Structured("last", "/s"));
        using var answer = await PostEventsTests.Post(client, string.Join("\r\n", lines), "application/x-ndjson");
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        var result = JsonDocument.Parse(text).RootElement;
        (result.GetProperty("accepted").GetInt32(), result.GetProperty("rejected").GetInt32()).ShouldBe((bad.Length + 1, bad.Length));
        result.GetProperty("faults").EnumerateArray().Select(fault => (fault.GetProperty("line").GetInt32(), fault.GetProperty("code").GetString())).ShouldBe(
            [(2, "event-invalid"), (6, "json-malformed"), (10, "object-expected"), (14, "event-too-large"), (18, "customer-not-found")]);
        (await Ids(client)).ShouldBe(["good0", "good1", "good2", "good3", "good4", "last"]);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents-batch+json")]
    public async Task A_connection_that_is_reset_within_a_request_leaves_nothing(string type)
    {
        var before = await fixture.Stored();
        var whole = type == BadInputTable.Batch ? $"[{PostEventsTests.Structured("reset", "/s")}" : PostEventsTests.Structured("reset", "/s");
        using (var socket = new TcpClient { LingerState = new LingerOption(true, 0) })
        {
            await socket.ConnectAsync(fixture.Server.Address.Host, fixture.Server.Address.Port);
            var head = $"POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {fixture.Customer.Key}\r\nContent-Type: {type}\r\nContent-Length: {whole.Length + 1}\r\nExpect: 100-continue\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head));
            // The server asks for the body, so that it is inside the request when the rest of it never comes.
            (await new StreamReader(socket.GetStream()).ReadLineAsync()).ShouldBe("HTTP/1.1 100 Continue");
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(whole));
        }

        await AGoodEventIsRecorded();
        (await fixture.Stored()).ShouldBe((before.Entries + 1, before.Sizes + 1, before.Batches));
    }

    /// <summary>An event in binary mode, so that the whole body is payload.</summary>
    private static HttpRequestMessage AtTheLimit(string limit)
    {
        var payload = limit switch
        {
            "depth" => new string('[', IngestLimits.JsonDepth) + new string(']', IngestLimits.JsonDepth),
            "size" => $"\"{new string('x', IngestLimits.EventBytes - 2)}\"",
            "numbers" => $"[1e308,-1e-308,{new string('9', 400)},0.{new string('1', 390)}e-308,-0,-0.0e0]",
            _ => "{\"\":\"\\ud83e\\udd94 \\u0001 \\uffff\"}",
        };
        var random = new Random(7);
        string Text(int length) => limit == "texts" ? string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next('!', '~'))).Replace('%', '+').Replace('"', '+').Replace('\\', '+') : "limit";
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent(payload, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("ce-specversion", "1.0");
        request.Headers.TryAddWithoutValidation("ce-id", Text(IngestLimits.IdBytes));
        request.Headers.TryAddWithoutValidation("ce-source", Text(IngestLimits.IdBytes));
        request.Headers.TryAddWithoutValidation("ce-subject", Text(IngestLimits.IdBytes));
        request.Headers.TryAddWithoutValidation("ce-type", "limit-type");
        return request;
    }

    private static void CheckFaults(BadInput row, JsonElement faults)
    {
        if (row.Pointer is null)
        {
            faults.GetArrayLength().ShouldBe(0);
            return;
        }

        faults.GetArrayLength().ShouldBe(1, faults.GetRawText());
        faults[0].GetProperty("pointer").GetString().ShouldBe(row.Pointer);
        faults[0].GetProperty("code").GetString().ShouldBe(row.Code);
        faults[0].GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    private static async Task<List<string?>> Ids(HttpClient client)
    {
        var page = await PostEventsTests.Json(await client.GetAsync("/v1/events?limit=1000"));
        return [.. page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("eventId").GetString())];
    }

    private HttpRequestMessage Request(BadInput row)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events" + row.Query.Replace("{other}", fixture.Other.Id, StringComparison.Ordinal))
        {
            Content = row.IsChunked ? new StreamContent(new MemoryStream(row.Body)) : new ByteArrayContent(row.Body),
        };
        request.Headers.TransferEncodingChunked = row.IsChunked ? true : null;
        if (row.Type is { } type)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (fixture.Authorization(row.Sender) is { } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        foreach (var (header, value) in row.Headers)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        return request;
    }

    private async Task AGoodEventIsRecorded()
    {
        using var client = fixture.Server.Client(fixture.Customer.Key);
        using var answer = await PostEventsTests.Post(client, PostEventsTests.PlainEvent($"good-{Interlocked.Increment(ref goodEvents)}", "{}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
