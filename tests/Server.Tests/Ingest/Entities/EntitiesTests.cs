using System.Net;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Ingest;
using Cairn.Server.Ingest.Entities;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Ingest.Entities;

/// <summary>Entity state through HTTP: now, as of a time, and its history.</summary>
public sealed class EntitiesTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Stock_is_what_its_events_say_in_the_order_in_which_they_happened()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client,
        [
            Some.Event("stock.received", "1", "2026-03-02T08:00:00Z", """{"sku":"A","location":"R1","quantity":100}"""),
            Some.Event("stock.moved", "2", "2026-03-02T09:00:00Z", """{"sku":"A","from":"R1","to":"R2","quantity":30}"""),
            Some.Event("stock.counted", "3", "2026-03-02T11:00:00Z", """{"sku":"A","location":"R1","counted":68,"expected":70}"""),
            // Late: it happened before the count, so the count already knows of it.
            Some.Event("stock.issued", "4", "2026-03-02T10:00:00Z", """{"sku":"A","location":"R1","quantity":5}"""),
            Some.Event("stock.issued", "5", "2026-03-02T12:00:00Z", """{"sku":"A","location":"R1","quantity":8}"""),
        ]);
        await Some.Folded(client);
        OnHand(await Some.Fields(client, "stock", "A@R1")).ShouldBe("60");
        OnHand(await Some.Fields(client, "stock", "A@R2")).ShouldBe("30");
        OnHand(await Some.Fields(client, "sku", "A")).ShouldBe("85");
    }

    [Fact]
    public async Task As_of_means_event_time_however_late_an_event_was_recorded()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, [Received("1", "2026-03-02T08:00:00Z", 10), Received("2", "2026-03-02T10:00:00Z", 1)]);
        await Some.Folded(client);
        OnHand(await Some.Fields(client, "stock", "A@R1", "?as_of=2026-03-02T09:00:00Z")).ShouldBe("10");
        await Some.Stream(client, [Received("3", "2026-03-02T08:30:00Z", 5)]);
        await Some.Folded(client);
        OnHand(await Some.Fields(client, "stock", "A@R1", "?as_of=2026-03-02T08:30:00Z")).ShouldBe("15");
        OnHand(await Some.Fields(client, "stock", "A@R1")).ShouldBe("16");
        var before = await Some.Get(client, "/v1/entities/stock/A@R1?as_of=2026-03-02T07:59:59Z", HttpStatusCode.NotFound);
        before.GetProperty("code").GetString().ShouldBe("entity-not-found");
        (await Some.Get(client, "/v1/entities/stock/A@R1?as_of=yesterday", HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("query-time");
    }

    [Fact]
    public async Task The_history_tells_each_change_with_its_receipt_before_and_after_in_both_directions()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, Enumerable.Range(0, 25).Select(n => Received($"h/{n}", $"2026-03-02T08:{n:00}:00Z", n + 1)));
        await Some.Stream(client, [Received("late", "2026-03-02T08:00:30Z", 100)]);
        await Some.Folded(client);
        foreach (var order in new[] { "asc", "desc" })
        {
            var changes = new List<JsonElement>();
            for (string? cursor = ""; cursor is not null;)
            {
                var page = await Some.Get(client, $"/v1/entities/stock/A@R1/history?limit=10&order={order}&cursor={cursor}");
                changes.AddRange(page.GetProperty("items").EnumerateArray());
                cursor = page.GetProperty("next").GetString();
            }

            changes.Count.ShouldBe(26);
            var told = order == "asc" ? changes : Enumerable.Reverse(changes).ToList();
            told.Select(change => change.GetProperty("eventId").GetString()).Take(3).ShouldBe(["h/0", "late", "h/1"]);
            var second = told[1].GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").GetString() == "onHand");
            (second.GetProperty("before").GetRawText(), second.GetProperty("amount").GetString(), second.GetProperty("after").GetRawText()).ShouldBe(("1", "100", "101"));
            var receipt = await Some.Get(client, told[2].GetProperty("receipt").GetString()!);
            receipt.GetProperty("event_id").GetString().ShouldBe("h/1");
            receipt.GetProperty("log").GetProperty("index").GetInt64().ShouldBe(told[2].GetProperty("index").GetInt64());
        }
    }

    [Fact]
    public async Task Each_value_tells_the_event_that_set_it_and_how_many_went_into_it()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, [Received("1", "2026-03-02T08:00:00Z", 10), Received("3", "2026-03-02T10:00:00Z", 1), Received("late/2", "2026-03-02T09:00:00Z", 5)]);
        await Some.Folded(client);
        (await Origin("")).ShouldBe((3, "add", "3"));
        (await Origin("?as_of=2026-03-02T09:30:00Z")).ShouldBe((2, "add", "late/2"));
        (await Some.Get(client, "/v1/entities?type=stock")).GetProperty("items")[0].GetProperty("origins").ValueKind.ShouldBe(JsonValueKind.Null);

        async Task<(long, string?, string?)> Origin(string query)
        {
            var origins = (await Some.Get(client, "/v1/entities/stock/A@R1" + query)).GetProperty("origins").EnumerateArray().ToList();
            origins.Single(one => one.GetProperty("field").GetString() == "sku").GetProperty("kind").GetString().ShouldBe("set");
            var onHand = origins.Single(one => one.GetProperty("field").GetString() == "onHand");
            var receipt = await Some.Get(client, onHand.GetProperty("receipt").GetString()!);
            receipt.GetProperty("log").GetProperty("index").GetInt64().ShouldBe(onHand.GetProperty("index").GetInt64());
            return (onHand.GetProperty("changes").GetInt64(), onHand.GetProperty("kind").GetString(), receipt.GetProperty("event_id").GetString());
        }
    }

    [Fact]
    public async Task Entities_are_listed_by_type_and_id_page_by_page_and_found_by_text()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, Enumerable.Range(0, 25).Select(n => Line($"l{n}", $"SKU-{n:00}", n == 7 ? "Blue lantern" : "White heart", 1)));
        await Some.Folded(client);
        var seen = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await Some.Get(client, $"/v1/entities?type=sku&limit=10&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!));
            cursor = page.GetProperty("next").GetString();
        }

        seen.ShouldBe(Enumerable.Range(0, 25).Select(n => $"SKU-{n:00}"));
        (await Some.Get(client, "/v1/entities?q=LANTERN")).GetProperty("items").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe("SKU-07");
        (await Some.Get(client, "/v1/entities?type=sku&q=sku-0")).GetProperty("items").GetArrayLength().ShouldBe(10);
        var types = (await Some.Get(client, "/v1/entity-types")).GetProperty("items").EnumerateArray().ToDictionary(item => item.GetProperty("type").GetString()!);
        types["sku"].GetProperty("entities").GetInt64().ShouldBe(25);
        types["sku"].GetProperty("fields").EnumerateArray().Select(field => field.GetProperty("name").GetString()).ShouldContain("revenue");
    }

    [Fact]
    public async Task An_id_may_hold_slashes_percent_signs_and_letters_of_any_script()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        const string id = "50%/Größe ä?#1";
        await Some.Stream(client, [Line("1", id, "x", 2)]);
        await Some.Folded(client);
        (await Some.Get(client, $"/v1/entities/sku/{Uri.EscapeDataString(id)}")).GetProperty("id").GetString().ShouldBe(id);
        (await Some.Get(client, $"/v1/entities/sku/{Uri.EscapeDataString(id)}/history")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Another_customers_entities_are_not_there()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        using var stranger = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, [Line("1", "MINE", "x", 2)]);
        await Some.Folded(client);
        await Some.Get(stranger, "/v1/entities/sku/MINE", HttpStatusCode.NotFound);
        await Some.Get(stranger, "/v1/entities/sku/MINE/history", HttpStatusCode.NotFound);
        (await Some.Get(stranger, "/v1/entities")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_an_erased_payload_told_is_gone_from_state_and_history()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, [Line("keep", "S", "white", 2), Line("erase", "S", "a person's name", 3), Line("only", "T", "x", 1)]);
        await Some.Folded(client);
        foreach (var id in new[] { "erase", "only" })
        {
            using var erased = await client.PostAsync($"/v1/receipts/{id}/erasure", null);
            erased.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await Some.Folded(client);
        var fields = await Some.Fields(client, "sku", "S");
        (fields.GetProperty("description").GetString(), fields.GetProperty("net").GetInt32()).ShouldBe(("white", 2));
        (await Some.Get(client, "/v1/entities/sku/S/history")).GetProperty("items").GetArrayLength().ShouldBe(1);
        await Some.Get(client, "/v1/entities/sku/T", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_customers_own_model_replaces_the_shipped_one_and_folds_history_anew()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, [Line("1", "S", "white", 2), Line("2", "S", "white", 3)]);
        await Some.Folded(client);
        await Some.Put(client, "/v1/event-types/order.line",
            """{"entityModel":{"entities":[{"type":"article","id":"data.sku","fields":{"pieces":{"add":"data.quantity"}}}]}}""", HttpStatusCode.Created);
        await Some.Folded(client);
        (await Some.Fields(client, "article", "S")).GetProperty("pieces").GetInt32().ShouldBe(5);
        await Some.Get(client, "/v1/entities/sku/S", HttpStatusCode.NotFound);
        (await client.DeleteAsync("/v1/event-types/order.line")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Some.Folded(client);
        (await Some.Fields(client, "sku", "S")).GetProperty("net").GetInt32().ShouldBe(5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_order_of_arrival_and_a_rebuild_give_the_same_rows(int seed)
    {
        var random = new Random(seed);
        string[] types = ["received", "counted", "moved", "issued"];
        var events = Enumerable.Range(0, 400).Select(n =>
        {
            var (sku, place, quantity, type) = ("ABC"[random.Next(3)], random.Next(2), random.Next(1, 50), types[random.Next(types.Length)]);
            var data = $$"""{"sku":"{{sku}}","location":"L{{place}}","from":"L{{place}}","to":"L{{1 - place}}","quantity":{{quantity}}.5,"counted":{{quantity}}}""";
            // A few share an instant, so that the log index decides; those keep their order below.
            return (Time: n / 2, Text: Some.Event($"stock.{type}", $"e{n}", $"2026-03-02T{8 + (n / 2 / 60):00}:{n / 2 % 60:00}:00Z", data));
        }).ToList();
        var inOrder = await Rows(events.Select(one => one.Text));
        var shuffled = events.GroupBy(one => one.Time).OrderBy(_ => random.Next()).SelectMany(group => group).Select(one => one.Text).ToList();
        var arrived = await Rows(shuffled);
        arrived.ShouldBe(inOrder);
    }

    private async Task<List<string>> Rows(IEnumerable<string> events)
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        foreach (var part in events.Chunk(37))
        {
            await Some.Stream(client, part);
            await Some.Folded(client);
        }

        var rows = await All(client);
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        var fold = server.Services.GetRequiredService<FoldEntities>();
        await server.Services.GetRequiredService<Database>().ForCustomer(id, async work =>
        {
            await LogFollowers.Restart(work, fold, id, server.Services.GetRequiredService<Clock>());
            return true;
        });
        await server.Services.GetRequiredService<LogFollowers>().CatchUp(fold, id, CancellationToken.None);
        await Some.Folded(client);
        (await All(client)).ShouldBe(rows);
        return rows;
    }

    private static async Task<List<string>> All(HttpClient client) =>
    [
        .. (await Some.Get(client, "/v1/entities?limit=1000")).GetProperty("items").EnumerateArray().Select(item =>
            $"{item.GetProperty("type")} {item.GetProperty("id")} {item.GetProperty("fields").GetRawText()} {item.GetProperty("changes")} {item.GetProperty("lastAt")}"),
    ];

    private static string OnHand(JsonElement fields) => fields.GetProperty("onHand").GetRawText();

    private static string Received(string id, string time, int quantity) =>
        Some.Event("stock.received", id, time, $$"""{"sku":"A","location":"R1","quantity":{{quantity}}}""");

    private static string Line(string id, string sku, string description, int quantity) => Some.Event(
        "order.line", id, "2026-03-02T08:00:00Z",
        $$"""{"invoice":"1","sku":"{{sku}}","description":"{{description}}","quantity":{{quantity}},"unitPrice":{"amount":"2.55","currency":"GBP"},"customer":null,"country":"UK"}""");
}
