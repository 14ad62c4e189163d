using System.Net;
using System.Net.Http.Json;
using System.Text;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Api;
using Cairn.Server.Tests.Support;
using Npgsql;

namespace Cairn.Server.Tests.Access;

/// <summary>
/// Members of the staff who reach only some customers. To them customer A, in all of whose data stands a marker, is not
/// there: not at its addresses, not in lists, searches, counts, streams or trails.
/// </summary>
public sealed class ReachTests(MatrixWorld world) : IClassFixture<MatrixWorld>
{
    public static TheoryData<string> Limits => ["named", "portfolio"];

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Every_operation_on_a_customer_out_of_reach_is_not_found_and_tells_nothing(string reach)
    {
        using var client = await Limited(reach);
        var samples = new Samples(world);
        var tried = 0;
        foreach (var operation in OpenApi.Operations(await OpenApi.Document(client)).Where(operation => !operation.IsPublic && operation.Takes("customer")))
        {
            using var request = await samples.Request(operation, isSilent: false);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            var text = await answer.Content.ReadAsStringAsync();
            // What the role does not allow at all is refused before it is asked whose data is meant.
            answer.StatusCode.ShouldBeOneOf([HttpStatusCode.NotFound, .. NeedsMore(operation) || text.Contains("\"reach-limited\"", StringComparison.Ordinal) ? [HttpStatusCode.Forbidden] : Array.Empty<HttpStatusCode>()], $"{operation.Name}: {text}");
            world.TellsOfA(text).ShouldBeFalse($"{operation.Name}: {text}");
            tried++;
        }

        tried.ShouldBeGreaterThan(15);
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Side_doors_show_nothing_of_a_customer_out_of_reach(string reach)
    {
        using var client = await Limited(reach);
        using var everybody = await As(await world.Person(StaffRole.Viewer));
        foreach (var door in new[] { "/v1/customers?limit=200", $"/v1/customers?q={MatrixWorld.Marker}", $"/v1/customers?q={world.A.Id}", "/v1/customers?q=%25" })
        {
            var text = await client.GetStringAsync(door);
            world.TellsOfA(text).ShouldBeFalse($"{door}: {text}");
            text.ShouldNotContain(world.A.Id);
        }

        // A search that finds nothing for anybody would prove nothing.
        world.TellsOfA(await everybody.GetStringAsync("/v1/customers?limit=200")).ShouldBeTrue();
        foreach (var door in new[] { $"/v1/events/stream?customer={world.A.Id}&after=-1", $"/v1/audit-trail?customer={world.A.Id}", $"/v1/receipts/{MatrixWorld.PlainEventId}?customer={world.A.Id}", $"/v1/customers/{world.A.Id}/log/checkpoint", $"/v1/audit-trail?customer={CustomerId.Installation}" })
        {
            using var answer = await client.GetAsync(door, HttpCompletionOption.ResponseHeadersRead);
            await answer.ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
        }

        (await everybody.GetAsync($"/v1/audit-trail?customer={world.A.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Who_reaches_named_customers_works_on_those_and_makes_no_others()
    {
        using var client = await Limited("named");
        (await client.GetAsync($"/v1/customers/{world.B.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await client.GetAsync("/v1/customers")).Json()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().Text("id").ShouldBe(world.B.Id);
        await (await client.PostAsJsonAsync("/v1/customers", new { name = "Mine" })).ShouldBeProblem(HttpStatusCode.Forbidden, "reach-limited");
    }

    [Fact]
    public async Task Who_reaches_their_portfolio_sees_the_customers_in_whose_team_they_are_as_long_as_they_are()
    {
        var person = await Manager("portfolio", world.A.Id);
        using var client = await As(person);
        (await client.GetAsync($"/v1/customers/{world.A.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var member = (await world.Made("/team", $$"""{"person":"{{person}}","role":"csm"}""")).Text("id");
        (await client.GetAsync($"/v1/customers/{world.A.Id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await client.GetAsync("/v1/customers")).Json()).GetProperty("items").EnumerateArray().ShouldHaveSingleItem().Text("id").ShouldBe(world.A.Id);

        using var everybody = world.Server.Client(world.Server.OperatorKey);
        using var leave = new HttpRequestMessage(HttpMethod.Delete, $"/v1/customers/{world.A.Id}/team/{member}");
        leave.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        (await everybody.SendAsync(leave)).IsSuccessStatusCode.ShouldBeTrue();
        (await client.GetAsync($"/v1/customers/{world.A.Id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_stream_ends_when_its_customer_goes_out_of_reach()
    {
        var person = await Manager("named", world.A.Id);
        using var client = await As(person);
        using var answer = await client.GetAsync($"/v1/events/stream?customer={world.A.Id}", HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Reach(person, "named", world.B.Id);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain("event: end");
    }

    [Fact]
    public async Task The_wall_in_the_database_holds_where_a_query_forgets_the_reach()
    {
        await using var source = NpgsqlDataSource.Create(world.Server.OwnerConnectionString);
        TypedId.TryParse<CustomerId>(world.B.Id, out var b).ShouldBeTrue();
        TypedId.TryParse<CustomerId>(world.A.Id, out var a).ShouldBeTrue();
        (await Count($"set local cairn.reach = '{{{b.Value}}}'")).ShouldBe((0, 1));
        (await Count($"set local cairn.reach = '{{{b.Value},{a.Value}}}'")).ShouldBe((1, 1));
        (await Count("set local cairn.reach = '{}'")).ShouldBe((0, 0));

        async Task<(long A, long B)> Count(string declaration)
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var command = new NpgsqlCommand(
                $"set local role cairn_app; {declaration}; select count(*) filter (where customer_id = '{a.Value}'), count(*) filter (where customer_id = '{b.Value}') from customers_customers", connection, transaction);
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            return (reader.GetInt64(0), reader.GetInt64(1));
        }
    }

    private static bool NeedsMore(Operation operation) => operation.Node["security"]!.AsArray().Any(way => way!["session"] is { } roles && (string?)roles[0] == "Admin");

    /// <summary>A manager who reaches customer B alone, or nobody at all.</summary>
    private async Task<HttpClient> Limited(string reach) => await As(await Manager(reach, world.B.Id));

    private async Task<PersonId> Manager(string reach, string customer)
    {
        TypedId.TryParse<PersonId>(await world.Invited(), out var person).ShouldBeTrue();
        await world.Server.Database.ForCustomer(CustomerId.Installation, work => work.Execute("update access_people set role = 'Manager' where person_id = @id", new { id = person.Value }));
        await Reach(person, reach, customer);
        return person;
    }

    private Task Reach(PersonId person, string reach, string customer)
    {
        TypedId.TryParse<CustomerId>(customer, out var id).ShouldBeTrue();
        return world.Server.Database.ForCustomer(CustomerId.Installation, work => work.Execute(
            "update access_people set reach = @reach, reach_customers = @customers where person_id = @id",
            new { id = person.Value, reach, customers = reach == "named" ? new[] { id.Value } : [] }));
    }

    private async Task<HttpClient> As(PersonId person)
    {
        var client = world.Server.Client();
        client.DefaultRequestHeaders.Add("Cookie", $"cairn-session={await world.Session(person)}");
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }
}
