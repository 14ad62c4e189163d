using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Access;

public sealed class ApiKeysApiTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_new_key_is_shown_once_and_works_at_once()
    {
        var customer = await server.NewCustomer();
        var made = await Make(customer, new { name = "orders", scopes = new[] { "read" } });

        var key = made.Text("key");
        key.ShouldStartWith($"cairn_{customer.Id[4..]}_{made.Text("id")[4..]}_");
        made.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["read"]);
        made.GetProperty("expiresAt").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.Client(key).GetAsync($"/v1/customers/{customer.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var listed = await (await Admin(customer).GetAsync($"/v1/customers/{customer.Id}/api-keys")).Content.ReadAsStringAsync();
        listed.ShouldContain(made.Text("id"));
        listed.ShouldNotContain(key[^52..]);
    }

    [Fact]
    public async Task The_list_goes_page_by_page_and_says_which_keys_hold()
    {
        var customer = await server.NewCustomer();
        var revoked = (await Make(customer, new { name = "old", scopes = new[] { "read" } })).Text("id");
        await Admin(customer).DeleteAsync($"/v1/customers/{customer.Id}/api-keys/{revoked}");

        var first = await (await Admin(customer).GetAsync($"/v1/customers/{customer.Id}/api-keys?limit=1")).Json();
        var second = await (await Admin(customer).GetAsync($"/v1/customers/{customer.Id}/api-keys?limit=1&cursor={first.Text("next")}")).Json();

        first.GetProperty("items")[0].Text("status").ShouldBe("active");
        first.GetProperty("items")[0].GetProperty("lastUsedAt").ValueKind.ShouldBe(JsonValueKind.String);
        second.GetProperty("items")[0].Text("id").ShouldBe(revoked);
        second.GetProperty("items")[0].Text("status").ShouldBe("revoked");
        second.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_faulty_draft_hears_of_all_faults()
    {
        var customer = await server.NewCustomer();
        var answer = await Admin(customer).PostAsJsonAsync(
            $"/v1/customers/{customer.Id}/api-keys", new { scopes = new object[] { "write", 5 }, expiresAt = "2020-01-01T00:00:00Z", extra = 1 });

        (await answer.ShouldBeProblem(HttpStatusCode.BadRequest, "input-invalid")).Faults()
            .ShouldBe(["/scopes/1 member-type", "/extra member-unknown", "/name member-missing", "/scopes/0 scope-unknown", "/expiresAt expiry-past"]);
    }

    [Fact]
    public async Task An_unknown_scope_is_refused_with_the_list()
    {
        var customer = await server.NewCustomer();
        var answer = await Admin(customer).PostAsJsonAsync($"/v1/customers/{customer.Id}/api-keys", new { name = "x", scopes = new[] { "write" } });
        (await answer.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "scope-unknown")).Text("detail").ShouldContain("ingest, read, admin");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer x")]
    [InlineData("Basic dXNlcjpwYXNz")]
    public async Task What_is_no_key_is_refused(string header)
    {
        using var client = server.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        await (await client.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "key-unknown");
    }

    [Fact]
    public async Task No_key_at_all_is_asked_for_one()
    {
        var answer = await server.Client().GetAsync("/v1/customers");
        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "authentication-required");
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"cairn\"");
    }

    [Fact]
    public async Task A_key_with_another_secret_is_as_unknown_as_one_that_never_was()
    {
        var customer = await server.NewCustomer();
        var wrongSecret = customer.Key[..^52] + new string('0', 52);
        var neverWas = new AccessToken(Id(customer), Guid.CreateVersion7(), new string('0', 52)).Write(AccessToken.ApiKeyWord);
        var otherOwner = "cairn_" + new string('0', 26) + customer.Key[32..];
        foreach (var key in new[] { wrongSecret, neverWas, otherOwner })
        {
            await (await server.Client(key).GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "key-unknown");
        }
    }

    [Fact]
    public async Task An_expired_key_is_refused_and_says_so()
    {
        var customer = await server.NewCustomer();
        var key = (await Make(customer, new { name = "brief", scopes = new[] { "read" }, expiresAt = "2999-01-01T00:00:00Z" })).Text("key");
        await server.Database.ForOperator(work => work.Execute(
            "update access_api_keys set expires_at = now() - interval '1 second' where customer_id = @customer and name = 'brief'", new { customer = Id(customer).Value }));

        await (await server.Client(key).GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "key-expired");
    }

    [Fact]
    public async Task A_revoked_key_is_refused_from_the_next_request_on_though_it_was_used_just_before()
    {
        var customer = await server.NewCustomer();
        var made = await Make(customer, new { name = "leaked", scopes = new[] { "read" } });
        using var client = server.Client(made.Text("key"));
        (await client.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Admin(customer).DeleteAsync($"/v1/customers/{customer.Id}/api-keys/{made.Text("id")}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await client.GetAsync("/v1/customers")).ShouldBeProblem(HttpStatusCode.Unauthorized, "key-revoked");
        (await Admin(customer).DeleteAsync($"/v1/customers/{customer.Id}/api-keys/{made.Text("id")}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_revocation_by_another_process_is_heard()
    {
        var customer = await server.NewCustomer();
        var made = await Make(customer, new { name = "leaked", scopes = new[] { "read" } });
        using var client = server.Client(made.Text("key"));
        (await client.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);

        TypedId.TryParse<ApiKeyId>(made.Text("id"), out var key).ShouldBeTrue();
        await server.Database.ForCustomer(Id(customer), work => AccessStore.RevokeKey(work, Id(customer), key, NodaTime.SystemClock.Instance.GetCurrentInstant()));

        // Nothing in this process was told but through the database; how soon is not the test's matter, that it comes is.
        var answer = await client.GetAsync("/v1/customers");
        for (var tries = 0; tries < 5_000 && answer.IsSuccessStatusCode; tries++)
        {
            answer = await client.GetAsync("/v1/customers");
        }

        await answer.ShouldBeProblem(HttpStatusCode.Unauthorized, "key-revoked");
    }

    [Fact]
    public async Task A_key_without_the_scope_is_refused_and_hears_which_one()
    {
        var customer = await server.NewCustomer();
        var key = await server.NewKey(Id(customer), ["ingest"]);
        var answer = await server.Client(key).GetAsync("/v1/events");
        (await answer.ShouldBeProblem(HttpStatusCode.Forbidden, "scope-missing")).Text("scope").ShouldBe("read");
    }

    [Fact]
    public async Task A_key_never_touches_another_customers_keys()
    {
        var (mine, other) = (await server.NewCustomer(), await server.NewCustomer());
        var theirs = (await Make(other, new { name = "theirs", scopes = new[] { "read" } })).Text("id");
        using var client = server.Client(mine.Key);

        await (await client.GetAsync($"/v1/customers/{other.Id}/api-keys")).ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
        await (await client.PostAsJsonAsync($"/v1/customers/{other.Id}/api-keys", new { name = "x", scopes = new[] { "read" } }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
        await (await client.DeleteAsync($"/v1/customers/{other.Id}/api-keys/{theirs}")).ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
        await (await client.DeleteAsync($"/v1/customers/{mine.Id}/api-keys/{theirs}")).ShouldBeProblem(HttpStatusCode.NotFound, "api-key-not-found");
        await (await client.GetAsync($"/v1/customers/{mine.Id}/api-keys?customer={other.Id}")).ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
    }

    [Fact]
    public async Task Nobody_makes_an_operator_key_through_a_customers_address()
    {
        using var client = server.Client(server.OperatorKey);
        await (await client.PostAsJsonAsync($"/v1/customers/{CustomerId.Installation}/api-keys", new { name = "x", scopes = new[] { "admin" } }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
    }

    [Theory]
    [InlineData("cus_nonsense")]
    [InlineData("cus_01m7z3vjepfhyrcmb0cb0d3zhn")]
    [InlineData("key_01m7z3vjepfhyrcmb0cb0d3zhn")]
    public async Task A_customer_that_is_not_there_is_not_found_however_it_is_written(string customer) =>
        await (await server.Client(server.OperatorKey).GetAsync($"/v1/customers/{customer}/api-keys")).ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");

    [Fact]
    public async Task An_operator_says_whose_data_is_meant()
    {
        await (await server.Client(server.OperatorKey).GetAsync("/v1/events")).ShouldBeProblem(HttpStatusCode.BadRequest, "customer-required");
        var customer = await server.NewCustomer();
        (await server.Client(server.OperatorKey).GetAsync($"/v1/events?customer={customer.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_that_is_not_there_cannot_be_revoked()
    {
        var customer = await server.NewCustomer();
        foreach (var key in new[] { "nonsense", new ApiKeyId(Guid.CreateVersion7()).ToString() })
        {
            await (await Admin(customer).DeleteAsync($"/v1/customers/{customer.Id}/api-keys/{key}")).ShouldBeProblem(HttpStatusCode.NotFound, "api-key-not-found");
        }
    }

    private HttpClient Admin(TestCustomer customer) => server.Client(customer.Key);

    private async Task<JsonElement> Make(TestCustomer customer, object draft)
    {
        var answer = await Admin(customer).PostAsJsonAsync($"/v1/customers/{customer.Id}/api-keys", draft);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        answer.Headers.CacheControl?.NoStore.ShouldBeTrue();
        return await answer.Json();
    }

    private static CustomerId Id(TestCustomer customer) => TypedId.TryParse<CustomerId>(customer.Id, out var id) ? id : throw new InvalidOperationException(customer.Id);
}
