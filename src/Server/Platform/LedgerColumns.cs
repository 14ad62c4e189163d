using Npgsql;
using NpgsqlTypes;

namespace Cairn.Server.Platform;

/// <summary>
/// New entries laid out column by column, as <c>unnest</c> takes them, or a lone one value by value. (COPY would be quicker still, but PostgreSQL
/// refuses it on tables with row-level security.)
/// </summary>
internal static class LedgerColumns
{
    /// <summary>Adds the columns as parameters, in the order of the insert.</summary>
    public static void AddTo(NpgsqlParameterCollection to, IReadOnlyList<LedgerEntry> entries)
    {
        to.Add(Texts(entries, entry => entry.Draft.Kind));
        to.Add(Texts(entries, entry => entry.Draft.EventId));
        to.Add(Texts(entries, entry => entry.Draft.Source));
        to.Add(Texts(entries, entry => entry.Draft.Type));
        to.Add(Texts(entries, entry => entry.Draft.Subject));
        to.Add(Texts(entries, entry => entry.Draft.DataSchema));
        to.Add(Texts(entries, entry => entry.Draft.ContentType));
        to.Add(Column(entries, entry => entry.EventTime.ToDateTimeOffset(), NpgsqlDbType.TimestampTz));
        to.Add(Texts(entries, entry => entry.Draft.TimeText));
        to.Add(Column(entries, entry => entry.IsLate, NpgsqlDbType.Boolean));
        to.Add(Texts(entries, entry => entry.Draft.Actor));
        to.Add(Column(entries, entry => entry.Draft.BatchId, NpgsqlDbType.Uuid));
        to.Add(Column(entries, entry => entry.TextHash.ToArray(), NpgsqlDbType.Bytea));
        to.Add(Column(entries, entry => entry.SignedText, NpgsqlDbType.Bytea));
        to.Add(Column(entries, entry => entry.Draft.Salt, NpgsqlDbType.Bytea));
        to.Add(Column(entries, entry => entry.Draft.Data, NpgsqlDbType.Bytea));
        to.Add(Column(entries, entry => entry.Draft.DataIsJson, NpgsqlDbType.Boolean));
    }

    /// <summary>Adds the values of one entry as parameters, in the same order.</summary>
    public static void AddTo(NpgsqlParameterCollection to, LedgerEntry entry)
    {
        var draft = entry.Draft;
        to.Add(LedgerStore.Typed(draft.Kind));
        to.Add(LedgerStore.Typed(draft.EventId));
        to.Add(LedgerStore.Typed(draft.Source));
        to.Add(LedgerStore.Typed(draft.Type));
        to.Add(Value(draft.Subject, NpgsqlDbType.Text));
        to.Add(Value(draft.DataSchema, NpgsqlDbType.Text));
        to.Add(Value(draft.ContentType, NpgsqlDbType.Text));
        to.Add(Value(entry.EventTime.ToDateTimeOffset(), NpgsqlDbType.TimestampTz));
        to.Add(Value(draft.TimeText, NpgsqlDbType.Text));
        to.Add(LedgerStore.Typed(entry.IsLate));
        to.Add(LedgerStore.Typed(draft.Actor));
        to.Add(Value(draft.BatchId, NpgsqlDbType.Uuid));
        to.Add(LedgerStore.Typed(entry.TextHash.ToArray()));
        to.Add(LedgerStore.Typed(entry.SignedText));
        to.Add(LedgerStore.Typed(draft.Salt));
        to.Add(Value(draft.Data, NpgsqlDbType.Bytea));
        to.Add(LedgerStore.Typed(draft.DataIsJson));
    }

    private static NpgsqlParameter Value<T>(T value, NpgsqlDbType type) => value is null
        ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type }
        : new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };

    private static NpgsqlParameter Texts(IReadOnlyList<LedgerEntry> entries, Func<LedgerEntry, string?> value) =>
        Column(entries, value, NpgsqlDbType.Text);

    private static NpgsqlParameter Column<T>(IReadOnlyList<LedgerEntry> entries, Func<LedgerEntry, T> value, NpgsqlDbType type)
    {
        var values = new T[entries.Count];
        for (var at = 0; at < values.Length; at++)
        {
            values[at] = value(entries[at]);
        }

        return LedgerStore.TypedArray(values, type);
    }
}
