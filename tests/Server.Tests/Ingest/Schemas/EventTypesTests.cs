using System.Net;
using System.Text;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Ingest.Schemas;

/// <summary>Event types through HTTP: schemas that reject or flag, versions, and their trail.</summary>
public sealed class EventTypesTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Path = "/v1/event-types/sku_update";
    private const string Rejecting = """{"schema":{"type":"object","required":["sku_id"],"properties":{"sku_id":{"type":"string"},"new_inventory":{"type":"integer","minimum":0}}},"onViolation":"reject"}""";

    [Fact]
    public async Task An_event_that_does_not_fit_is_answered_422_with_every_place_and_nothing_is_stored()
    {
        using var client = await NewClient();
        await Some.Put(client, Path, Rejecting, HttpStatusCode.Created);
        using var answer = await PostEventsTests.Post(client, PostEventsTests.PlainEvent("x", """{"new_inventory":-1}"""));
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await PostEventsTests.Json(answer);
        problem.GetProperty("code").GetString().ShouldBe("event-schema-violation");
        problem.GetProperty("schemaVersion").GetInt64().ShouldBe(1);
        problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("pointer").GetString()).ShouldBe(["/data/sku_id", "/data/new_inventory"]);
        (await Count(client)).ShouldBe(0);
        using var fitting = await PostEventsTests.Post(client, PostEventsTests.PlainEvent("x", """{"sku_id":"A","new_inventory":1}"""));
        fitting.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var other = await PostEventsTests.Post(client, PostEventsTests.PlainEvent("y", "1", type: "other"));
        other.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_repeat_of_what_was_recorded_before_the_schema_is_answered_as_the_first_time()
    {
        using var client = await NewClient();
        var first = await (await PostEventsTests.Post(client, PostEventsTests.PlainEvent("old", "{}"))).Content.ReadAsStringAsync();
        await Some.Put(client, Path, Rejecting, HttpStatusCode.Created);
        using var again = await PostEventsTests.Post(client, PostEventsTests.PlainEvent("old", "{}"));
        again.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await again.Content.ReadAsStringAsync()).ShouldBe(first);
        using var changed = await PostEventsTests.Post(client, PostEventsTests.PlainEvent("old", "{ }"));
        changed.StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Batches_and_streams_refuse_only_what_does_not_fit()
    {
        using var client = await NewClient();
        await Some.Put(client, Path, Rejecting, HttpStatusCode.Created);
        string[] events =
        [
            Some.Event("sku_update", "1", "2026-03-02T08:00:00Z", """{"sku_id":"A"}"""),
            Some.Event("sku_update", "2", "2026-03-02T08:00:00Z", "{}"),
            Some.Event("sku_update", "3", "2026-03-02T08:00:00Z", """{"sku_id":"B"}"""),
        ];
        using var batch = await PostEventsTests.Post(client, $"[{string.Join(',', events)}]", "application/cloudevents-batch+json");
        batch.StatusCode.ShouldBe(HttpStatusCode.MultiStatus);
        (await PostEventsTests.Json(batch)).EnumerateArray().Select(item => item.GetProperty("status").GetInt32()).ShouldBe([201, 422, 201]);
        var stream = await Some.Stream(client, events);
        (stream.GetProperty("accepted").GetInt32(), stream.GetProperty("repeated").GetInt32(), stream.GetProperty("rejected").GetInt32()).ShouldBe((0, 2, 1));
        var fault = stream.GetProperty("faults")[0];
        (fault.GetProperty("line").GetInt32(), fault.GetProperty("code").GetString()).ShouldBe((2, "event-schema-violation"));
        var recorded = await Some.Get(client, $"/v1/batches/{stream.GetProperty("batch").GetString()}");
        (recorded.GetProperty("repeated").GetInt64(), recorded.GetProperty("rejected").GetInt64()).ShouldBe((2, 1));
    }

    [Fact]
    public async Task A_flagging_schema_records_everything()
    {
        using var client = await NewClient();
        await Some.Put(client, Path, Rejecting.Replace("reject", "flag", StringComparison.Ordinal), HttpStatusCode.Created);
        using var answer = await PostEventsTests.Post(client, PostEventsTests.PlainEvent("x", "{}"));
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_change_is_a_version_an_entry_of_the_trail_and_lost_races_are_told()
    {
        using var client = await NewClient();
        await Some.Put(client, Path, Rejecting, HttpStatusCode.Created);
        (await Some.Put(client, Path, """{"schema":{"type":"object"}}""", HttpStatusCode.OK)).GetProperty("version").GetInt64().ShouldBe(2);
        client.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", "\"1\"");
        (await Some.Put(client, Path, Rejecting, HttpStatusCode.PreconditionFailed)).GetProperty("version").GetInt64().ShouldBe(2);
        client.DefaultRequestHeaders.Remove("If-Match");
        var read = await Some.Get(client, Path);
        (read.GetProperty("onViolation").GetString(), read.GetProperty("schema").GetRawText()).ShouldBe(("flag", """{"type":"object"}"""));
        (await Some.Get(client, "/v1/event-types")).GetProperty("items").EnumerateArray().Single().GetProperty("type").GetString().ShouldBe("sku_update");
        (await client.DeleteAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.DeleteAsync(Path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Some.Get(client, Path, HttpStatusCode.NotFound);
        var trail = (await Some.Get(client, "/v1/audit-trail?subject=sku_update")).GetProperty("items").EnumerateArray().ToList();
        trail.Select(item => item.GetProperty("action").GetString()).ShouldBe(["event-type.created", "event-type.changed", "event-type.deleted"]);
        trail[1].GetProperty("before").GetProperty("onViolation").GetString().ShouldBe("reject");
        trail[1].GetProperty("after").GetProperty("version").GetInt64().ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"schema":{"type":"thing","requird":[]},"onViolation":"drop"}""", "/onViolation /schema/type /schema/requird")]
    [InlineData("""{}""", "/schema")]
    [InlineData("""{"schema":true,"extra":1}""", "/extra")]
    [InlineData("""{"schema":{"enum":["\ud800"]}}""", "/schema/enum/0")]
    [InlineData("""{"entityModel":{"entities":[{"type":"t","id":"data.a","fields":{"n":{"ad":"data.n"}}}]}}""", "/entityModel (entityModel:1:54) /entityModel (entityModel:1:55)")]
    public async Task What_cannot_be_used_is_refused_with_all_faults(string body, string places)
    {
        using var client = await NewClient();
        using var answer = await client.PutAsync(Path, new StringContent(body, Encoding.UTF8, "application/json"));
        ((int)answer.StatusCode).ShouldBeOneOf(400, 422);
        var problem = await PostEventsTests.Json(answer);
        string.Join(' ', problem.GetProperty("faults").EnumerateArray().Select(fault => fault.GetProperty("pointer").GetString())).ShouldBe(places);
        await Some.Get(client, Path, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task It_takes_the_admin_scope_and_is_about_ones_own_customer_only()
    {
        var customer = await server.NewCustomer();
        using var admin = server.Client(customer.Key);
        await Some.Put(admin, Path, Rejecting, HttpStatusCode.Created);
        Cairn.Domain.Foundation.TypedId.TryParse<Cairn.Domain.Foundation.CustomerId>(customer.Id, out var id).ShouldBeTrue();
        using var reader = server.Client(await server.NewKey(id, ["read"]));
        await Some.Put(reader, Path, Rejecting, HttpStatusCode.Forbidden);
        using var stranger = await NewClient();
        await Some.Get(stranger, Path, HttpStatusCode.NotFound);
        using var free = await PostEventsTests.Post(stranger, PostEventsTests.PlainEvent("x", "{}"));
        free.StatusCode.ShouldBe(HttpStatusCode.Created);
        using var operators = server.Client(server.OperatorKey);
        (await Some.Get(operators, $"{Path}?customer={customer.Id}")).GetProperty("version").GetInt64().ShouldBe(1);
    }

    private static async Task<int> Count(HttpClient client) => (await Some.Get(client, "/v1/events")).GetProperty("items").GetArrayLength();

    private async Task<HttpClient> NewClient() => server.Client((await server.NewCustomer()).Key);
}
