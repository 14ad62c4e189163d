using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access;

public sealed class KeyRotationTests(StaffFixture staff) : IClassFixture<StaffFixture>
{
    [Fact]
    public async Task Both_texts_work_until_the_time_that_was_given()
    {
        var customer = await staff.Server.NewCustomer();
        var (id, first) = await Make($"/v1/customers/{customer.Id}/api-keys");
        var second = await Rotate($"/v1/customers/{customer.Id}/api-keys/{id}", new { overlapHours = 2 });
        second.Text("id").ShouldBe(id);
        await Works(first, customer.Id, HttpStatusCode.OK);
        await Works(second.Text("key"), customer.Id, HttpStatusCode.OK);

        await staff.Server.Database.ForOperator(work => work.Execute("update access_api_keys set previous_until = now()"));
        await Eventually.Holds(async () => await StatusOf(first, customer.Id) == HttpStatusCode.Unauthorized);
        await Works(second.Text("key"), customer.Id, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_rotation_without_overlap_ends_the_text_before_at_once()
    {
        var customer = await staff.Server.NewCustomer();
        var (id, first) = await Make($"/v1/customers/{customer.Id}/api-keys");
        await Works(first, customer.Id, HttpStatusCode.OK);
        var second = await Rotate($"/v1/customers/{customer.Id}/api-keys/{id}", new { overlapHours = 0 });
        await Works(first, customer.Id, HttpStatusCode.Unauthorized);
        var third = await Rotate($"/v1/customers/{customer.Id}/api-keys/{id}", new { });
        await Works(first, customer.Id, HttpStatusCode.Unauthorized);
        await Works(second.Text("key"), customer.Id, HttpStatusCode.OK);
        await Works(third.Text("key"), customer.Id, HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_operators_own_keys_are_for_administrators()
    {
        var colleague = await staff.Colleague("Manager");
        await (await colleague.Client.GetAsync("/v1/operator-keys")).ShouldBeProblem(HttpStatusCode.Forbidden, "role-missing");
        await (await staff.Server.Client(staff.Server.OperatorKey).PostAsJsonAsync("/v1/operator-keys", new { name = "mine", scopes = new[] { "read" } })).ShouldBeProblem(HttpStatusCode.Forbidden, "person-required");

        var customer = await staff.Server.NewCustomer();
        var (id, first) = await Make("/v1/operator-keys");
        await Works(first, customer.Id, HttpStatusCode.OK);
        var second = (await Rotate($"/v1/operator-keys/{id}", new { overlapHours = 0 })).Text("key");
        await Works(first, customer.Id, HttpStatusCode.Unauthorized);
        await Works(second, customer.Id, HttpStatusCode.OK);
        (await staff.Admin.DeleteAsync($"/v1/operator-keys/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Works(second, customer.Id, HttpStatusCode.Unauthorized);
        (await (await staff.Admin.GetAsync("/v1/operator-keys")).Json()).GetProperty("items").EnumerateArray().Single(key => key.Text("id") == id).Text("status").ShouldBe("revoked");
    }

    [Fact]
    public async Task Only_a_key_that_holds_gets_another_text()
    {
        var customer = await staff.Server.NewCustomer();
        var (id, _) = await Make($"/v1/customers/{customer.Id}/api-keys");
        await staff.Admin.DeleteAsync($"/v1/customers/{customer.Id}/api-keys/{id}");
        await (await staff.Admin.PostAsJsonAsync($"/v1/customers/{customer.Id}/api-keys/{id}/rotations", new { })).ShouldBeProblem(HttpStatusCode.Conflict, "api-key-not-active");
        await (await staff.Admin.PostAsJsonAsync($"/v1/customers/{customer.Id}/api-keys/key_1/rotations", new { })).ShouldBeProblem(HttpStatusCode.NotFound, "api-key-not-found");
        await (await staff.Admin.PostAsJsonAsync($"/v1/customers/{customer.Id}/api-keys/{id}/rotations", new { overlapHours = 721 })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "number-out-of-range");
    }

    private async Task<(string Id, string Key)> Make(string address)
    {
        var made = await (await staff.Admin.PostAsJsonAsync(address, new { name = "rotated", scopes = new[] { "read" } })).Json();
        return (made.Text("id"), made.Text("key"));
    }

    private async Task<JsonElement> Rotate(string key, object body)
    {
        var answer = await staff.Admin.PostAsJsonAsync($"{key}/rotations", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return await answer.Json();
    }

    private async Task Works(string key, string customer, HttpStatusCode status) => (await StatusOf(key, customer)).ShouldBe(status);

    private async Task<HttpStatusCode> StatusOf(string key, string customer)
    {
        using var client = staff.Server.Client(key);
        return (await client.GetAsync($"/v1/events?customer={customer}")).StatusCode;
    }
}
