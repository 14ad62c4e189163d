using System.Buffers;
using System.Security.Cryptography;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Server.Ingest.Schemas;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary>Records a customer's events and says of each what became of it.</summary>
internal sealed class IngestEvents(IngestWriter writer, IngestStore store, EventGate gate, Clock clock)
{
    /// <summary>Records one event.</summary>
    public async Task<LedgerAppend> One(CustomerId customer, Actor actor, IngestEvent given) =>
        (await writer.Append(customer, [Draft(given, actor, null)]))[0];

    /// <summary>Records the events of a JSON batch in one commit, one answer each, in order.</summary>
    public Task<IReadOnlyList<LedgerAppend>> Many(CustomerId customer, Actor actor, IReadOnlyList<IngestEvent> given) =>
        writer.Append(customer, Drafts(given, actor, null));

    /// <summary>Opens a stream or an import, so that its receipts can be found again together.</summary>
    /// <param name="id">The id to give it; one that is open already is gone on with, from its first chunk.</param>
    public async Task<IngestBatch> OpenBatch(CustomerId customer, Actor actor, string kind, CancellationToken cancel, BatchId? id = null)
    {
        var batch = new IngestBatch(customer, id ?? BatchId.Of(NewId.Next()), actor);
        await store.AddBatch(batch, kind, clock.Now, cancel);
        return batch;
    }

    /// <summary>
    /// Records one chunk of a batch in one commit, together with the batch's counts and runs, so that a broken stream
    /// leaves a batch that says exactly what was kept.
    /// </summary>
    public async Task<IReadOnlyList<IngestOutcome>> Chunk(IngestBatch batch, IReadOnlyList<IngestEvent> given)
    {
        var refused = await gate.Refusals(batch.Customer, given);
        var drafts = Drafts(refused.Count == 0 ? given : [.. given.Where((_, at) => !refused.ContainsKey(at))], batch.Actor, batch.Id);
        var chunk = batch.NextChunk();
        var answers = drafts.Length == 0 ? [] : await writer.Append(batch.Customer, drafts, (work, answers) => store.AddChunk(work, batch, chunk, answers));
        var outcomes = new IngestOutcome[given.Count];
        for (var (at, next) = (0, 0); at < outcomes.Length; at++)
        {
            outcomes[at] = refused.TryGetValue(at, out var problem)
                ? new IngestOutcome(IngestVerdict.Rejected, -1, problem)
                : Outcome(given[at], answers[next++]);
        }

        batch.Count(outcomes, refused.Count);
        return outcomes;
    }

    /// <summary>Closes a batch with its final counts; <paramref name="rejected"/> are lines that were refused before they reached the log.</summary>
    public Task CloseBatch(IngestBatch batch, long rejected, CancellationToken cancel) => store.CloseBatch(batch, rejected + batch.Refused, clock.Now, cancel);

    /// <summary>The refusal behind an answer, or <see langword="null"/> when the event is in the log.</summary>
    public static Problem? Refusal(IngestEvent given, LedgerAppend answer) => answer.Verdict switch
    {
        LedgerVerdict.New or LedgerVerdict.Repeat => null,
        LedgerVerdict.Erased => IngestProblems.Erased(given.EventId),
        LedgerVerdict.Conflict => IngestProblems.IdConflict(
            given.EventId,
            given.Source,
            answer.Differences,
            answer.Receipt.DataRaw is { } recorded ? Convert.ToHexStringLower(SHA256.HashData(recorded.Span)) : "erased",
            Convert.ToHexStringLower(SHA256.HashData(given.Data.Span))),
    };

    private static IngestOutcome Outcome(IngestEvent given, LedgerAppend answer) => Refusal(given, answer) is { } problem
        ? new IngestOutcome(IngestVerdict.Rejected, answer.Index, problem)
        : new IngestOutcome(answer.Verdict == LedgerVerdict.New ? IngestVerdict.Accepted : IngestVerdict.Repeated, answer.Index, null);

    private static LedgerDraft[] Drafts(IReadOnlyList<IngestEvent> given, Actor actor, BatchId? batch)
    {
        var drafts = new LedgerDraft[given.Count];
        for (var at = 0; at < drafts.Length; at++)
        {
            drafts[at] = Draft(given[at], actor, batch);
        }

        return drafts;
    }

    private static LedgerDraft Draft(IngestEvent given, Actor actor, BatchId? batch) => new()
    {
        Kind = LedgerKind.Event,
        EventId = given.EventId,
        Source = given.Source,
        Type = given.Type,
        Subject = given.Subject,
        DataSchema = given.DataSchema,
        ContentType = given.DataContentType,
        TimeText = given.TimeText,
        Time = given.Time,
        Data = given.Data,
        DataIsJson = given.DataIsJson,
        Actor = actor.Id,
        BatchId = batch?.Value,
    };
}

/// <summary>A running NDJSON stream or import, with what it has come to so far.</summary>
internal sealed class IngestBatch(CustomerId customer, BatchId id, Actor actor)
{
    private long chunks;

    public CustomerId Customer { get; } = customer;

    public BatchId Id { get; } = id;

    public Actor Actor { get; } = actor;

    public long Accepted { get; private set; }

    public long Repeated { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>Those of <see cref="Rejected"/> that did not fit their schema and so never came near the log.</summary>
    public long Refused { get; private set; }

    /// <summary>The number of the chunk that is handed in now, from 1.</summary>
    public long NextChunk() => ++chunks;

    public void Count(IEnumerable<IngestOutcome> outcomes, int refused)
    {
        Refused += refused;
        foreach (var outcome in outcomes)
        {
            switch (outcome.Verdict)
            {
                case IngestVerdict.Accepted: Accepted++; break;
                case IngestVerdict.Repeated: Repeated++; break;
                case IngestVerdict.Rejected: Rejected++; break;
            }
        }
    }
}
