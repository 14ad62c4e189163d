using System.Net;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using Npgsql;

namespace Cairn.Server.Tests.Faults;

/// <summary>A customer of the installation under test, made by the commands that an operator would use.</summary>
internal sealed record FaultCustomer(string Id, string ReceiptSecret, string Key)
{
    private const int Readers = 8;

    public static async Task<FaultCustomer> Create(TestInstallation installation)
    {
        var made = (await installation.Run("customer", "create", "--name", "Fault Stores", "--json")).Json();
        var id = made.GetProperty("id").GetString()!;
        var key = (await installation.Run("apikey", "create", "--customer", id, "--scope", "ingest", "--scope", "read", "--json")).Json();
        return new FaultCustomer(id, made.GetProperty("receiptSecret").GetString()!, key.GetProperty("key").GetString()!);
    }

    /// <summary>
    /// What must hold after any fault, while the server runs: every receipt that a client holds is served byte for byte
    /// and verifies; the log holds exactly the clients' events, each once, without a gap; and it verifies from its first entry.
    /// </summary>
    public async Task CheckNothingWasLost(TestInstallation installation, IngestLoad load)
    {
        load.Receipts.Count.ShouldBeGreaterThan(0);
        await CheckReceipts(load);
        var entries = await CheckEntries(installation, load);
        var verified = await installation.Run("ledger", "verify", "--json");
        var report = verified.Json();
        report.GetProperty("holds").GetBoolean().ShouldBeTrue(verified.Out);
        report.GetProperty("logs").EnumerateArray()
            .Single(log => log.GetProperty("origin").GetString() == "faults/" + Id)
            .GetProperty("entries").GetInt64().ShouldBe(entries);
    }

    private async Task CheckReceipts(IngestLoad load)
    {
        var secret = Encoding.ASCII.GetBytes(ReceiptSecret);
        await Parallel.ForEachAsync(load.Receipts, new ParallelOptions { MaxDegreeOfParallelism = Readers }, async (held, cancel) =>
        {
            using var answer = await load.Http.GetAsync(
                $"/v1/receipts/{Uri.EscapeDataString(held.Key.Id)}?source={Uri.EscapeDataString(held.Key.Source)}", cancel);
            var served = await answer.Content.ReadAsStringAsync(cancel);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, $"The receipt of {held.Key} is gone: {served}");
            served.ShouldBe(held.Value);
            var report = ReceiptVerifier.Verify(Encoding.UTF8.GetBytes(served), secret);
            report.Checks.ShouldAllBe(check => check.State == CheckState.Proven);
        });
    }

    private async Task<long> CheckEntries(TestInstallation installation, IngestLoad load)
    {
        TypedId.TryParse<CustomerId>(Id, out var customer).ShouldBeTrue();
        var events = new List<EventKey>();
        await using var joined = await installation.Join();
        await using var connection = new NpgsqlConnection(joined.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using (var all = new NpgsqlCommand("select log_index, kind, source, event_id from ledger_entries where customer_id = $1 order by log_index", connection))
        {
            all.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = customer.Value });
            await using var rows = await all.ExecuteReaderAsync();
            var expected = 0L;
            while (await rows.ReadAsync())
            {
                rows.GetInt64(0).ShouldBe(expected++, "The log has a gap or an index twice.");
                if (rows.GetString(1) == "event")
                {
                    events.Add(new EventKey(rows.GetString(2), rows.GetString(3)));
                }
            }
        }

        events.Distinct().Count().ShouldBe(events.Count, "An event is in the log twice.");
        events.ToHashSet().SetEquals(load.Receipts.Keys).ShouldBeTrue("The log holds other events than the clients hold receipts for.");
        await using var head = new NpgsqlCommand("select size from ledger_heads where customer_id = $1", connection);
        head.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = customer.Value });
        return (long)(await head.ExecuteScalarAsync())!;
    }
}
