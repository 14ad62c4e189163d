using System.Net;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Customers;

public sealed class ContactsApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Full =
        """
        {"name":"Ida Brandt","email":"ida@acme.example","phone":"+44 20 7946 0000 x12","title":"Head of operations",
         "roles":["process-owner","executive-sponsor"],"primary":true,"notes":"Prefers mornings.\nSpeaks Danish."}
        """;

    private HttpClient Operator => server.Client(server.OperatorKey);

    [Fact]
    public async Task A_contact_is_recorded_read_changed_and_listed()
    {
        var home = await Home();
        var answer = await Operator.PostText(home, Full);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var made = await answer.Json();
        made.Text("id").ShouldStartWith("con_");
        made.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["executive-sponsor", "process-owner"], "They stand in the order of the roles.");
        made.Text("notes").ShouldBe("Prefers mornings.\nSpeaks Danish.");
        answer.Headers.ETag!.Tag.ShouldBe("\"1\"");

        var address = $"{home}/{made.Text("id")}";
        var changed = await (await Operator.Patch(address, "\"1\"", """{"title":null,"phone":"555 0100"}""")).Json();
        changed.GetProperty("title").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        changed.GetProperty("version").GetInt64().ShouldBe(2);
        (await (await Operator.GetAsync(address)).Json()).Text("phone").ShouldBe("555 0100");
        (await Operator.Patch(address, "\"2\"", """{"phone":"555 0100"}""")).Headers.ETag!.Tag.ShouldBe("\"2\"", "Nothing changed, so there is no new version.");

        await Operator.PostText(home, """{"name":"Second","roles":["it"]}""");
        var first = await (await Operator.GetAsync(home + "?limit=1")).Json();
        Names(first).ShouldBe(["Ida Brandt"]);
        Names(await (await Operator.GetAsync($"{home}?limit=1&cursor={first.Text("next")}")).Json()).ShouldBe(["Second"]);
        await (await Operator.GetAsync(home + "?limit=0")).ShouldBeProblem(HttpStatusCode.BadRequest, "query-number");
    }

    [Fact]
    public async Task All_faults_of_a_contact_are_told_at_once()
    {
        var answer = await Operator.PostText(await Home(), """{"email":"nobody","phone":"call me","roles":["it","boss"],"primary":"yes","nmae":"x","notes":"\u0007"}""");
        (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults().Order().ShouldBe(
            new[]
            {
                "/email email-unusable", "/name member-missing", "/nmae member-unknown", "/notes text-unusable", "/phone phone-unusable",
                "/primary member-type", "/roles/1 portal-role-unknown",
            }.Order());
        await (await Operator.PostText(await Home(), """{"name":"x","roles":[]}""")).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "roles-count");
    }

    [Fact]
    public async Task There_is_one_primary_contact_and_the_mark_moves()
    {
        var home = await Home();
        var first = (await (await Operator.PostText(home, Full)).Json()).Text("id");
        var second = await (await Operator.PostText(home, """{"name":"Second","roles":["it"],"primary":true}""")).Json();

        var old = await (await Operator.GetAsync($"{home}/{first}")).Json();
        old.GetProperty("primary").GetBoolean().ShouldBeFalse();
        old.GetProperty("version").GetInt64().ShouldBe(2);
        await Operator.Patch($"{home}/{first}", "\"2\"", """{"primary":true}""");
        (await (await Operator.GetAsync($"{home}/{second.Text("id")}")).Json()).GetProperty("primary").GetBoolean().ShouldBeFalse();
        (await Trail(home)).ShouldBe(["customer.created", "contact.created", "contact.created", "contact.changed"]);
    }

    [Fact]
    public async Task A_removed_contact_is_gone_until_it_is_restored_without_taking_the_mark_back()
    {
        var home = await Home();
        var id = (await (await Operator.PostText(home, Full)).Json()).Text("id");
        (await Operator.Delete($"{home}/{id}", "\"1\"")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await Operator.GetAsync($"{home}/{id}")).ShouldBeProblem(HttpStatusCode.NotFound, "contact-not-found");
        await (await Operator.Delete($"{home}/{id}", "\"2\"")).ShouldBeProblem(HttpStatusCode.NotFound, "contact-not-found");
        Names(await (await Operator.GetAsync(home)).Json()).ShouldBeEmpty();
        await Operator.PostText(home, """{"name":"Second","roles":["it"],"primary":true}""");

        var restored = await Operator.PostText($"{home}/{id}/restoration", "");
        restored.StatusCode.ShouldBe(HttpStatusCode.OK, await restored.Content.ReadAsStringAsync());
        (await restored.Json()).GetProperty("primary").GetBoolean().ShouldBeFalse("Somebody else is primary by now.");
        (await Operator.PostText($"{home}/{id}/restoration", "")).Headers.ETag.ShouldBe(restored.Headers.ETag, "It is there already.");
        await (await Operator.PostText($"{home}/con_x/restoration", "")).ShouldBeProblem(HttpStatusCode.NotFound, "contact-not-found");
        (await Trail(home)).ShouldBe(["customer.created", "contact.created", "contact.removed", "contact.created", "contact.restored"]);
    }

    [Fact]
    public async Task A_change_without_a_version_or_with_an_old_one_is_refused()
    {
        var home = await Home();
        var address = $"{home}/{(await (await Operator.PostText(home, Full)).Json()).Text("id")}";
        await (await Operator.Patch(address, null, "{}")).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
        await (await Operator.Patch(address, "new", "{}")).ShouldBeProblem(HttpStatusCode.BadRequest, "version-malformed");
        await (await Operator.Patch(address, "\"7\"", "{}")).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "lost-race");
        await (await Operator.Delete(address, null)).ShouldBeProblem(HttpStatusCode.PreconditionRequired, "version-required");
    }

    [Fact]
    public async Task A_customers_own_key_reads_its_people_without_the_notes_and_changes_none()
    {
        var customer = await server.NewCustomer();
        var home = $"/v1/customers/{customer.Id}/contacts";
        var id = (await (await Operator.PostText(home, Full)).Json()).Text("id");
        using var own = server.Client(customer.Key);
        (await (await own.GetAsync($"{home}/{id}")).Json()).GetProperty("notes").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await (await own.PostText(home, Full)).ShouldBeProblem(HttpStatusCode.Forbidden, "operator-required");
    }

    [Fact]
    public async Task A_customer_takes_a_bounded_number_of_contacts()
    {
        var home = await Home();
        await server.Database.ForOperator(work => work.Execute(
            """
            insert into customers_contacts (customer_id, contact_id, name, roles, is_primary, created_at, version)
            select @customer, gen_random_uuid(), 'n', '{it}', false, now(), 1 from generate_series(1, 500)
            """,
            new { customer = CustomerOf(home).Value }));
        await (await Operator.PostText(home, Full)).ShouldBeProblem(HttpStatusCode.Conflict, "too-many-records");
    }

    private static CustomerId CustomerOf(string home) => TypedId.TryParse<CustomerId>(home.Split('/')[3], out var id) ? id : throw new ArgumentException(home);

    private async Task<string> Home() => $"/v1/customers/{(await server.NewCustomer()).Id}/contacts";

    private async Task<IEnumerable<string>> Trail(string home) =>
        (await (await Operator.GetAsync($"/v1/audit-trail?kind=record&customer={home.Split('/')[3]}")).Json()).GetProperty("items").EnumerateArray()
            .Select(item => item.Text("action")).Where(action => action != "api-key.created").ToList();

    private static IEnumerable<string> Names(System.Text.Json.JsonElement page) => page.GetProperty("items").EnumerateArray().Select(item => item.Text("name"));
}
