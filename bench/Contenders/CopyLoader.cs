using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Cairn.Bench.Load;
using Cairn.MerkleLog;
using Npgsql;
using NpgsqlTypes;

namespace Cairn.Bench.Contenders;

/// <summary>
/// (c) The quickest way into the product's own tables: JSON parsed, salted, hashed and signed as the product does, then
/// COPY by the owner (row-level security forbids it to the server's role), each batch one commit. No claim before the
/// insert, no head, no answer, no HTTP.
/// </summary>
internal sealed class CopyLoader(NpgsqlDataSource source) : IContender
{
    // More writers than this only wait for one another on two cores.
    private const int MostWriters = 8;

    private const string Copy =
        """
        copy ledger_entries (customer_id, generation, log_index, kind, event_id, source, transaction_type, content_type,
            event_time, time_given, recorded_at, late, actor, secret_version, text_hash, signed_text, salt, data_raw, data)
        from stdin (format binary)
        """;

    private static readonly byte[] Metadata = "{\"hostname\":\"bench\",\"late\":false,\"region\":\"local\",\"secret_version\":1,\"version\":\"0.1.0\"}"u8.ToArray();

    private readonly Guid customer = Guid.CreateVersion7();
    private readonly byte[] secret = Encoding.ASCII.GetBytes("rcs_" + RandomNumberGenerator.GetHexString(52));
    private long size;

    public string Name => "c COPY";

    public int? Pid => null;

    public async Task<Measurement> Measure(Workload work, TimeSpan duration)
    {
        var latencies = new Latencies();
        var events = 0L;
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(work.Clients, MostWriters)).Select(_ => Task.Run(async () =>
        {
            // Lines and array elements cost the same to read here; the array is what its reader takes.
            var body = (work with { Form = BodyForm.Json }).NewBody();
            var ids = new Ids();
            await using var connection = await source.OpenConnectionAsync();
            while (Stopwatch.GetElapsedTime(begin) < duration)
            {
                var start = Stopwatch.GetTimestamp();
                body.Renew(body.Bytes, 0, ids);
                await Load(connection, ReceivedEvent.ReadAll(body.Bytes));
                lock (latencies)
                {
                    latencies.Add(Stopwatch.GetTimestamp() - start);
                    events += work.Batch;
                }
            }
        })));
        return new Measurement(events, Stopwatch.GetElapsedTime(begin), latencies);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task Load(NpgsqlConnection connection, List<ReceivedEvent> events)
    {
        var first = Interlocked.Add(ref size, events.Count) - events.Count;
        var now = DateTimeOffset.UtcNow;
        await using var to = await connection.BeginBinaryImportAsync(Copy);
        for (var at = 0; at < events.Count; at++)
        {
            await Write(to, events[at], first + at, now);
        }

        await to.CompleteAsync();
    }

    private async Task Write(NpgsqlBinaryImporter to, ReceivedEvent one, long index, DateTimeOffset now)
    {
        var salt = RandomNumberGenerator.GetBytes(SignedText.SaltSize);
        var text = SignedText.Write(new ReceiptFields(
            one.Id, one.Source, "cus_00000000000000000000000000", one.Type, one.TimeText, one.TimeText, Metadata, SignedText.Commitment(salt, one.Data.Span)));
        _ = ReceiptSignature.Sign(secret, text);
        await to.StartRowAsync();
        await to.WriteAsync(customer, NpgsqlDbType.Uuid);
        await to.WriteAsync((short)1, NpgsqlDbType.Smallint);
        await to.WriteAsync(index, NpgsqlDbType.Bigint);
        await to.WriteAsync("event", NpgsqlDbType.Text);
        await to.WriteAsync(one.Id, NpgsqlDbType.Text);
        await to.WriteAsync(one.Source, NpgsqlDbType.Text);
        await to.WriteAsync(one.Type, NpgsqlDbType.Text);
        await to.WriteAsync("application/json", NpgsqlDbType.Text);
        await to.WriteAsync(one.Time, NpgsqlDbType.TimestampTz);
        await to.WriteAsync(one.TimeText, NpgsqlDbType.Text);
        await to.WriteAsync(now, NpgsqlDbType.TimestampTz);
        await to.WriteAsync(false, NpgsqlDbType.Boolean);
        await to.WriteAsync("key_00000000000000000000000000", NpgsqlDbType.Text);
        await to.WriteAsync(1, NpgsqlDbType.Integer);
        await to.WriteAsync(Hash256.OfData(text).ToArray(), NpgsqlDbType.Bytea);
        await to.WriteAsync(text, NpgsqlDbType.Bytea);
        await to.WriteAsync(salt, NpgsqlDbType.Bytea);
        await to.WriteAsync(one.Data, NpgsqlDbType.Bytea);
        await to.WriteAsync(one.Data, NpgsqlDbType.Jsonb);
    }
}
