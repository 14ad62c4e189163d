using System.IO.Pipelines;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Server.Ingest.Quality;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>
/// Records an NDJSON stream, a thousand lines a commit, without holding it in memory. The next chunk is read and checked
/// while the one before is being committed. A broken stream keeps what was committed; sending it again repeats nothing.
/// </summary>
internal sealed class IngestStream(IngestEvents events, IngestMeter meter, Clock clock)
{
    private sealed class Progress
    {
        public long Unreadable { get; set; }

        public List<StreamFault> Faults { get; } = [];

        public void Reject(long line, Problem problem)
        {
            if (Faults.Count < IngestLimits.StreamFaultsListed)
            {
                Faults.Add(new StreamFault(line, problem.Code, problem.Detail, problem.Faults));
            }
        }
    }

    /// <summary>Reads the stream to its end and answers with what was recorded.</summary>
    public async Task<Outcome<StreamAnswer>> Record(CustomerId customer, Actor actor, PipeReader body, CancellationToken cancel)
    {
        var batch = await events.OpenBatch(customer, actor, "ndjson", cancel);
        var shown = customer.ToString();
        var progress = new Progress();
        var chunk = new List<(long Line, IngestEvent Event)>(IngestLimits.StreamCommitLines);
        var committing = Task.CompletedTask;
        Problem? stop = null;
        try
        {
            await foreach (var line in LineReader.Read(body, IngestLimits.EventBytes, IngestLimits.StreamBytes, cancel))
            {
                Take(line, shown, batch, chunk, progress);
                if (chunk.Count == IngestLimits.StreamCommitLines)
                {
                    await committing;
                    committing = Commit(batch, chunk, progress);
                    chunk = new(IngestLimits.StreamCommitLines);
                }
            }
        }
        catch (StreamTooLongException)
        {
            stop = IngestProblems.StreamTooLarge();
        }
        finally
        {
            // Also when the sender breaks off: whole lines that came are recorded, as they would be by a retry.
            await committing;
            await Commit(batch, chunk, progress);
            await events.CloseBatch(batch, progress.Unreadable, CancellationToken.None);
        }

        return stop is not null
            ? stop with { Extensions = new Dictionary<string, object?> { ["batch"] = batch.Id.ToString(), ["accepted"] = batch.Accepted, ["repeated"] = batch.Repeated } }
            : new StreamAnswer(
                batch.Id.ToString(), batch.Accepted, batch.Repeated, batch.Rejected + progress.Unreadable, [.. progress.Faults.OrderBy(fault => fault.Line)]);
    }

    private void Take(StreamLine line, string customer, IngestBatch batch, List<(long, IngestEvent)> chunk, Progress progress)
    {
        var read = line.Content is { } content
            ? EventReader.Read(content, EventReader.Form.Either, customer, clock.Now)
            : IngestProblems.EventTooLarge();
        if (read.IsOk)
        {
            chunk.Add((line.Number, read.Value));
        }
        else
        {
            progress.Unreadable++;
            Reject(batch, progress, line.Number, read.Problem, null);
        }
    }

    private void Reject(IngestBatch batch, Progress progress, long line, Problem problem, IngestEvent? given)
    {
        progress.Reject(line, problem);
        meter.Refused(batch.Customer, Refusal.Of(problem, given) with { Batch = batch.Id, Place = $"line {line}" });
    }

    private async Task Commit(IngestBatch batch, List<(long Line, IngestEvent Event)> chunk, Progress progress)
    {
        if (chunk.Count == 0)
        {
            return;
        }

        var outcomes = await events.Chunk(batch, [.. chunk.Select(line => line.Event)]);
        for (var at = 0; at < outcomes.Count; at++)
        {
            if (outcomes[at].Problem is { } problem)
            {
                Reject(batch, progress, chunk[at].Line, problem, chunk[at].Event);
            }
        }
    }
}

/// <summary>What became of a stream.</summary>
/// <param name="Batch">Names the stream; its receipts are at <c>/v1/batches/{batch}/receipts</c>.</param>
/// <param name="Accepted">Lines that are new in the log.</param>
/// <param name="Repeated">Lines that were recorded before.</param>
/// <param name="Rejected">Lines that were refused.</param>
/// <param name="Faults">The first 100 refusals, by line.</param>
internal sealed record StreamAnswer(string Batch, long Accepted, long Repeated, long Rejected, IReadOnlyList<StreamFault> Faults);

/// <summary>Why one line was refused.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Code">The problem's code.</param>
/// <param name="Detail">What is wrong and how to put it right.</param>
/// <param name="Faults">Each fault with its place in the line.</param>
internal sealed record StreamFault(long Line, string Code, string Detail, IReadOnlyList<Fault> Faults);
