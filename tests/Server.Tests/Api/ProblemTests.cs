using System.Net;
using System.Text;
using Cairn.Server.Tests.Ingest;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Api;

/// <summary>What the API refuses besides bad events: each with its status, code, place and a sentence.</summary>
public sealed class ProblemTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    public static TheoryData<string, string, int, string, string?> Refusals() => new()
    {
        { "GET", "/v1/batches/bat_00000000000000000000000000", 404, "batch-not-found", null },
        { "GET", "/v1/batches/nonsense/receipts", 404, "batch-not-found", null },
        { "GET", "/v1/receipts/nobody-sent-this", 404, "receipt-not-found", null },
        { "GET", "/v1/receipts/nobody-sent-this/proof", 404, "receipt-not-found", null },
        { "POST", "/v1/receipts/nobody-sent-this/erasure", 404, "receipt-not-found", null },
        { "GET", "/v1/customers/{customer}/log/tile/0/999", 404, "tile-not-found", null },
        { "GET", "/v1/customers/{customer}/log/tile/9/0000", 404, "tile-not-found", null },
        { "GET", "/v1/customers/{customer}/log/tile/entries/x001/000", 404, "tile-not-found", null },
        { "GET", "/v1/events?late=maybe", 400, "query-flag", "?late" },
        { "GET", "/v1/events?batch=7", 400, "query-id", "?batch" },
        { "GET", "/v1/events?index=-1", 400, "query-number", "?index" },
        { "GET", "/v1/events?time_from=yesterday", 400, "query-time", "?time_from" },
        { "GET", "/v1/events?late=maybe&limit=0", 400, "query-invalid", "?late" },
        { "DELETE", "/v1/events", 405, "method-not-allowed", null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_question_without_an_answer_is_a_problem(string method, string path, int status, string code, string? pointer)
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{customer}", customer.Id, StringComparison.Ordinal));
        using var answer = await client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await PostEventsTests.Json(answer);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("detail").GetString()!.Length.ShouldBeGreaterThan(20);
        if (pointer is not null)
        {
            problem.GetProperty("faults")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        }
    }

    [Fact]
    public async Task A_conflict_points_at_each_difference()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await PostEventsTests.Post(client, PostEventsTests.PlainEvent("d", "1", type: "one"));
        var problem = await PostEventsTests.Json(await PostEventsTests.Post(client, PostEventsTests.PlainEvent("d", "2", type: "two")));
        problem.GetProperty("faults").EnumerateArray().Select(fault => (fault.GetProperty("pointer").GetString(), fault.GetProperty("code").GetString()))
            .ShouldBe([("/data", "differs"), ("/type", "differs")]);
    }

    [Fact]
    public async Task A_repeated_header_is_a_fault_of_that_header()
    {
        // By hand, because a client library would join the two into one.
        var customer = await server.NewCustomer();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Address.Host, server.Address.Port);
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {customer.Key}\r\nConnection: close\r\nContent-Length: 1\r\n"
            + "ce-specversion: 1.0\r\nce-id: h\r\nce-source: /s\r\nce-type: t\r\nce-subject: a\r\nce-subject: b\r\n\r\nx"));
        using var reader = new StreamReader(socket.GetStream());
        var answer = await reader.ReadToEndAsync();
        answer.ShouldStartWith("HTTP/1.1 400");
        answer.ShouldContain("\"pointer\":\"ce-subject\",\"code\":\"header-repeated\"");
    }

    [Fact]
    public async Task An_unknown_member_is_not_dropped_in_silence()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await PostEventsTests.Post(client, PostEventsTests.PlainEvent("m", "1"));
        using var answer = await client.PostAsync("/v1/receipts/m/erasure", new StringContent("{\"raison\":\"typo\"}", Encoding.UTF8, "application/json"));
        (await PostEventsTests.Json(answer)).GetProperty("code").GetString().ShouldBe("member-unknown");
        using var still = await client.GetAsync("/v1/receipts/m");
        (await PostEventsTests.Json(still)).GetProperty("data").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_receipt_for_verification_has_a_limit()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        using var answer = await client.PostAsync("/v1/receipt-verifications", new ByteArrayContent(new byte[(1 << 20) + 1]));
        (answer.StatusCode, (await PostEventsTests.Json(answer)).GetProperty("code").GetString()).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "receipt-too-large"));
    }
}
