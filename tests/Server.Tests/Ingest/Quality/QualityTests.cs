using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Ingest.Quality;

/// <summary>Data quality through HTTP: counts, fields, faults, alerts.</summary>
public sealed class QualityTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Time = "2026-03-02T08:00:00Z";

    [Fact]
    public async Task Every_event_counts_once_with_its_members_and_its_faults()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Put(client, "/v1/event-types/t", """{"schema":{"required":["a"],"properties":{"a":{"type":"number"}}},"onViolation":"flag"}""", HttpStatusCode.Created);
        var stream = await Some.Stream(client,
        [
            Some.Event("t", "1", Time, """{"a":1,"b":null,"c":{"d":"x"}}"""),
            Some.Event("t", "2", Time, """{"a":"2","b":" "}"""),
            Some.Event("t", "3", Time, """{"b":"y\ufffd"}"""),
            Some.Event("t", "1", Time, """{"a":1,"b":null,"c":{"d":"x"}}"""),
            "broken",
        ]);
        var batch = stream.GetProperty("batch").GetString();
        var figures = await Figures(client, "", "3");
        (figures["repeated"], figures["refused"], figures["faulty"], figures["schema_violations"], figures["broken_texts"], figures["late"]).ShouldBe(("1", "1", "2", "2", "1", "3"));
        (figures["failing_share"], figures["odd_types"]).ShouldBe(("0.75", "1"));
        // a: 2 of 3; b: 1 of 3 (a null, a blank); c: 1 of 3; c/d: 1 of 3.
        (figures["completeness"], figures["null_share"], figures["blank_texts"]).ShouldBe(("0.416667", "0.083333", "1"));
        int.Parse(figures["latency_p99"]).ShouldBeInRange(0, 12_000);
        var ofBatch = await Figures(client, "?batch=" + batch, "3");
        (ofBatch["repeated"], ofBatch["refused"], ofBatch["faulty"]).ShouldBe(("1", "1", "2"));

        var fields = (await Some.Get(client, "/v1/data-quality/fields?batch=" + batch)).GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("field").GetString()!);
        fields.Keys.ShouldBe(["/a", "/b", "/c", "/c/d"]);
        var a = fields["/a"];
        (a.GetProperty("present").GetInt64(), a.GetProperty("missing").GetInt64(), a.GetProperty("completeness").GetString(), a.GetProperty("types").GetProperty("numbers").GetInt64())
            .ShouldBe((2, 1, "0.666667", 1));

        var faults = (await Some.Get(client, "/v1/data-quality/faults")).GetProperty("items").EnumerateArray().ToList();
        faults.Select(fault => $"{fault.GetProperty("kind")} {fault.GetProperty("code")} {fault.GetProperty("pointer")}").Order()
            .ShouldBe(["format text-broken /data/b", "refused json-malformed ", "schema schema-required /data/a", "schema schema-type /data/a"]);
        var refused = faults.Single(fault => fault.GetProperty("kind").GetString() == "refused");
        (refused.GetProperty("place").GetString(), refused.GetProperty("batch").GetString(), refused.GetProperty("receipt").ValueKind).ShouldBe(("line 5", batch, JsonValueKind.Null));
        var misfit = faults.Single(fault => fault.GetProperty("code").GetString() == "schema-type");
        (await Some.Get(client, misfit.GetProperty("receipt").GetString()!)).GetProperty("event_id").GetString().ShouldBe("2");
        (await Some.Get(client, "/v1/data-quality/faults?code=schema-type&kind=schema&type=t&limit=1")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Refusals_are_counted_by_type_and_code_and_nothing_else_of_them_is_kept()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Put(client, "/v1/event-types/sku_update", """{"schema":{"required":["sku_id"]},"onViolation":"reject"}""", HttpStatusCode.Created);
        await PostEventsTests.Post(client, PostEventsTests.PlainEvent("1", """{"secret":"value"}"""));
        await PostEventsTests.Post(client, PostEventsTests.PlainEvent("2", """{"secret":"value"}"""));
        await PostEventsTests.Post(client, "{", "application/cloudevents+json");
        await PostEventsTests.Post(client, "x", "text/plain");
        await PostEventsTests.Post(client, $"[{PostEventsTests.Structured("", "/s")},{PostEventsTests.Structured("ok", "/s")}]", "application/cloudevents-batch+json");
        await Eventually.Holds(async () => (await Summary(client, "")).Figures["refused"] == "5");
        var refusals = (await Some.Get(client, "/v1/data-quality")).GetProperty("refusals").EnumerateArray()
            .Select(item => $"{item.GetProperty("eventType")} {item.GetProperty("code")} {item.GetProperty("refused")}").Order();
        refusals.ShouldBe([" attribute-empty 1", " json-malformed 1", " media-type-unsupported 1", "sku_update event-schema-violation 2"]);
        (await client.GetStringAsync("/v1/data-quality/faults")).ShouldNotContain("value\"");
    }

    [Fact]
    public async Task An_alert_opens_when_more_than_a_tenth_fails_and_closes_when_that_is_over()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, Enumerable.Range(0, 17).Select(n => Some.Event("t", $"a{n}", Time, "1")).Concat(Enumerable.Repeat("broken", 3)));
        await Eventually.Holds(async () => (await Alerts(client, "?state=open")).Count == 1);
        var alert = (await Alerts(client, "")).Single();
        (alert.GetProperty("kind").GetString(), alert.GetProperty("value").GetString(), alert.GetProperty("threshold").GetString()).ShouldBe(("failures", "0.15", "0.10"));
        (await Some.Get(client, "/v1/data-quality")).GetProperty("openAlerts").GetArrayLength().ShouldBe(1);
        await Some.Stream(client, Enumerable.Range(0, 20).Select(n => Some.Event("t", $"b{n}", Time, "1")));
        await Eventually.Holds(async () => (await Alerts(client, "?state=open")).Count == 0);
        (await Alerts(client, "?state=closed")).Single().GetProperty("id").GetString().ShouldBe(alert.GetProperty("id").GetString());
        var trail = (await Some.Get(client, "/v1/audit-trail?subject=" + alert.GetProperty("id").GetString())).GetProperty("items").EnumerateArray();
        trail.Select(item => item.GetProperty("action").GetString()).ShouldBe(["data-quality-alert.opened", "data-quality-alert.closed"]);
    }

    [Fact]
    public async Task An_alert_is_told_once_to_those_of_the_team_who_look_after_the_data()
    {
        var customer = await server.NewCustomer();
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        var (csm, seller) = (await InTeam(customer.Id, "csm"), await InTeam(customer.Id, "sales"));
        await InTeam(customer.Id, "engineer", csm);
        using var client = server.Client(customer.Key);
        await Some.Stream(client, Enumerable.Range(0, 17).Select(n => Some.Event("t", $"a{n}", Time, "1")).Concat(Enumerable.Repeat("broken", 3)));
        await Eventually.Holds(async () => (await Alerts(client, "?state=open")).Count == 1);
        var told = await server.Database.ForCustomer(id, work => work.List<(Guid Person, string Kind, string Subject, string Text, string Path)>(
            "select d.person_id, m.kind, m.subject, m.text, m.path from notify_deliveries d join notify_messages m using (customer_id, message_id) where customer_id = @id", new { id = id.Value }));
        var (person, kind, subject, text, path) = told.ShouldHaveSingleItem();
        (person, kind, subject, path).ShouldBe((csm.Value, "quality-alert", "Data quality: too many events fail", $"/customers/{customer.Id}/quality?view=alerts"));
        text.ShouldStartWith("3 of 20 events of the last hour failed");
        seller.ShouldNotBe(csm);
    }

    [Fact]
    public async Task Single_events_that_come_long_after_they_happened_open_an_alert_and_history_in_a_stream_does_not()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        using var history = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(history, Enumerable.Range(0, 30).Select(n => Some.Event("t", $"a{n}", Time, "1")));
        await PostEventsTests.Post(client, $"[{string.Join(',', Enumerable.Range(0, 30).Select(n => Some.Event("t", $"a{n}", Time, "1")))}]", "application/cloudevents-batch+json");
        await Eventually.Holds(async () => (await Alerts(client, "?state=open")).Count == 1);
        (await Alerts(client, "")).Single().GetProperty("kind").GetString().ShouldBe("lateness");
        (await Alerts(history, "")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_curve_adds_up_to_the_figures_of_its_period_and_of_its_batch()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        (await Some.Get(client, "/v1/data-quality/series")).GetProperty("points").GetArrayLength().ShouldBe(0);
        var batch = (await Some.Stream(client, [Some.Event("t", "1", Time, """{"a":"\uFFFD"}"""), Some.Event("t", "2", Time, "1"), "broken"])).GetProperty("batch").GetString();
        await Some.Stream(client, [Some.Event("t", "2", Time, "1"), Some.Event("t", "3", Time, "1")]);
        JsonElement all = default;
        await Eventually.Holds(async () => Sum(all = await Some.Get(client, "/v1/data-quality/series"), "events") == 3 && Sum(all, "refused") == 1 && Sum(all, "repeated") == 1);
        (Sum(all, "faulty"), Sum(all, "late"), all.GetProperty("stepSeconds").GetInt64()).ShouldBe((1, 3, 300));
        all.GetProperty("points").EnumerateArray().First().GetProperty("latencyP99").GetInt64().ShouldBeGreaterThan(0);
        var ofBatch = await Some.Get(client, "/v1/data-quality/series?batch=" + batch);
        (Sum(ofBatch, "events"), Sum(ofBatch, "refused"), Sum(ofBatch, "repeated")).ShouldBe((2, 1, 0));
        var year = await Some.Get(client, $"/v1/data-quality/series?from={DateTimeOffset.UtcNow.AddYears(-1):yyyy-MM-dd}T00:00:00Z");
        (Sum(year, "events"), year.GetProperty("stepSeconds").GetInt64()).ShouldBe((3, 7 * 86_400));
        await Some.Get(client, "/v1/data-quality/series?from=soon", HttpStatusCode.BadRequest);

        static long Sum(JsonElement series, string name) => series.GetProperty("points").EnumerateArray().Sum(point => point.GetProperty(name).GetInt64());
    }

    [Fact]
    public async Task A_period_and_a_batch_that_are_not_there_are_told_and_a_stranger_sees_nothing()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, [Some.Event("t", "1", Time, """{"a":1}""")]);
        (await Figures(client, "?from=2020-01-01T00:00:00Z", "1")).ShouldNotBeEmpty();
        var before = await Summary(client, "?to=2020-01-01T00:00:00Z");
        (before.Figures["events"], before.Figures["completeness"]).ShouldBe(("0", ""));
        await Some.Get(client, "/v1/data-quality?batch=bat_01hz0000000000000000000000", HttpStatusCode.NotFound);
        (await Some.Get(client, "/v1/data-quality?batch=x&from=y", HttpStatusCode.BadRequest)).GetProperty("faults").GetArrayLength().ShouldBe(2);
        await Some.Get(client, "/v1/data-quality/alerts?state=maybe", HttpStatusCode.BadRequest);
        using var stranger = server.Client((await server.NewCustomer()).Key);
        (await Summary(stranger, "")).Figures["events"].ShouldBe("0");
    }

    private async Task<PersonId> InTeam(string customer, string role, PersonId? known = null)
    {
        var person = known ?? await Somebody();
        using var operators = server.Client(server.OperatorKey);
        using var answer = await operators.PostAsJsonAsync($"/v1/customers/{customer}/team", new { person = person.ToString(), role, from = "2020-01-01" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return person;
    }

    private async Task<PersonId> Somebody()
    {
        var person = new Person(new PersonId(NewId.Next()), "Somebody", $"{Guid.NewGuid():N}@example.com", StaffRole.User);
        await server.Database.ForCustomer(CustomerId.Installation, async work =>
        {
            await AccessStore.AddPerson(work, person, "no password", server.Services.GetRequiredService<Clock>().Now);
            return true;
        });
        return person.Id;
    }

    internal static async Task<Dictionary<string, string>> Figures(HttpClient client, string query, string events)
    {
        var figures = new Dictionary<string, string>();
        await Eventually.Holds(async () =>
        {
            var (waiting, found) = await Summary(client, query);
            figures = found;
            // The counts of answers are written every two seconds.
            return waiting == 0 && found["events"] == events && (query.Contains("batch", StringComparison.Ordinal) || found["latency_p99"].Length > 0);
        });
        return figures;
    }

    private static async Task<(long Waiting, Dictionary<string, string> Figures)> Summary(HttpClient client, string query)
    {
        var body = await Some.Get(client, "/v1/data-quality" + query);
        return (body.GetProperty("eventsWaiting").GetInt64(), body.GetProperty("figures").EnumerateArray().ToDictionary(
            figure => figure.GetProperty("name").GetString()!, figure => figure.GetProperty("value").GetString() ?? ""));
    }

    private static async Task<List<JsonElement>> Alerts(HttpClient client, string query) =>
        [.. (await Some.Get(client, "/v1/data-quality/alerts" + query)).GetProperty("items").EnumerateArray()];
}
