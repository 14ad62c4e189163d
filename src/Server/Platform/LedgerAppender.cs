using Cairn.Domain.Foundation;
using Cairn.MerkleLog;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>
/// Appends facts to a customer's log inside the caller's own transaction. The head row is locked here, so call it last,
/// just before the commit: from the lock on, every other append to the same log waits. The index is the head's size, so
/// there are no gaps; recorded times never decrease along a log. The tree itself is built by the publisher afterwards.
/// </summary>
/// <remarks>
/// Durability is the caller's commit. If that commit fails, its outcome is unknown: hand in the same drafts again, and
/// those that were recorded answer <see cref="LedgerVerdict.Repeat"/> with their original receipt.
/// </remarks>
internal sealed class LedgerAppender(LedgerSecrets secrets, SystemMetadata metadata, Clock clock, LedgerWakeUp wakeUp)
{
    /// <summary>Opens the log of a new customer (or of the installation). Returns the receipt secret, which is shown once.</summary>
    public async Task<string> OpenLog(DbWork work, CustomerId customer, string logName)
    {
        const int firstSecret = 1;
        var secret = await secrets.Create(work, customer, firstSecret);
        await LedgerStore.OpenLog(work, customer, generation: 1, $"{logName}/{customer}", firstSecret, clock.NowMilliseconds);
        return secret;
    }

    /// <summary>Appends one change of a record of ours: who did what to which record, before and after.</summary>
    public async Task<LedgerAppend> Record(DbWork work, CustomerId customer, RecordChange change) =>
        (await Append(work, customer, [change.ToDraft(NewId.Next())]))[0];

    /// <summary>Appends the drafts whose ids are free; answers the others with what is recorded. In order, one answer a draft.</summary>
    public async Task<IReadOnlyList<LedgerAppend>> Append(DbWork work, CustomerId customer, IReadOnlyList<LedgerDraft> drafts)
    {
        var ids = new string[drafts.Count];
        var sources = new string[drafts.Count];
        for (var at = 0; at < drafts.Count; at++)
        {
            (ids[at], sources[at]) = (drafts[at].EventId, drafts[at].Source);
        }

        var (head, claimed) = await LedgerStore.LockAndFind(work, customer, ids, sources);
        var now = Instant.Max(clock.NowMilliseconds, head.LastRecordedAt);
        var signer = new Signer(customer, head, await secrets.Get(work, customer, head.SecretVersion), metadata, now, drafts.Count);
        var answers = new LedgerAppend[drafts.Count];
        var fresh = new Dictionary<(string, string), int>(drafts.Count);
        for (var at = 0; at < drafts.Count; at++)
        {
            var draft = drafts[at];
            if (claimed.TryGetValue(at, out var row))
            {
                answers[at] = Compare(row, draft, row.ToReceipt(await secrets.Get(work, customer, row.SecretVersion)));
            }
            else if (fresh.TryAdd((draft.EventId, draft.Source), at))
            {
                answers[at] = signer.Add(draft);
            }
            else
            {
                // The same id twice in one call: the first one claims it, as if the two had come one after the other.
                var first = fresh[(draft.EventId, draft.Source)];
                answers[at] = Compare(signer.RowOf(drafts[first], answers[first]), draft, answers[first].Receipt);
            }
        }

        if (signer.Columns.Count > 0)
        {
            await LedgerStore.Write(work, customer, head, now, signer.Columns);
            work.AfterCommit(() => wakeUp.Wake(customer));
        }

        return answers;
    }

    private static LedgerAppend Compare(LedgerRow row, LedgerDraft draft, Receipt receipt)
    {
        var differences = row.DifferencesTo(draft);
        var verdict = differences.Count > 0 ? LedgerVerdict.Conflict
            : row.ErasedAt is not null ? LedgerVerdict.Erased
            // Our own salt: an attempt of this very draft was recorded, though its commit seemed to fail.
            : row.Salt.AsSpan().SequenceEqual(draft.Salt) ? LedgerVerdict.New
            : LedgerVerdict.Repeat;
        return new LedgerAppend(verdict, row.Generation, row.LogIndex, receipt) { Differences = differences };
    }

    /// <summary>Turns drafts into signed entries at the end of one log.</summary>
    private sealed class Signer(CustomerId customer, LedgerStore.Head head, byte[] secret, SystemMetadata metadata, Instant now, int count)
    {
        private readonly string customerText = customer.ToString();
        private readonly string nowText = Rfc3339.Format(now);

        public LedgerColumns Columns { get; } = new(count);

        public LedgerAppend Add(LedgerDraft draft)
        {
            var index = head.Size + Columns.Count;
            var late = draft.Time is { } time && now - time > LedgerLimits.LateAfter;
            var text = SignedText.Write(new ReceiptFields(
                draft.EventId,
                draft.Source,
                customerText,
                draft.Type,
                draft.TimeText ?? nowText,
                nowText,
                metadata.Canonical(head.SecretVersion, late),
                SignedText.Commitment(draft.Salt, draft.Data.Span)));
            var hash = Hash256.OfData(text);
            Columns.Add(draft, index, (draft.Time ?? now).ToDateTimeOffset(), late, text, hash);
            var receipt = new Receipt(
                text, draft.Data, draft.Salt, ReceiptSignature.Sign(secret, text), head.Origin, index, draft.Kind, LeafEntry.Hash(draft.Kind, hash))
            { DataIsJson = draft.DataIsJson };
            return new LedgerAppend(LedgerVerdict.New, head.Generation, index, receipt);
        }

        /// <summary>A fresh entry as it will stand in the table, to compare a twin with.</summary>
        public LedgerRow RowOf(LedgerDraft draft, LedgerAppend answer) => new()
        {
            Generation = answer.Generation,
            LogIndex = answer.Index,
            TransactionType = draft.Type,
            Subject = draft.Subject,
            DataSchema = draft.DataSchema,
            TimeGiven = draft.TimeText,
            DataRaw = draft.Data.ToArray(),
        };
    }
}
