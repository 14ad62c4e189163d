using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>An entry as it is stored: everything a receipt is made from.</summary>
internal sealed class LedgerRow
{
    /// <summary>The columns of this row, in SQL, for the alias <c>e</c>; the origin comes from the head with alias <c>h</c>.</summary>
    public const string Columns =
        """
        e.customer_id, e.generation, e.log_index, h.origin, e.kind, e.event_id, e.source, e.transaction_type, e.subject,
        e.data_schema, e.content_type, e.event_time, e.time_given, e.recorded_at, e.late, e.actor, e.batch_id,
        e.secret_version, e.text_hash, e.signed_text, e.salt, e.data_raw, (e.data is not null) as data_is_json, e.erased_at
        """;

    public Guid CustomerId { get; init; }

    public short Generation { get; init; }

    public long LogIndex { get; init; }

    public string Origin { get; init; } = "";

    public string Kind { get; init; } = "";

    public string EventId { get; init; } = "";

    public string Source { get; init; } = "";

    public string TransactionType { get; init; } = "";

    public string? Subject { get; init; }

    public string? DataSchema { get; init; }

    public string? ContentType { get; init; }

    public DateTimeOffset EventTime { get; init; }

    public string? TimeGiven { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    public bool Late { get; init; }

    public string Actor { get; init; } = "";

    public Guid? BatchId { get; init; }

    public int SecretVersion { get; init; }

    public byte[] TextHash { get; init; } = [];

    public byte[]? SignedText { get; init; }

    public byte[]? Salt { get; init; }

    public byte[]? DataRaw { get; init; }

    public bool DataIsJson { get; init; }

    public DateTimeOffset? ErasedAt { get; init; }

    public CustomerId Customer => Domain.Foundation.CustomerId.Of(CustomerId);

    /// <summary>The receipt exactly as it was first issued; after an erasure without payload and salt.</summary>
    public Receipt ToReceipt(LedgerSecret secret) => new(
        SignedText ?? throw new InvalidOperationException($"Entry {LogIndex} has no text any more."),
        DataRaw is null ? (ReadOnlyMemory<byte>?)null : DataRaw,
        Salt,
        secret.Sign(SignedText),
        Origin,
        LogIndex,
        Kind,
        LeafEntry.Hash(Kind, Hash256.From(TextHash)))
    { DataIsJson = DataIsJson };

    /// <summary>What differs between this fact and a draft under the same id: raw payload, type, subject, schema, and time where both carry one.</summary>
    public IReadOnlyList<string> DifferencesTo(LedgerDraft draft)
    {
        var differences = new List<string>(0);
        if (DataRaw is not null && !draft.Data.Span.SequenceEqual(DataRaw))
        {
            differences.Add("data");
        }

        if (draft.Type != TransactionType)
        {
            differences.Add("type");
        }

        if (draft.Subject != Subject)
        {
            differences.Add("subject");
        }

        if (draft.DataSchema != DataSchema)
        {
            differences.Add("dataschema");
        }

        if (draft.Time is { } time && TimeGiven is { } given && Rfc3339.Parse(given) != time)
        {
            differences.Add("time");
        }

        return differences;
    }
}
