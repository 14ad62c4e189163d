using Cairn.MerkleLog;
using Npgsql;
using NpgsqlTypes;

namespace Cairn.Server.Platform;

/// <summary>
/// New entries laid out column by column, as <c>unnest</c> takes them. (COPY would be quicker still, but PostgreSQL
/// refuses it on tables with row-level security.)
/// </summary>
internal sealed class LedgerColumns(int capacity)
{
    private readonly List<long> index = new(capacity);
    private readonly List<string> kind = new(capacity);
    private readonly List<string> eventId = new(capacity);
    private readonly List<string> source = new(capacity);
    private readonly List<string> type = new(capacity);
    private readonly List<string?> subject = new(capacity);
    private readonly List<string?> schema = new(capacity);
    private readonly List<string?> contentType = new(capacity);
    private readonly List<DateTimeOffset> eventTime = new(capacity);
    private readonly List<string?> timeGiven = new(capacity);
    private readonly List<bool> late = new(capacity);
    private readonly List<string> actor = new(capacity);
    private readonly List<Guid?> batch = new(capacity);
    private readonly List<byte[]> textHash = new(capacity);
    private readonly List<byte[]> signedText = new(capacity);
    private readonly List<byte[]> salt = new(capacity);
    private readonly List<ReadOnlyMemory<byte>> data = new(capacity);
    private readonly List<bool> isJson = new(capacity);

    public int Count => index.Count;

    public void Add(LedgerDraft draft, long at, DateTimeOffset time, bool isLate, byte[] text, in Hash256 hash)
    {
        index.Add(at);
        kind.Add(draft.Kind);
        eventId.Add(draft.EventId);
        source.Add(draft.Source);
        type.Add(draft.Type);
        subject.Add(draft.Subject);
        schema.Add(draft.DataSchema);
        contentType.Add(draft.ContentType);
        eventTime.Add(time);
        timeGiven.Add(draft.TimeText);
        late.Add(isLate);
        actor.Add(draft.Actor);
        batch.Add(draft.BatchId);
        textHash.Add(hash.ToArray());
        signedText.Add(text);
        salt.Add(draft.Salt);
        data.Add(draft.Data);
        isJson.Add(draft.DataIsJson);
    }

    /// <summary>Adds the columns as parameters, in the order of the insert.</summary>
    public void AddTo(NpgsqlParameterCollection to)
    {
        to.Add(LedgerStore.TypedArray(index, NpgsqlDbType.Bigint));
        foreach (var texts in new IList<string?>[] { kind!, eventId!, source!, type!, subject, schema, contentType })
        {
            to.Add(LedgerStore.TypedArray(texts, NpgsqlDbType.Text));
        }

        to.Add(LedgerStore.TypedArray(eventTime, NpgsqlDbType.TimestampTz));
        to.Add(LedgerStore.TypedArray(timeGiven, NpgsqlDbType.Text));
        to.Add(LedgerStore.TypedArray(late, NpgsqlDbType.Boolean));
        to.Add(LedgerStore.TypedArray(actor, NpgsqlDbType.Text));
        to.Add(LedgerStore.TypedArray(batch, NpgsqlDbType.Uuid));
        to.Add(LedgerStore.TypedArray(textHash, NpgsqlDbType.Bytea));
        to.Add(LedgerStore.TypedArray(signedText, NpgsqlDbType.Bytea));
        to.Add(LedgerStore.TypedArray(salt, NpgsqlDbType.Bytea));
        to.Add(LedgerStore.TypedArray(data, NpgsqlDbType.Bytea));
        to.Add(LedgerStore.TypedArray(isJson, NpgsqlDbType.Boolean));
    }
}
