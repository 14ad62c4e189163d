using System.Net;
using Cairn.Domain.Foundation;
using Cairn.Server.Ingest;
using Cairn.Server.Tests.Ingest;
using Cairn.Server.Tests.Support;
using Npgsql;

namespace Cairn.Server.Tests.Faults;

/// <summary>A commit that neither succeeds nor fails: it waits on a lock, as it would on a disk that stalls.</summary>
public sealed class HungCommitTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    /// <summary>Half of what a statement may take: without a deadline of their own, writes would wait for that.</summary>
    private static readonly TimeSpan Hangs = IngestWriter.Deadline * 2;

    [Fact]
    public async Task A_write_is_put_off_at_its_deadline_and_its_retry_finds_out_what_became_of_it()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        client.Timeout = Hangs;
        var events = Enumerable.Range(0, 3).Select(number => PostEventsTests.PlainEvent($"hung-{number}", "1")).ToList();
        await using (var stalled = await HoldHead(customer))
        {
            // The first is in the commit, the others wait behind it.
            foreach (var put in await Task.WhenAll(events.Select(one => PostEventsTests.Post(client, one))))
            {
                put.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
                put.Headers.RetryAfter.ShouldNotBeNull();
                (await PostEventsTests.Json(put)).GetProperty("code").GetString().ShouldBe("database-unavailable");
            }
        }

        foreach (var one in events)
        {
            using var retried = await PostEventsTests.Post(client, one);
            retried.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Created);
        }

        var listed = await PostEventsTests.Json(await client.GetAsync("/v1/events"));
        listed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("eventId").GetString()).Order().ShouldBe(["hung-0", "hung-1", "hung-2"]);
    }

    private async Task<NpgsqlConnection> HoldHead(TestCustomer customer)
    {
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        var connection = new NpgsqlConnection(server.OwnerConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand("select 1 from ledger_heads where customer_id = $1 for update", connection);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        (await command.ExecuteScalarAsync()).ShouldBe(1);
        return connection;
    }
}
