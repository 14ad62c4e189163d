using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Cairn.MerkleLog;
using Cairn.Server.Receipts;
using Cairn.Server.Tests.Ingest;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cairn.Server.Tests.Receipts;

/// <summary>Receipts, proofs, the log and the audit trail through real HTTP.</summary>
public sealed class ReceiptsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task Openssl_alone_prints_the_signature_of_a_receipt()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        var receipt = await Json(await PostEventsTests.Post(client, PostEventsTests.PlainEvent("o", "{\"é\":\"✓\"}")));
        var start = new ProcessStartInfo("openssl", ["dgst", "-sha256", "-hmac", customer.ReceiptSecret]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var openssl = Process.Start(start)!;
        await openssl.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(receipt.GetProperty("signed_text").GetString()!));
        openssl.StandardInput.Close();
        (await openssl.StandardOutput.ReadToEndAsync()).Trim().Split("= ")[1].ShouldBe(receipt.GetProperty("signature").GetString());
    }

    [Fact]
    public async Task Every_entry_is_proven_by_its_proof_at_once()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        await Fill(client, 300);
        var key = VerifierKey.Parse((await client.GetStringAsync($"/v1/customers/{customer.Id}/log/vkey")).Trim());
        foreach (var id in new[] { "e0", "e1", "e254", "e255", "e256", "e299" })
        {
            var receipt = await client.GetByteArrayAsync($"/v1/receipts/{id}");
            var proof = TlogProof.Parse(await client.GetStringAsync($"/v1/receipts/{id}/proof"));
            var report = ReceiptVerifier.Verify(receipt, Encoding.ASCII.GetBytes(customer.ReceiptSecret));
            report.FirstFailure.ShouldBeNull();
            proof.Verify(report.Leaf!.Value, key).IsProven.ShouldBeTrue();
            proof.Verify(MerkleTree.LeafHash("something else"u8), key).IsProven.ShouldBeFalse();
        }
    }

    [Fact]
    public async Task The_tiles_give_the_signed_root_and_every_older_checkpoint_is_consistent()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        var checkpoints = new List<Checkpoint>();
        foreach (var more in new[] { 1, 200, 60, 500, 3 })
        {
            await Fill(client, more, prefix: $"c{checkpoints.Count}-");
            checkpoints.Add(await LatestCheckpoint(client, customer.Id, atLeast: 2 + checkpoints.Count));
        }

        var last = checkpoints[^1];
        var tiles = new Dictionary<TileAddress, ReadOnlyMemory<byte>>();
        foreach (var tile in Tiles.Covering(last.Size))
        {
            tiles[tile] = await client.GetByteArrayAsync($"/v1/customers/{customer.Id}/log/tile/{tile.Path}");
            if (tile.Level == 0)
            {
                var entries = EntriesTile.Parse(await client.GetByteArrayAsync($"/v1/customers/{customer.Id}/log/tile/{tile.EntriesPath}"));
                entries.SelectMany(entry => MerkleTree.LeafHash(entry.Span).ToArray()).ShouldBe(tiles[tile].ToArray());
            }
        }

        TileProofs.Root(last.Size, tiles).ShouldBe(last.Root);
        foreach (var earlier in checkpoints)
        {
            Proofs.VerifyConsistency(earlier.Size, last.Size, earlier.Root, last.Root, TileProofs.Consistency(earlier.Size, last.Size, tiles)).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Erasing_a_payload_leaves_signature_place_and_proof_valid()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        var before = await Json(await PostEventsTests.Post(client, PostEventsTests.PlainEvent("gone", "{\"mail\":\"someone@example.com\"}")));
        using var answer = await client.PostAsJsonAsync("/v1/receipts/gone/erasure", new { reason = "asked for it" });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var bytes = await client.GetByteArrayAsync("/v1/receipts/gone");
        var after = JsonDocument.Parse(bytes).RootElement;
        new[] { "data", "data_raw", "salt" }.ShouldAllBe(name => after.GetProperty(name).ValueKind == JsonValueKind.Null);
        after.GetProperty("signature").GetString().ShouldBe(before.GetProperty("signature").GetString());
        var report = ReceiptVerifier.Verify(bytes, Encoding.ASCII.GetBytes(customer.ReceiptSecret));
        report.HasFailed.ShouldBeFalse();
        var key = VerifierKey.Parse((await client.GetStringAsync($"/v1/customers/{customer.Id}/log/vkey")).Trim());
        TlogProof.Parse(await client.GetStringAsync("/v1/receipts/gone/proof")).Verify(report.Leaf!.Value, key).IsProven.ShouldBeTrue();
        (await Verify(customer.Id)).Faults.ShouldBeEmpty();
        using var repeat = await PostEventsTests.Post(client, PostEventsTests.PlainEvent("gone", "{\"mail\":\"someone@example.com\"}"));
        (await Code(repeat)).ShouldBe("event-erased");
        using var again = await client.PostAsync("/v1/receipts/gone/erasure", null);
        (await Code(again)).ShouldBe("receipt-erased");
        (await AllRows()).ShouldNotContain("someone@example.com");
    }

    [Fact]
    public async Task A_receipt_stays_on_one_line_however_its_payload_was_laid_out()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        using var answer = await PostEventsTests.Post(client, PostEventsTests.PlainEvent("wide", "{\r\n  \"a\": \"x\\ny\"\n}"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        bytes.ShouldNotContain((byte)'\n');
        ReceiptVerifier.Verify(bytes, Encoding.ASCII.GetBytes(customer.ReceiptSecret)).FirstFailure.ShouldBeNull();
    }

    [Fact]
    public async Task Records_of_ours_cannot_be_erased()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        var trail = await Json(await client.GetAsync("/v1/audit-trail?kind=record"));
        var id = trail.GetProperty("items")[0].GetProperty("eventId").GetString();
        using var answer = await client.PostAsync($"/v1/receipts/{id}/erasure", null);
        (await Code(answer)).ShouldBe("record-not-erasable");
    }

    [Theory]
    [InlineData("signature", "signature")]
    [InlineData("event_id", "members")]
    [InlineData("data_raw", "commitment")]
    public async Task The_server_names_what_is_wrong_with_a_tampered_receipt(string member, string check)
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        var receipt = await (await PostEventsTests.Post(client, PostEventsTests.PlainEvent("t", "{\"a\":1}"))).Content.ReadAsStringAsync();
        (await Verdict(client, receipt)).Verdict.ShouldBe("proven");
        var value = JsonDocument.Parse(receipt).RootElement.GetProperty(member).GetString()!;
        var other = member == "data_raw" ? Convert.ToBase64String("{\"a\":2}"u8) : value[..^1] + (value[^1] == '0' ? '1' : '0');
        var (verdict, failed) = await Verdict(client, receipt.Replace($"\"{member}\":\"{value}\"", $"\"{member}\":\"{other}\"", StringComparison.Ordinal));
        verdict.ShouldBe("failed");
        failed.ShouldContain(check);
        using var nonsense = await client.PostAsJsonAsync("/v1/receipt-verifications", new { a = 1 });
        (await Code(nonsense)).ShouldBe("receipt-malformed");
    }

    [Fact]
    public async Task A_receipt_of_another_customer_is_not_proven_here()
    {
        var (one, other) = (await server.NewCustomer(), await server.NewCustomer());
        using var client = server.Client(one.Key);
        using var stranger = server.Client(other.Key);
        var receipt = await (await PostEventsTests.Post(client, PostEventsTests.PlainEvent("mine", "1"))).Content.ReadAsStringAsync();
        (await Verdict(stranger, receipt)).Failed.ShouldContain("in-the-log");
    }

    [Fact]
    public async Task Tampering_behind_the_server_is_found_by_the_walk()
    {
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        await Fill(client, 5);
        (await Verify(customer.Id)).Holds.ShouldBeTrue();
        await Owner($"update ledger_entries set event_id = 'e3x' where event_id = 'e3' and customer_id = {Uuid(customer.Id)}");
        (await Verify(customer.Id)).Faults.ShouldContain(fault => fault.Contains("'event_id'"));
        await Owner($"update ledger_entries set event_id = 'e3' where event_id = 'e3x'; update ledger_entries set data_raw = '2' where event_id = 'e4' and customer_id = {Uuid(customer.Id)}");
        (await Verify(customer.Id)).Faults.ShouldContain(fault => fault.Contains("'data_commitment'"));
        await Owner($"update ledger_entries set text_hash = sha256('x') where event_id = 'e2' and customer_id = {Uuid(customer.Id)}");
        (await Verify(customer.Id)).Faults.ShouldContain(fault => fault.Contains("root"));
    }

    private static async Task Fill(HttpClient client, int count, string prefix = "e")
    {
        var lines = string.Join('\n', Enumerable.Range(0, count).Select(n => PostEventsTests.Structured($"{prefix}{n}", "/s", $",\"data\":{n}")));
        using var answer = await PostEventsTests.Post(client, lines, "application/x-ndjson");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Asks until the published log has grown to the whole: the server publishes by itself, soon.</summary>
    private static async Task<Checkpoint> LatestCheckpoint(HttpClient client, string customer, int atLeast)
    {
        var newest = (await Json(await client.GetAsync("/v1/events?order=desc&limit=1"))).GetProperty("items")[0].GetProperty("index").GetInt64();
        Checkpoint? checkpoint = null;
        await Eventually.Holds(async () =>
        {
            checkpoint = Checkpoint.Parse(SignedNote.Parse(await client.GetStringAsync($"/v1/customers/{customer}/log/checkpoint")).Text);
            return checkpoint.Size > Math.Max(newest, atLeast);
        });
        return checkpoint!;
    }

    private static async Task<(string Verdict, List<string> Failed)> Verdict(HttpClient client, string receipt)
    {
        using var answer = await client.PostAsync("/v1/receipt-verifications", new StringContent(receipt));
        var verdict = await Json(answer);
        return (verdict.GetProperty("verdict").GetString()!, [.. verdict.GetProperty("checks").EnumerateArray()
            .Where(check => check.GetProperty("outcome").GetString() == "failed").Select(check => check.GetProperty("name").GetString()!)]);
    }

    private static Task<JsonElement> Json(HttpResponseMessage answer) => PostEventsTests.Json(answer);

    private static async Task<string> Code(HttpResponseMessage answer) => (await Json(answer)).GetProperty("code").GetString()!;

    private static string Uuid(string customer)
    {
        Cairn.Domain.Foundation.TypedId.TryParse<Cairn.Domain.Foundation.CustomerId>(customer, out var id).ShouldBeTrue();
        return $"'{id.Value}'";
    }

    private async Task<LogVerification> Verify(string customer)
    {
        Cairn.Domain.Foundation.TypedId.TryParse<Cairn.Domain.Foundation.CustomerId>(customer, out var id).ShouldBeTrue();
        return await server.Services.GetRequiredService<VerifyLog>().Verify(id, null, CancellationToken.None);
    }

    private async Task Owner(string sql)
    {
        await using var connection = new NpgsqlConnection(server.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<string> AllRows()
    {
        await using var connection = new NpgsqlConnection(server.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select coalesce(string_agg(e::text, ''), '') || coalesce(string_agg(convert_from(signed_text, 'UTF8'), ''), '') || coalesce(string_agg(convert_from(data_raw, 'UTF8'), ''), '') from ledger_entries e where kind <> 'event' or data_raw is null or event_id = 'gone'", connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
