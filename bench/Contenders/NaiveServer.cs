using System.Text;
using Microsoft.AspNetCore.Http;
using Npgsql;
using NpgsqlTypes;

namespace Cairn.Bench.Contenders;

/// <summary>
/// (b) What is written on a first afternoon: each request inserts its events and commits. One table, one unique key, no
/// signature, no log.
/// </summary>
internal sealed class NaiveServer(NpgsqlDataSource source)
{
    public const string Schema =
        """
        create table naive_events (
            event_id text collate "C" not null, source text collate "C" not null, type text not null,
            event_time timestamptz not null, data jsonb not null, primary key (event_id, source))
        """;

    private const string Insert = "insert into naive_events (event_id, source, type, event_time, data) values ($1, $2, $3, $4, $5)";

    public async Task Handle(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var events = ReceivedEvent.ReadAll(body);
        await using var connection = await source.OpenConnectionAsync();
        if (events.Count == 1)
        {
            await Add(connection, events[0]);
        }
        else
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var one in events)
            {
                await Add(connection, one);
            }

            await transaction.CommitAsync();
        }

        await BareServer.Answer(context, Encoding.ASCII.GetBytes($"{{\"stored\":{events.Count}}}"));
    }

    private static async Task Add(NpgsqlConnection connection, ReceivedEvent one)
    {
        await using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = one.Id });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = one.Source });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = one.Type });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = one.Time });
        command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = one.Data, NpgsqlDbType = NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync();
    }
}
