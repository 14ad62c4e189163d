using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Api;

/// <summary>The side doors: what customer B tries on customer A beside the plain requests of the matrix. Nothing of A may come out, in whatever answer.</summary>
public sealed class IsolationTests(MatrixWorld world) : IClassFixture<MatrixWorld>
{
    [Fact]
    public async Task Naming_A_in_any_way_is_as_if_there_were_no_such_customer()
    {
        using var client = world.Server.Client(world.B.Key);
        var nobody = "cus_" + new string('0', world.A.Id.Length - 5) + "1";
        var doors = new[]
        {
            "/v1/events?customer={0}", "/v1/events?customer={0}&customer={1}", "/v1/events?customer={1}&customer={0}", "/v1/events?CUSTOMER={0}",
            "/v1/customers/{0}/log/checkpoint?customer={1}", "/v1/customers/{1}/log/checkpoint?customer={0}", "/v1/customers/{0}/log/tile/entries/000.p/5",
            "/v1/customers/{0}/", "/v1/receipts/evt-1?customer={0}", "/v1/receipts/evt-1/proof?customer={0}",
            "/v1/customers/{0}/api-keys?cursor=", "/v1/audit-trail?customer={0}&date_from=2020-01-01", "/V1/Customers/{0}",
        };
        foreach (var door in doors)
        {
            using var real = await client.GetAsync(string.Format(null, door, world.A.Id, world.B.Id));
            using var unreal = await client.GetAsync(string.Format(null, door, nobody, world.B.Id));
            real.StatusCode.ShouldBe(HttpStatusCode.NotFound, door);
            await Silent(real, door);
            // Word for word the same, but for the id that was asked for: nobody learns which ids exist.
            (await real.Content.ReadAsStringAsync()).Replace(world.A.Id, "X", StringComparison.Ordinal)
                .ShouldBe((await unreal.Content.ReadAsStringAsync()).Replace(nobody, "X", StringComparison.Ordinal), door);
        }
    }

    [Fact]
    public async Task Filters_cursors_and_searches_reach_no_further_than_ones_own()
    {
        using var own = world.Server.Client(world.A.Key);
        using var client = world.Server.Client(world.B.Key);
        var cursor = (await (await own.GetAsync("/v1/events?limit=1")).Json()).Text("next");
        var trail = (await (await own.GetAsync("/v1/audit-trail?limit=1")).Json()).Text("next");
        var doors = new[]
        {
            "/v1/events", $"/v1/events?event_id={MatrixWorld.PlainEventId}", $"/v1/events?batch={world.BatchOfA}", $"/v1/events?cursor={cursor}", "/v1/events?source=%2Fsrc",
            "/v1/events?order=desc&limit=1000", "/v1/customers?q=Ltd", $"/v1/customers?q={world.A.Id}", "/v1/customers?q=%25", "/v1/customers?limit=200",
            "/v1/audit-trail", $"/v1/audit-trail?cursor={trail}", $"/v1/audit-trail?subject={world.A.Id}", "/v1/audit-trail?kind=event", "/v1/audit-trail?order=desc&limit=1000",
            "/v1/events?type='%20or%201=1--", "/v1/events?subject=%27%29%20or%20true--", "/v1/customers?q=%27%20or%20%27%27%3D%27",
        };
        foreach (var door in doors)
        {
            using var answer = await client.GetAsync(door);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, door);
            await Silent(answer, door);
        }

        foreach (var door in new[] { $"/v1/receipts/{MatrixWorld.PlainEventId}", $"/v1/receipts/{MatrixWorld.PlainEventId}?source=%2Fsrc", $"/v1/receipts/{MatrixWorld.PlainEventId}/proof", $"/v1/batches/{world.BatchOfA}", $"/v1/batches/{world.BatchOfA}/receipts" })
        {
            using var answer = await client.GetAsync(door);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, door);
            await Silent(answer, door);
        }
    }

    [Theory]
    [InlineData("{{\"specversion\":\"1.0\",\"id\":\"b-1\",\"source\":\"/s\",\"type\":\"t\",\"customer_id\":\"{0}\"}}", "application/cloudevents+json")]
    [InlineData("{{\"event_id\":\"b-2\",\"timestamp\":\"2026-01-19T10:35:22Z\",\"transaction_type\":\"t\",\"data\":1,\"customer_id\":\"{0}\"}}", "application/json")]
    public async Task An_event_that_names_A_in_its_body_is_not_recorded_anywhere(string body, string type)
    {
        using var client = world.Server.Client(world.B.Key);
        using var own = world.Server.Client(world.A.Key);
        var before = await own.GetStringAsync("/v1/events?source=%2Fs");
        using var answer = await client.PostText("/v1/events", string.Format(null, body, world.A.Id), type);
        await Silent(answer, body);
        (await own.GetStringAsync("/v1/events?source=%2Fs")).ShouldBe(before);
        if (answer.IsSuccessStatusCode)
        {
            // A CloudEvents extension of that name is an attribute like any other; the event is B's own.
            (await answer.Json()).Text("customer_id").ShouldBe(world.B.Id);
        }
        else
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task The_same_id_and_source_as_A_used_is_a_new_event_of_another()
    {
        using var client = world.Server.Client((await world.Server.NewCustomer()).Key);
        using var answer = await client.PostText("/v1/events", """{"specversion":"1.0","id":"evt-1","source":"/src","type":"mine","data":{"sku":"mine"}}""", "application/cloudevents+json");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, "A conflict would tell that A has this id.");
        await Silent(answer, "same id");
        using var erased = await client.PostText("/v1/receipts/evt-1/erasure", """{"reason":"mine"}""");
        erased.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var own = world.Server.Client(world.A.Key);
        (await own.GetStringAsync("/v1/receipts/evt-1")).ShouldBe(world.ReceiptOfA, "They erased their own event, not A's.");
    }

    [Fact]
    public async Task A_receipt_of_A_is_not_confirmed_to_B()
    {
        using var client = world.Server.Client(world.B.Key);
        using var answer = await client.PostText("/v1/receipt-verifications", world.ReceiptOfA);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Json()).Text("verdict").ShouldBe("failed");
        await Silent(answer, "verification");
    }

    [Fact]
    public async Task Bad_requests_with_As_ids_say_nothing_of_A_either()
    {
        using var client = world.Server.Client(world.B.Key);
        foreach (var path in new[] { $"/v1/customers/{world.A.Id}", $"/v1/customers/{world.A.Id}/api-keys", $"/v1/receipts/evt-1/erasure?customer={world.A.Id}", $"/v1/events?customer={world.A.Id}" })
        {
            foreach (var method in new[] { "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE" })
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{\"name\": ")) };
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json");
                request.Headers.TryAddWithoutValidation("X-HTTP-Method-Override", "GET");
                request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
                using var answer = await client.SendAsync(request);
                ((int)answer.StatusCode).ShouldBeInRange(400, 499, $"{method} {path}");
                await Silent(answer, $"{method} {path}");
            }
        }
    }

    private async Task Silent(HttpResponseMessage answer, string door)
    {
        var heads = string.Concat(answer.Headers.Concat(answer.Content.Headers).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n"));
        var all = heads + Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
        world.TellsOfA(all).ShouldBeFalse($"{door} tells B of A:\n{all}");
    }
}
