using System.Collections.Concurrent;
using Cairn.Domain.Foundation;
using NodaTime;
using Npgsql;

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
    /// <summary>More logs than this are forgotten together; each costs one careful append to learn again.</summary>
    private const int MostHunches = 10_000;

    // The secret that the last append to a log signed with, as long as that append met no claimed id. It is a guess, which
    // the database checks: nothing of the head itself is kept.
    private readonly ConcurrentDictionary<CustomerId, LedgerSecret> hunches = new();

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
        var (head, claimed) = await LedgerStore.LockAndFind(work, customer, drafts);
        var secret = await secrets.Get(work, customer, head.SecretVersion);
        var signer = new LedgerSigner(customer, secret, metadata, Instant.Max(clock.NowMilliseconds, head.LastRecordedAt));
        var answers = new LedgerAppend[drafts.Count];
        var fresh = new Dictionary<(string, string), int>(drafts.Count);
        var entries = new List<LedgerEntry>(drafts.Count);
        for (var at = 0; at < drafts.Count; at++)
        {
            var draft = drafts[at];
            if (claimed.TryGetValue(at, out var row))
            {
                var itsSecret = await secrets.Get(work, customer, row.SecretVersion);
                answers[at] = Compare(row, draft, () => row.ToReceipt(itsSecret));
            }
            else if (fresh.TryAdd((draft.EventId, draft.Source), at))
            {
                var entry = signer.Sign(draft);
                answers[at] = entry.At(head.Generation, head.Origin, head.Size + entries.Count);
                entries.Add(entry);
            }
            else
            {
                // The same id twice in one call: the first one claims it, as if the two had come one after the other.
                var first = fresh[(draft.EventId, draft.Source)];
                answers[at] = Compare(RowOf(drafts[first], answers[first]), draft, () => answers[first].Receipt);
            }
        }

        if (entries.Count > 0)
        {
            _ = await LedgerStore.Write(work, customer, signer, entries)
                ?? throw new InvalidOperationException($"The head of {customer} changed under its lock.");
            work.AfterCommit(() => wakeUp.Wake(customer));
        }

        Learn(customer, entries.Count == drafts.Count ? secret : null);
        return answers;
    }

    /// <summary>Whether the last append to this log met nothing but new ids, so that <see cref="AppendNew(Database, CustomerId, IReadOnlyList{LedgerDraft})"/> is worth a try.</summary>
    public bool ExpectsNew(CustomerId customer) => hunches.ContainsKey(customer);

    /// <summary>
    /// Appends drafts that nothing speaks against being new, as a transaction of its own in a single round trip. Answers
    /// <see langword="null"/> where that cannot be: nothing was appended then, and <see cref="Append"/> finds out why.
    /// </summary>
    /// <remarks>
    /// Nothing that is signed depends on an entry's place in the log, so all is signed before the head is locked; the
    /// database refuses the whole when the secret is another by now, when time would run backwards, or when an id is claimed.
    /// </remarks>
    public async Task<IReadOnlyList<LedgerAppend>?> AppendNew(Database database, CustomerId customer, IReadOnlyList<LedgerDraft> drafts)
    {
        var answers = await Guess(customer, drafts, (signer, entries) => LedgerStore.WriteAlone(database, customer, signer, entries));
        if (answers is not null)
        {
            wakeUp.Wake(customer);
        }

        return answers;
    }

    /// <summary>The same inside the caller's transaction, which must be abandoned when the answer is <see langword="null"/>.</summary>
    public async Task<IReadOnlyList<LedgerAppend>?> AppendNew(DbWork work, CustomerId customer, IReadOnlyList<LedgerDraft> drafts)
    {
        var answers = await Guess(customer, drafts, (signer, entries) => LedgerStore.Write(work, customer, signer, entries));
        work.AfterCommit(() => wakeUp.Wake(customer));
        return answers;
    }

    private async Task<IReadOnlyList<LedgerAppend>?> Guess(
        CustomerId customer, IReadOnlyList<LedgerDraft> drafts, Func<LedgerSigner, IReadOnlyList<LedgerEntry>, Task<LedgerStore.Place?>> write)
    {
        if (!hunches.TryGetValue(customer, out var secret))
        {
            return null;
        }

        var signer = new LedgerSigner(customer, secret, metadata, clock.NowMilliseconds);
        var entries = new LedgerEntry[drafts.Count];
        for (var at = 0; at < entries.Length; at++)
        {
            entries[at] = signer.Sign(drafts[at]);
        }

        LedgerStore.Place? place;
        try
        {
            place = await write(signer, entries);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            place = null;
        }

        if (place is null)
        {
            Learn(customer, null);
            return null;
        }

        var answers = new LedgerAppend[entries.Length];
        for (var at = 0; at < answers.Length; at++)
        {
            answers[at] = entries[at].At(place.Generation, place.Origin, place.FirstIndex + at);
        }

        return answers;
    }

    private void Learn(CustomerId customer, LedgerSecret? secret)
    {
        if (secret is null)
        {
            hunches.TryRemove(customer, out _);
            return;
        }

        if (hunches.Count >= MostHunches)
        {
            hunches.Clear();
        }

        hunches[customer] = secret;
    }

    private static LedgerAppend Compare(LedgerRow row, LedgerDraft draft, Func<MerkleLog.Receipt> receipt)
    {
        var differences = row.DifferencesTo(draft);
        var verdict = differences.Count > 0 ? LedgerVerdict.Conflict
            : row.ErasedAt is not null ? LedgerVerdict.Erased
            // Our own salt: an attempt of this very draft was recorded, though its commit seemed to fail.
            : row.Salt.AsSpan().SequenceEqual(draft.Salt) ? LedgerVerdict.New
            : LedgerVerdict.Repeat;
        return new LedgerAppend(verdict, row.Generation, row.LogIndex, receipt) { Differences = differences };
    }

    /// <summary>A fresh entry as it will stand in the table, to compare a twin with.</summary>
    private static LedgerRow RowOf(LedgerDraft draft, LedgerAppend answer) => new()
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
