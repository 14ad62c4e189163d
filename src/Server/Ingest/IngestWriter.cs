using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Server.Ingest.Quality;
using Cairn.Server.Platform;
using Npgsql;

namespace Cairn.Server.Ingest;

/// <summary>
/// Group commit: what arrives for a customer while its previous commit is on the way to disk is appended together in the
/// next one. An answer is given only after the commit that holds it. Nothing is kept here between commits, so a crash
/// loses only what nobody was told is recorded.
/// </summary>
/// <remarks>
/// A submission is all or nothing within one commit and keeps its order. When a commit fails, its outcome is unknown, so
/// the same drafts are handed in again until <see cref="Deadline"/>: ids that were recorded then answer with their
/// original receipt. After the deadline the caller is told that the outcome is unknown and that a retry is safe.
/// The next group is on its way to the database before the answers of the one before are handed out (decision 0013).
/// </remarks>
internal sealed partial class IngestWriter : IDisposable
{
    /// <summary>The most drafts in one commit; larger submissions go alone.</summary>
    public const int MaxCommitDrafts = 2_000;

    /// <summary>The most payload bytes that may wait to be committed, over all customers.</summary>
    public const long MaxWaitingBytes = 256L << 20;

    /// <summary>How long a submission is tried before its outcome is given up as unknown.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(12);

    /// <summary>How many customers' logs commit at the same moment.</summary>
    private const int MaxConcurrentCommits = 8;

    /// <summary>
    /// How long a sender waits at most. It covers what no retry ends: a commit that hangs on a lock or a disk, and the
    /// queue behind it. The commit goes on; a sender that tries again finds out what became of it.
    /// </summary>
    private static readonly TimeSpan LongestWait = Deadline + TimeSpan.FromSeconds(3);

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(150);

    /// <summary>How often those who wait longer are looked for: one timer for all, because one a request costs more than its parsing.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Database database;
    private readonly LedgerAppender ledger;
    private readonly IngestMeter meter;
    private readonly TimeProvider time;
    private readonly ILogger<IngestWriter> log;
    private readonly Dictionary<CustomerId, Lane> lanes = [];
    private readonly SemaphoreSlim commits = new(MaxConcurrentCommits);
    private readonly ITimer look;
    private long waitingBytes;

    public IngestWriter(Database database, LedgerAppender ledger, IngestMeter meter, TimeProvider time, ILogger<IngestWriter> log)
    {
        (this.database, this.ledger, this.meter, this.time, this.log) = (database, ledger, meter, time, log);
        look = time.CreateTimer(static writer => ((IngestWriter)writer!).GiveUpLongWaits(), this, LookEvery, LookEvery);
    }

    /// <summary>Work to be done in the same transaction as the append, after it. It runs again when a commit with unknown outcome is tried again, so it must find out whether it was done.</summary>
    public delegate Task AlsoWrite(DbWork work, IReadOnlyList<LedgerAppend> answers);

    /// <summary>Appends the drafts in one commit and answers once it is durable.</summary>
    /// <exception cref="IngestUnavailableException">Too much waits, or the outcome is unknown.</exception>
    public Task<IReadOnlyList<LedgerAppend>> Append(CustomerId customer, IReadOnlyList<LedgerDraft> drafts, AlsoWrite? alsoWrite = null)
    {
        var bytes = drafts.Sum(draft => (long)draft.Data.Length + 512);
        if (Interlocked.Add(ref waitingBytes, bytes) > MaxWaitingBytes)
        {
            Interlocked.Add(ref waitingBytes, -bytes);
            throw new IngestUnavailableException(IngestProblems.Overloaded());
        }

        var submission = new Submission(drafts, alsoWrite, bytes, time.GetTimestamp());
        Lane? begun = null;
        lock (lanes)
        {
            if (!lanes.TryGetValue(customer, out var lane))
            {
                lane = begun = new Lane();
                lanes.Add(customer, lane);
            }

            lane.Waiting.Enqueue(submission);
        }

        if (begun is not null)
        {
            // Not by way of the thread pool: a lone sender would wait for another thread to wake up.
            _ = Drain(customer, begun);
        }

        return submission.Answer;
    }

    public void Dispose() => look.Dispose();

    private async Task Drain(CustomerId customer, Lane lane)
    {
        for (var group = Take(customer, lane); group is not null;)
        {
            // Before the commit, because whoever is given up on the way leaves the group.
            var bytes = group.Sum(submission => submission.Bytes);
            await commits.WaitAsync();
            try
            {
                await CommitUntilDeadline(customer, group);
            }
            finally
            {
                commits.Release();
                Interlocked.Add(ref waitingBytes, -bytes);
            }

            var answered = group;
            group = Take(customer, lane);
            AnswerSlices.HandOut(answered, isIdle: group is null);
        }
    }

    /// <summary>The next group, or <see langword="null"/> when nothing waits; then the lane is gone, under the same lock that adds to it.</summary>
    private List<Submission>? Take(CustomerId customer, Lane lane)
    {
        lock (lanes)
        {
            if (lane.Waiting.Count == 0)
            {
                lanes.Remove(customer);
                lane.Committing = [];
                return null;
            }

            var group = new List<Submission> { lane.Waiting.Dequeue() };
            var count = group[0].Drafts.Count;
            while (lane.Waiting.TryPeek(out var next) && count + next.Drafts.Count <= MaxCommitDrafts)
            {
                group.Add(lane.Waiting.Dequeue());
                count += next.Drafts.Count;
            }

            // A copy, because those that are given up leave the group.
            lane.Committing = [.. group];
            return group;
        }
    }

    private async Task CommitUntilDeadline(CustomerId customer, List<Submission> group)
    {
        while (true)
        {
            try
            {
                var answers = await Commit(customer, group);
                Distribute(customer, group, answers);
                return;
            }
            catch (Exception e) when (DatabaseFailure.IsPassing(e) && group.Exists(submission => time.GetElapsedTime(submission.Since) < Deadline))
            {
                LogRetry(group.Sum(submission => submission.Drafts.Count), e.Message);
                FailOverdue(group);
                await Task.Delay(RetryPause, time);
            }
            catch (Exception e) when (group.Count > 1 && !DatabaseFailure.IsPassing(e))
            {
                // One submission must never spoil its neighbours: each goes alone, and only the faulty one fails.
                foreach (var submission in group)
                {
                    await CommitUntilDeadline(customer, [submission]);
                }

                return;
            }
            catch (Exception e)
            {
                LogFailed(group.Sum(submission => submission.Drafts.Count), e);
                var failure = DatabaseFailure.IsPassing(e) ? new IngestUnavailableException(IngestProblems.OutcomeUnknown()) : e;
                group.ForEach(submission => submission.Fail(failure));
                return;
            }
        }
    }

    private async Task<IReadOnlyList<LedgerAppend>> Commit(CustomerId customer, List<Submission> group)
    {
        IReadOnlyList<LedgerDraft> drafts = group.Count == 1 ? group[0].Drafts : [.. group.SelectMany(submission => submission.Drafts)];
        // Nearly always all of it is new; where not, nothing was written and the careful way finds out what is.
        var guessed = !ledger.ExpectsNew(customer) ? null
            : group.TrueForAll(submission => submission.AlsoWrite is null)
                ? await ledger.AppendNew(database, customer, drafts)
                : await database.ForCustomer(customer, work => AppendAndWrite(work, group, () => ledger.AppendNew(work, customer, drafts)));
        return guessed
            ?? (await database.ForCustomer(customer, work => AppendAndWrite(work, group, async () => await ledger.Append(work, customer, drafts))))!;
    }

    private static async Task<IReadOnlyList<LedgerAppend>?> AppendAndWrite(
        DbWork work, List<Submission> group, Func<Task<IReadOnlyList<LedgerAppend>?>> append)
    {
        if (await append() is not { } answers)
        {
            work.Abandon();
            return null;
        }

        var at = 0;
        foreach (var submission in group)
        {
            if (submission.AlsoWrite is { } alsoWrite)
            {
                await alsoWrite(work, answers.Skip(at).Take(submission.Drafts.Count).ToList());
            }

            at += submission.Drafts.Count;
        }

        return answers;
    }

    private void Distribute(CustomerId customer, List<Submission> group, IReadOnlyList<LedgerAppend> answers)
    {
        var at = 0;
        foreach (var submission in group)
        {
            var own = new LedgerAppend[submission.Drafts.Count];
            var (accepted, repeated) = (0, 0);
            for (var k = 0; k < own.Length; k++)
            {
                own[k] = answers[at++];
                accepted += own[k].Verdict == LedgerVerdict.New ? 1 : 0;
                repeated += own[k].Verdict == LedgerVerdict.Repeat ? 1 : 0;
            }

            meter.Answered(customer, accepted, repeated, time.GetElapsedTime(submission.Since));
            submission.Keep(own);
        }
    }

    private void FailOverdue(List<Submission> group) => group.RemoveAll(submission =>
    {
        var isOverdue = time.GetElapsedTime(submission.Since) >= Deadline;
        if (isOverdue)
        {
            submission.Fail(new IngestUnavailableException(IngestProblems.OutcomeUnknown()));
        }

        return isOverdue;
    });

    /// <summary>Lets go of senders whose commit hangs, and of those behind them. What they handed in is still tried.</summary>
    private void GiveUpLongWaits()
    {
        bool IsLong(Submission submission) => time.GetElapsedTime(submission.Since) >= LongestWait;
        var given = new List<Submission>();
        lock (lanes)
        {
            foreach (var lane in lanes.Values)
            {
                given.AddRange(lane.Committing.Where(IsLong));
                // They stand in the order in which they came.
                given.AddRange(lane.Waiting.TakeWhile(IsLong));
            }
        }

        given.ForEach(submission => submission.Fail(new IngestUnavailableException(IngestProblems.OutcomeUnknown())));
    }

    [LoggerMessage(LogLevel.Warning, "A commit of {Count} facts failed and is tried again: {Reason}")]
    private partial void LogRetry(int count, string reason);

    [LoggerMessage(LogLevel.Error, "A commit of {Count} facts failed")]
    private partial void LogFailed(int count, Exception exception);

    private sealed class Lane
    {
        public Queue<Submission> Waiting { get; } = new();

        public Submission[] Committing { get; set; } = [];
    }
}

/// <summary>Nothing can be recorded now, or it is unknown whether it was; carries what the sender is told.</summary>
internal sealed class IngestUnavailableException(Problem problem) : Exception(problem.Detail)
{
    public Problem Problem { get; } = problem;
}
