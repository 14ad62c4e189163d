using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest;

/// <summary>Batches and the runs of entries that their lines became.</summary>
internal sealed class IngestStore(Database database)
{
    public Task AddBatch(IngestBatch batch, string kind, Instant now, CancellationToken cancel) =>
        database.ForCustomer(batch.Customer, work => work.Execute(
            "insert into ledger_batches (customer_id, batch_id, kind, actor, started_at) values (@customer, @batch, @kind, @actor, @now) on conflict do nothing",
            new { customer = batch.Customer.Value, batch = batch.Id.Value, kind, actor = batch.Actor.Id, now = now.ToDateTimeOffset() }), cancel);

    /// <summary>
    /// Writes a chunk's counts and runs, once: a chunk that is handed in again, because its commit seemed to fail, finds
    /// its number and writes nothing more. Chunks of a batch come one after the other.
    /// </summary>
    public async Task AddChunk(DbWork work, IngestBatch batch, long chunk, IReadOnlyList<LedgerAppend> answers)
    {
        var kept = answers.Where(answer => answer.Verdict is LedgerVerdict.New or LedgerVerdict.Repeat).ToList();
        var accepted = answers.Count(answer => answer.Verdict == LedgerVerdict.New);
        var isFirstTime = await work.Execute(
            """
            update ledger_batches
            set accepted = accepted + @accepted, repeated = repeated + @repeated, rejected = rejected + @rejected, last_chunk = @chunk
            where customer_id = @customer and batch_id = @batch and last_chunk < @chunk
            """,
            new { customer = batch.Customer.Value, batch = batch.Id.Value, chunk, accepted, repeated = kept.Count - accepted, rejected = answers.Count - kept.Count }) == 1;
        if (isFirstTime)
        {
            await AddRuns(work, batch, Runs(kept));
        }
    }

    public Task CloseBatch(IngestBatch batch, long rejected, Instant now, CancellationToken cancel) =>
        database.ForCustomer(batch.Customer, work => work.Execute(
            "update ledger_batches set finished_at = @now, rejected = rejected + @rejected where customer_id = @customer and batch_id = @batch",
            new { customer = batch.Customer.Value, batch = batch.Id.Value, rejected, now = now.ToDateTimeOffset() }), cancel);

    private static Task AddRuns(DbWork work, IngestBatch batch, List<(short Generation, long First, long Last)> runs) => work.Execute(
        """
        insert into ledger_batch_runs (customer_id, batch_id, ordinal, generation, first_index, last_index)
        select @customer, @batch, r.ordinal + (select coalesce(max(ordinal), 0) from ledger_batch_runs where customer_id = @customer and batch_id = @batch),
               r.generation, r.first_index, r.last_index
        from unnest(@generations, @firsts, @lasts) with ordinality r(generation, first_index, last_index, ordinal)
        """,
        new
        {
            customer = batch.Customer.Value,
            batch = batch.Id.Value,
            generations = runs.Select(run => run.Generation).ToArray(),
            firsts = runs.Select(run => run.First).ToArray(),
            lasts = runs.Select(run => run.Last).ToArray(),
        });

    private static List<(short Generation, long First, long Last)> Runs(List<LedgerAppend> kept)
    {
        var runs = new List<(short Generation, long First, long Last)>();
        foreach (var answer in kept)
        {
            if (runs.Count > 0 && runs[^1] is var run && run.Generation == answer.Generation && run.Last + 1 == answer.Index)
            {
                runs[^1] = run with { Last = answer.Index };
            }
            else
            {
                runs.Add((answer.Generation, answer.Index, answer.Index));
            }
        }

        return runs;
    }
}
