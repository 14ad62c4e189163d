using Cairn.Domain.Foundation;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Cairn.Server.Platform;

/// <summary>The SQL of the append path. Only <see cref="LedgerAppender"/> and <see cref="LedgerSecrets"/> call it.</summary>
internal static class LedgerStore
{
    /// <summary>The open log of a customer, under lock until the transaction ends.</summary>
    internal sealed record Head(short Generation, string Origin, long Size, int SecretVersion, Instant LastRecordedAt);

    private const string LockHead =
        """
        select generation, origin, size, secret_version, last_recorded_at
        from ledger_heads where customer_id = $1 and closed_at is null for update
        """;

    // The lateral limit keeps the plan at one index probe a key, whatever the statistics say.
    private const string FindClaimed =
        $"""
        select k.ordinal, {LedgerRow.Columns}
        from unnest($2::text[], $3::text[]) with ordinality k(event_id, source, ordinal)
        cross join lateral (
            select * from ledger_entries x where x.customer_id = $1 and x.event_id = k.event_id and x.source = k.source limit 1) e
        join ledger_heads h on h.customer_id = $1 and h.generation = e.generation
        """;

    private const string Insert =
        """
        insert into ledger_entries (
            customer_id, generation, log_index, kind, event_id, source, transaction_type, subject, data_schema, content_type,
            event_time, time_given, recorded_at, late, actor, batch_id, secret_version, text_hash, signed_text, salt, data_raw, data)
        select $1, $2, n.log_index, n.kind, n.event_id, n.source, n.type, n.subject, n.data_schema, n.content_type,
               n.event_time, n.time_given, $3, n.late, n.actor, n.batch_id, $4, n.text_hash, n.signed_text, n.salt, n.data_raw,
               case when n.is_json then convert_from(n.data_raw, 'UTF8')::jsonb end
        from unnest($5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
                    $13::timestamptz[], $14::text[], $15::boolean[], $16::text[], $17::uuid[], $18::bytea[], $19::bytea[],
                    $20::bytea[], $21::bytea[], $22::boolean[])
             n(log_index, kind, event_id, source, type, subject, data_schema, content_type, event_time, time_given, late,
               actor, batch_id, text_hash, signed_text, salt, data_raw, is_json)
        """;

    private const string MoveHead =
        "update ledger_heads set size = $3, last_recorded_at = $4 where customer_id = $1 and generation = $2";

    /// <summary>Locks the head and finds which of the ids are claimed already; the second statement sees all that was committed before the lock.</summary>
    public static async Task<(Head Head, Dictionary<int, LedgerRow> Claimed)> LockAndFind(
        DbWork work, CustomerId customer, string[] ids, string[] sources)
    {
        await using var batch = new NpgsqlBatch(work.Connection, work.Transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockHead) { Parameters = { Typed(customer.Value) } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(FindClaimed) { Parameters = { Typed(customer.Value), Typed(ids), Typed(sources) } });
        await using var reader = await batch.ExecuteReaderAsync(work.Cancel);
        if (!await reader.ReadAsync(work.Cancel))
        {
            throw new InvalidOperationException($"{customer} has no open log.");
        }

        var head = new Head(
            reader.GetInt16(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt32(3),
            Instant.FromDateTimeOffset(reader.GetFieldValue<DateTimeOffset>(4)));
        await reader.NextResultAsync(work.Cancel);
        var claimed = new Dictionary<int, LedgerRow>();
        if (reader.HasRows)
        {
            var parse = Dapper.SqlMapper.GetRowParser<LedgerRow>(reader, startIndex: 1);
            while (await reader.ReadAsync(work.Cancel))
            {
                claimed[(int)reader.GetInt64(0) - 1] = parse(reader);
            }
        }

        return (head, claimed);
    }

    /// <summary>Writes the entries and moves the head, in one round trip.</summary>
    public static async Task Write(DbWork work, CustomerId customer, Head head, Instant recordedAt, LedgerColumns columns)
    {
        await using var batch = new NpgsqlBatch(work.Connection, work.Transaction);
        var insert = new NpgsqlBatchCommand(Insert)
        {
            Parameters = { Typed(customer.Value), Typed(head.Generation), Typed(recordedAt.ToDateTimeOffset()), Typed(head.SecretVersion) },
        };
        columns.AddTo(insert.Parameters);
        batch.BatchCommands.Add(insert);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(MoveHead)
        {
            Parameters = { Typed(customer.Value), Typed(head.Generation), Typed(head.Size + columns.Count), Typed(recordedAt.ToDateTimeOffset()) },
        });
        await batch.ExecuteNonQueryAsync(work.Cancel);
    }

    public static Task<byte[]> SealedSecret(DbWork work, CustomerId customer, int version) => work.Single<byte[]>(
        "select sealed from ledger_secrets where customer_id = @customer and version = @version", new { customer = customer.Value, version });

    public static Task AddSecret(DbWork work, CustomerId customer, int version, byte[] box, Instant now) => work.Execute(
        "insert into ledger_secrets (customer_id, version, sealed, created_at) values (@customer, @version, @box, @now)",
        new { customer = customer.Value, version, box, now = now.ToDateTimeOffset() });

    public static Task OpenLog(DbWork work, CustomerId customer, short generation, string origin, int secretVersion, Instant now) => work.Execute(
        """
        insert into ledger_heads (customer_id, generation, origin, size, secret_version, last_recorded_at)
        values (@customer, @generation, @origin, 0, @secretVersion, @now)
        """,
        new { customer = customer.Value, generation, origin, secretVersion, now = now.ToDateTimeOffset() });

    /// <summary>Whether the customer (or the installation) has a log to append to.</summary>
    public static Task<bool> HasOpenLog(DbWork work, CustomerId customer) => work.Single<bool>(
        "select exists (select from ledger_heads where customer_id = @customer and closed_at is null)", new { customer = customer.Value });

    internal static NpgsqlParameter Typed<T>(T value) => new NpgsqlParameter<T> { TypedValue = value };

    internal static NpgsqlParameter TypedArray<T>(T value, NpgsqlDbType element) =>
        new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Array | element };
}
