using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Npgsql;
using NpgsqlTypes;

namespace Cairn.Bench.Contenders;

/// <summary>
/// (e) The least that a signed, durable append can do: hash and sign the body, and insert all that waits with one
/// statement that commits by itself. No claim of ids, no log, no checks, one index.
/// </summary>
internal sealed class GroupServer
{
    public const string Schema = "create table group_events (seq bigint primary key, body bytea not null, signature bytea not null)";

    private const string Insert = "insert into group_events (seq, body, signature) select * from unnest($1::bigint[], $2::bytea[], $3::bytea[])";
    private const int MostInOneCommit = 2_000;

    private readonly Channel<Append> waiting = Channel.CreateUnbounded<Append>(new UnboundedChannelOptions { SingleReader = true });
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly NpgsqlDataSource source;
    private long size;

    public GroupServer(NpgsqlDataSource source)
    {
        this.source = source;
        _ = Task.Run(CommitAll);
    }

    public async Task Handle(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var events = ReceivedEvent.ReadAll(body);
        var append = new Append(events, [.. events.Select(Sign)]);
        waiting.Writer.TryWrite(append);
        var first = await append.Done.Task;
        var text = new StringBuilder("[");
        for (var at = 0; at < events.Count; at++)
        {
            text.Append(at == 0 ? "" : ",").Append("{\"index\":").Append(first + at).Append(",\"signature\":\"").Append(Convert.ToHexStringLower(append.Signatures[at])).Append("\"}");
        }

        await BareServer.Answer(context, Encoding.ASCII.GetBytes(text.Append(']').ToString()));
    }

    private byte[] Sign(ReceivedEvent one)
    {
        Span<byte> text = stackalloc byte[64];
        SHA256.HashData(one.Data.Span, text);
        SHA256.HashData(Encoding.UTF8.GetBytes(one.Id), text[32..]);
        return HMACSHA256.HashData(secret, text);
    }

    private async Task CommitAll()
    {
        await using var connection = await source.OpenConnectionAsync();
        while (await waiting.Reader.WaitToReadAsync())
        {
            var group = new List<Append>();
            for (var count = 0; count < MostInOneCommit && waiting.Reader.TryRead(out var one); count += one.Events.Count)
            {
                group.Add(one);
            }

            var events = group.SelectMany(append => append.Events).ToList();
            await using var command = new NpgsqlCommand(Insert, connection);
            command.Parameters.Add(Array(events.Select((_, at) => size + at).ToList(), NpgsqlDbType.Bigint));
            command.Parameters.Add(Array(events.Select(one => one.Data).ToList(), NpgsqlDbType.Bytea));
            command.Parameters.Add(Array(group.SelectMany(append => append.Signatures).ToList(), NpgsqlDbType.Bytea));
            await command.ExecuteNonQueryAsync();
            foreach (var append in group)
            {
                append.Done.SetResult(size);
                size += append.Events.Count;
            }
        }
    }

    private static NpgsqlParameter<T> Array<T>(T value, NpgsqlDbType element) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Array | element };

    private sealed record Append(List<ReceivedEvent> Events, byte[][] Signatures)
    {
        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
