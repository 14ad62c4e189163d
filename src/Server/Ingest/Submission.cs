using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>Drafts that one sender handed in together, and the answer it waits for.</summary>
internal sealed class Submission(IReadOnlyList<LedgerDraft> drafts, IngestWriter.AlsoWrite? alsoWrite, long bytes, long since)
{
    // Whoever hands in many does much with the answer; it must not do that on the thread that hands out the answers of others.
    private readonly TaskCompletionSource<IReadOnlyList<LedgerAppend>> answer =
        new(drafts.Count > 1 || alsoWrite is not null ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None);

    private IReadOnlyList<LedgerAppend>? kept;

    public IReadOnlyList<LedgerDraft> Drafts => drafts;

    public IngestWriter.AlsoWrite? AlsoWrite => alsoWrite;

    public long Bytes => bytes;

    /// <summary>When it was handed in, as a timestamp of the clock.</summary>
    public long Since => since;

    public Task<IReadOnlyList<LedgerAppend>> Answer => answer.Task;

    /// <summary>Keeps what is durable until it is handed out.</summary>
    public void Keep(IReadOnlyList<LedgerAppend> answers) => kept = answers;

    /// <summary>Tells the sender what was kept. The sender goes on within this call, unless it was told something before.</summary>
    public void HandOut()
    {
        if (kept is not null)
        {
            answer.TrySetResult(kept);
        }
    }

    /// <summary>Tells the sender that its outcome is unknown, unless it was told something before. It goes on elsewhere.</summary>
    public void Fail(Exception failure) => ThreadPool.UnsafeQueueUserWorkItem(static told => told.answer.TrySetException(told.failure), (answer, failure), preferLocal: false);
}

/// <summary>
/// Hands the answers of a commit out in as many slices as there are cores. An answer of its own for each thread-pool item
/// would wake threads hundreds of times a commit; all on one thread would leave the other cores idle.
/// </summary>
internal sealed class AnswerSlices : IThreadPoolWorkItem
{
    private readonly List<Submission> group;
    private readonly int from;
    private readonly int to;

    private AnswerSlices(List<Submission> group, int from, int to) => (this.group, this.from, this.to) = (group, from, to);

    /// <param name="group">Submissions whose outcome is kept.</param>
    /// <param name="isIdle">Nothing waits to be committed, so this thread may take a slice itself: a lone sender's answer changes no thread.</param>
    public static void HandOut(List<Submission> group, bool isIdle)
    {
        var slices = Math.Min(group.Count, Environment.ProcessorCount);
        for (var slice = 0; slice < slices; slice++)
        {
            var (from, to) = (group.Count * slice / slices, group.Count * (slice + 1) / slices);
            var one = new AnswerSlices(group, from, to);
            if (isIdle && slice + 1 == slices)
            {
                one.Execute();
            }
            else
            {
                ThreadPool.UnsafeQueueUserWorkItem(one, preferLocal: false);
            }
        }
    }

    public void Execute()
    {
        for (var at = from; at < to; at++)
        {
            group[at].HandOut();
        }
    }
}
