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

    /// <summary>Where in a log an append went.</summary>
    internal sealed record Place(short Generation, string Origin, long FirstIndex);

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

    // Moves the head, which locks it, and inserts behind its old end, in one statement. It does nothing at all where the
    // secret is another than the entries were signed with, or where the log holds a later time already. The arrays are
    // unfolded in a target list, side by side: in a FROM clause each of them would first be copied into a store of its own.
    private const string Append =
        """
        with head as (
            update ledger_heads set size = size + $2, last_recorded_at = $3,
                   events = events + (select count(*) from unnest($5::text[]) kind where kind = 'event')
            where customer_id = $1 and closed_at is null and secret_version = $4 and last_recorded_at <= $3
            returning customer_id, generation, origin, secret_version, size - $2 as first_index),
        added as (
            insert into ledger_entries (
                customer_id, generation, log_index, kind, event_id, source, transaction_type, subject, data_schema, content_type,
                event_time, time_given, recorded_at, late, actor, batch_id, secret_version, text_hash, signed_text, salt, data_raw, data)
            select h.customer_id, h.generation, h.first_index + n.ordinal - 1, n.kind, n.event_id, n.source, n.type, n.subject, n.data_schema,
                   n.content_type, n.event_time, n.time_given, $3, n.late, n.actor, n.batch_id, h.secret_version, n.text_hash, n.signed_text,
                   n.salt, n.data_raw, case when n.is_json then convert_from(n.data_raw, 'UTF8')::jsonb end
            from head h cross join (
                select unnest($5::text[]) kind, unnest($6::text[]) event_id, unnest($7::text[]) source, unnest($8::text[]) type,
                       unnest($9::text[]) subject, unnest($10::text[]) data_schema, unnest($11::text[]) content_type,
                       unnest($12::timestamptz[]) event_time, unnest($13::text[]) time_given, unnest($14::boolean[]) late,
                       unnest($15::text[]) actor, unnest($16::uuid[]) batch_id, unnest($17::bytea[]) text_hash,
                       unnest($18::bytea[]) signed_text, unnest($19::bytea[]) salt, unnest($20::bytea[]) data_raw,
                       unnest($21::boolean[]) is_json, generate_series(1, $2) ordinal) n)
        select generation, origin, first_index from head
        """;

    // The same for a lone entry: executing the arrays' statement costs several times what one row takes.
    private const string AppendOne =
        """
        with head as (
            update ledger_heads set size = size + 1, last_recorded_at = $2, events = events + ($4 = 'event')::int
            where customer_id = $1 and closed_at is null and secret_version = $3 and last_recorded_at <= $2
            returning generation, origin, size - 1 as first_index),
        added as (
            insert into ledger_entries (
                customer_id, generation, log_index, kind, event_id, source, transaction_type, subject, data_schema, content_type,
                event_time, time_given, recorded_at, late, actor, batch_id, secret_version, text_hash, signed_text, salt, data_raw, data)
            select $1, generation, first_index, $4, $5, $6, $7, $8, $9, $10, $11, $12, $2, $13, $14, $15, $3, $16, $17, $18, $19,
                   case when $20 then convert_from($19, 'UTF8')::jsonb end
            from head)
        select generation, origin, first_index from head
        """;

    /// <summary>Locks the head and finds which of the ids are claimed already; the second statement sees all that was committed before the lock.</summary>
    public static async Task<(Head Head, Dictionary<int, LedgerRow> Claimed)> LockAndFind(
        DbWork work, CustomerId customer, IReadOnlyList<LedgerDraft> drafts)
    {
        string[] ids = [.. drafts.Select(draft => draft.EventId)];
        string[] sources = [.. drafts.Select(draft => draft.Source)];
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

    /// <summary>Appends the entries in the caller's transaction. <see langword="null"/> when the head is not as they were signed for.</summary>
    public static async Task<Place?> Write(DbWork work, CustomerId customer, LedgerSigner signer, IReadOnlyList<LedgerEntry> entries)
    {
        await using var batch = new NpgsqlBatch(work.Connection, work.Transaction) { BatchCommands = { AppendCommand(customer, signer, entries) } };
        await using var reader = await batch.ExecuteReaderAsync(work.Cancel);
        return await ReadPlace(reader);
    }

    /// <summary>The same as a transaction of its own.</summary>
    public static Task<Place?> WriteAlone(Database database, CustomerId customer, LedgerSigner signer, IReadOnlyList<LedgerEntry> entries) =>
        database.InOneTrip(customer, AppendCommand(customer, signer, entries), ReadPlace);

    private static NpgsqlBatchCommand AppendCommand(CustomerId customer, LedgerSigner signer, IReadOnlyList<LedgerEntry> entries)
    {
        if (entries is [var only])
        {
            var one = new NpgsqlBatchCommand(AppendOne)
            {
                Parameters = { Typed(customer.Value), Typed(signer.Now.ToDateTimeOffset()), Typed(signer.SecretVersion) },
            };
            LedgerColumns.AddTo(one.Parameters, only);
            return one;
        }

        var command = new NpgsqlBatchCommand(Append)
        {
            Parameters =
            {
                Typed(customer.Value), Typed((long)entries.Count), Typed(signer.Now.ToDateTimeOffset()), Typed(signer.SecretVersion),
            },
        };
        LedgerColumns.AddTo(command.Parameters, entries);
        return command;
    }

    private static async Task<Place?> ReadPlace(NpgsqlDataReader reader) =>
        await reader.ReadAsync() ? new Place(reader.GetInt16(0), reader.GetString(1), reader.GetInt64(2)) : null;

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
