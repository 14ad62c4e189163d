using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>What a customer's people see: nothing, until it is shared with them.</summary>
public sealed class SharesTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Seen = "order.placed";
    private const string Hidden = "salary.paid";

    [Fact]
    public async Task Whatever_is_not_shared_is_not_found_and_stands_in_no_list_and_no_count()
    {
        var (customer, visitor, _) = await Visited();

        foreach (var path in new[] { "/v1/portal/receipts/order-1", "/v1/portal/receipts/order-1/proof", "/v1/portal/log/vkey", "/v1/portal/data-quality" })
        {
            await (await visitor.GetAsync(path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-shared");
        }

        (await Items(visitor, "/v1/portal/receipts")).ShouldBeEmpty();
        var home = await (await visitor.GetAsync("/v1/portal/home")).Json();
        home.GetProperty("shared").GetArrayLength().ShouldBe(0);
        home.GetProperty("news").GetArrayLength().ShouldBe(0);
        home.GetRawText().ShouldNotContain("order");
        (await Share(customer, "receipts", "made.up")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Receipts_of_a_shared_type_are_seen_and_no_others()
    {
        var (customer, visitor, _) = await Visited();
        (await Share(customer, "receipts", Seen)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Items(visitor, "/v1/portal/receipts")).Select(item => item.Text("eventId")).ShouldBe(["order-2", "order-1"]);
        using var own = server.Client(customer.Key);
        (await visitor.GetStringAsync("/v1/portal/receipts/order-1")).ShouldBe(await own.GetStringAsync("/v1/receipts/order-1"), "It is the receipt as it was issued.");
        (await visitor.GetAsync("/v1/portal/receipts/order-1/proof")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await visitor.GetStringAsync("/v1/portal/log/vkey")).ShouldBe(await own.GetStringAsync($"/v1/customers/{customer.Id}/log/vkey"));
        await (await visitor.GetAsync("/v1/portal/receipts/pay-1")).ShouldBeProblem(HttpStatusCode.NotFound, "not-shared");
        await (await visitor.GetAsync("/v1/portal/receipts/pay-1/proof")).ShouldBeProblem(HttpStatusCode.NotFound, "not-shared");
        var same = await (await visitor.GetAsync("/v1/portal/receipts/pay-1")).Content.ReadAsStringAsync();
        (await (await visitor.GetAsync("/v1/portal/receipts/nothing")).Content.ReadAsStringAsync()).ShouldBe(same, "What is hidden and what is not there are answered alike.");

        // Entries of the log that are no events are hidden, even where all receipts are shared.
        (await Share(customer, "receipts", "*")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var entry = (await Items(own, "/v1/audit-trail?kind=record"))[0].Text("eventId");
        await (await visitor.GetAsync($"/v1/portal/receipts/{entry}")).ShouldBeProblem(HttpStatusCode.NotFound, "not-shared");
        (await visitor.GetAsync("/v1/portal/receipts/pay-1")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_id_at_two_sources_is_told_only_where_both_are_seen()
    {
        var (customer, visitor, _) = await Visited();
        await Send(customer, "order-1", Hidden, "/other");
        await Share(customer, "receipts", Seen);

        (await visitor.GetAsync("/v1/portal/receipts/order-1")).StatusCode.ShouldBe(HttpStatusCode.OK, "The hidden one is not there to be confused with.");
        await Share(customer, "receipts", Hidden);
        await (await visitor.GetAsync("/v1/portal/receipts/order-1")).ShouldBeProblem(HttpStatusCode.Conflict, "event-id-ambiguous");
        (await (await visitor.GetAsync("/v1/portal/receipts/order-1?source=%2Fother")).Json()).Text("transaction_type").ShouldBe(Hidden);
    }

    [Fact]
    public async Task What_is_shared_with_some_roles_is_hidden_from_the_others()
    {
        var (customer, visitor, _) = await Visited("finance");
        var (_, cookie) = await server.Admit(customer, "it@example.com", "it");
        using var other = server.Visitor(cookie);
        var share = await (await Share(customer, "receipts", "*", "finance")).Json();
        share.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["finance"]);

        (await Items(visitor, "/v1/portal/receipts")).Count.ShouldBe(3);
        (await Items(other, "/v1/portal/receipts")).ShouldBeEmpty();
        (await (await other.GetAsync("/v1/portal/home")).Json()).GetProperty("shared").GetArrayLength().ShouldBe(0);

        // For all instead, and then for nobody.
        (await Share(customer, "receipts", "*")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Items(other, "/v1/portal/receipts")).Count.ShouldBe(3);
        await Withdraw(customer, share.Text("id"));
        (await Items(visitor, "/v1/portal/receipts")).ShouldBeEmpty();
        (await Items(other, "/v1/portal/receipts")).ShouldBeEmpty();
        using var staff = server.Client(server.OperatorKey);
        (await Items(staff, $"/v1/audit-trail?customer={customer.Id}&kind=record")).Select(item => item.Text("action")).Where(action => action.StartsWith("share.", StringComparison.Ordinal))
            .ShouldBe(["share.granted", "share.changed", "share.withdrawn"]);
    }

    [Fact]
    public async Task The_staff_see_what_is_shared_and_what_could_be()
    {
        var (customer, _, _) = await Visited();
        await Share(customer, "receipts", Seen, "finance", "it");
        using var staff = server.Client(server.OperatorKey);

        var shares = await (await staff.GetAsync($"/v1/customers/{customer.Id}/shares")).Json();
        var share = shares.GetProperty("shares").EnumerateArray().ShouldHaveSingleItem();
        (share.Text("kind"), share.Text("record"), share.Text("sharedBy")).ShouldBe(("receipts", Seen, "a test's key"));
        var receipts = shares.GetProperty("offered").EnumerateArray().Single(kind => kind.Text("kind") == "receipts");
        receipts.GetProperty("hasEvery").GetBoolean().ShouldBeTrue();
        receipts.GetProperty("records").EnumerateArray().Select(record => record.Text("record")).ShouldBe([Seen, Hidden]);
    }

    [Fact]
    public async Task Sharing_the_same_twice_changes_nothing()
    {
        var (customer, _, _) = await Visited();
        var first = await (await Share(customer, "receipts", Seen)).Json();
        var second = await (await Share(customer, "receipts", Seen)).Json();

        second.Text("id").ShouldBe(first.Text("id"));
        using var staff = server.Client(server.OperatorKey);
        (await Items(staff, $"/v1/audit-trail?customer={customer.Id}&action=share.granted")).Count.ShouldBe(1);
        await Withdraw(customer, first.Text("id"));
        using var again = await staff.DeleteAsync($"/v1/customers/{customer.Id}/shares/{first.Text("id")}");
        await again.ShouldBeProblem(HttpStatusCode.NotFound, "share-not-found");
    }

    [Theory]
    [InlineData("""{"kind":"secrets"}""", 422, "share-kind-unknown")]
    [InlineData("""{"kind":"receipts","record":"made.up"}""", 404, "share-record-unknown")]
    [InlineData("""{"kind":"data-quality","record":"one"}""", 404, "share-record-unknown")]
    [InlineData("""{"kind":"receipts","roles":["boss"]}""", 422, "portal-role-unknown")]
    [InlineData("""{"record":"*"}""", 400, "member-missing")]
    public async Task What_cannot_be_shared_is_refused(string body, int status, string code)
    {
        var customer = await server.NewCustomer();
        using var staff = server.Client(server.OperatorKey);
        await (await staff.PostText($"/v1/customers/{customer.Id}/shares", body)).ShouldBeProblem((HttpStatusCode)status, code);
    }

    [Fact]
    public async Task As_much_can_be_shared_as_anybody_can_keep_track_of()
    {
        var (customer, _, _) = await Visited();
        Domain.Foundation.TypedId.TryParse<Domain.Foundation.CustomerId>(customer.Id, out var id).ShouldBeTrue();
        await server.Database.ForCustomer(id, work => work.Execute(
            "insert into access_shares (customer_id, share_id, kind, record_id, shared_at, shared_by) select @id, gen_random_uuid(), 'old', n::text, now(), 'x' from generate_series(1, @most) n",
            new { id = id.Value, most = Domain.Foundation.Share.MostOfACustomer }));
        await (await Share(customer, "receipts", Seen)).ShouldBeProblem(HttpStatusCode.Conflict, "shares-too-many");
    }

    [Fact]
    public async Task News_are_what_came_since_the_last_visit_among_what_is_seen()
    {
        var (customer, visitor, person) = await Visited();
        await Share(customer, "receipts", Seen);
        await server.Database.ForOperator(work => work.Execute(
            "update access_portal_people set previous_visit_at = now() - interval '1 day' where portal_person_id = @person", new { person }));

        var home = await (await visitor.GetAsync("/v1/portal/home")).Json();
        var shared = home.GetProperty("shared").EnumerateArray().ShouldHaveSingleItem();
        (shared.Text("kind"), shared.Text("record"), shared.GetProperty("isNew").GetBoolean()).ShouldBe(("receipts", Seen, true));
        var news = home.GetProperty("news").EnumerateArray().ShouldHaveSingleItem();
        (news.Text("kind"), news.Text("record"), news.GetProperty("count").GetInt64()).ShouldBe(("receipts", Seen, 2));
        home.GetRawText().ShouldNotContain(Hidden);
    }

    [Fact]
    public async Task Data_quality_is_four_figures_that_explain_themselves()
    {
        var (customer, visitor, _) = await Visited();
        (await Share(customer, "data-quality", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var quality = await (await visitor.GetAsync("/v1/portal/data-quality")).Json();
        quality.GetProperty("figures").EnumerateArray().Select(figure => figure.Text("name")).ShouldBe(["events", "failing_share", "late", "completeness"], ignoreOrder: true);
        quality.GetProperty("figures").EnumerateArray().ShouldAllBe(figure => figure.Text("how").Length > 0);
    }

    [Fact]
    public async Task Team_and_contacts_are_each_shared_as_a_whole_and_without_what_the_vendor_notes_for_itself()
    {
        var (customer, visitor, _) = await Visited();
        using var staff = server.Client(server.OperatorKey);
        (await staff.PostAsJsonAsync($"/v1/customers/{customer.Id}/contacts", new { name = "Pat Lee", roles = new[] { "it" }, email = "pat@example.com", notes = "never say this" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        foreach (var path in new[] { "/v1/portal/team", "/v1/portal/contacts" })
        {
            await (await visitor.GetAsync(path)).ShouldBeProblem(HttpStatusCode.NotFound, "not-shared");
        }

        await Share(customer, "contacts", null);
        await (await visitor.GetAsync("/v1/portal/team")).ShouldBeProblem(HttpStatusCode.NotFound, "not-shared");
        var contacts = await (await visitor.GetAsync("/v1/portal/contacts")).Json();
        contacts.GetProperty("items")[0].Text("name").ShouldBe("Pat Lee");
        contacts.GetRawText().ShouldNotContain("never say this");
        await Share(customer, "team", null);
        (await Items(visitor, "/v1/portal/team")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_goes_on_where_its_page_ended()
    {
        var (customer, visitor, _) = await Visited();
        await Share(customer, "receipts", "*");
        var first = await (await visitor.GetAsync("/v1/portal/receipts?limit=2")).Json();
        var second = await (await visitor.GetAsync($"/v1/portal/receipts?limit=2&cursor={first.Text("next")}")).Json();
        first.GetProperty("items").EnumerateArray().Concat(second.GetProperty("items").EnumerateArray()).Select(item => item.Text("eventId")).ShouldBe(["pay-1", "order-2", "order-1"]);
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        await (await visitor.GetAsync("/v1/portal/receipts?cursor=eA")).ShouldBeProblem(HttpStatusCode.BadRequest, "cursor-invalid");
    }

    /// <summary>A customer with three events of two types, and one of its people, who has come in.</summary>
    private async Task<(TestCustomer Customer, HttpClient Visitor, Guid Person)> Visited(params string[] roles)
    {
        var customer = await server.NewCustomer();
        await Send(customer, "order-1", Seen);
        await Send(customer, "order-2", Seen);
        await Send(customer, "pay-1", Hidden);
        using var staff = server.Client(server.OperatorKey);
        // Types are counted by a follower of the log.
        await Eventually.Holds(async () => (await (await staff.GetAsync($"/v1/customers/{customer.Id}/shares")).Json())
            .GetProperty("offered").EnumerateArray().Single(kind => kind.Text("kind") == "receipts").GetProperty("records").GetArrayLength() == 2);
        var (person, cookie) = await server.Admit(customer, "jo@example.com", roles);
        Domain.Foundation.TypedId.TryParse<Domain.Foundation.PortalPersonId>(person, out var id).ShouldBeTrue();
        return (customer, server.Visitor(cookie), id.Value);
    }

    private async Task Send(TestCustomer customer, string id, string type, string source = "/src")
    {
        using var own = server.Client(customer.Key);
        (await own.PostText("/v1/events", $$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"{{type}}","data":{"a":1} }""", "application/cloudevents+json"))
            .StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    private async Task<HttpResponseMessage> Share(TestCustomer customer, string kind, string? record, params string[] roles)
    {
        using var staff = server.Client(server.OperatorKey);
        return await staff.PostAsJsonAsync($"/v1/customers/{customer.Id}/shares", new { kind, record, roles });
    }

    private async Task Withdraw(TestCustomer customer, string share)
    {
        using var staff = server.Client(server.OperatorKey);
        (await staff.DeleteAsync($"/v1/customers/{customer.Id}/shares/{share}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private static async Task<IReadOnlyList<JsonElement>> Items(HttpClient client, string path) =>
        [.. (await (await client.GetAsync(path)).Json()).GetProperty("items").EnumerateArray()];
}
