using System.Buffers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>Streams the receipts of a batch, a thousand entries at a time, so that a batch of millions costs no memory.</summary>
internal sealed class BatchReceipts(Database database, LedgerSecrets secrets)
{
    private const int RunsAtOnce = 500;
    private const int EntriesAtOnce = 1_000;

    public async Task<Problem?> Write(HttpContext context, CustomerId customer, string batchText)
    {
        var cancel = context.RequestAborted;
        if (!TypedId.TryParse<BatchId>(batchText, out var batch)
            || !await database.ForCustomer(customer, work => ReceiptsViews.HasBatch(work, customer, batch), cancel))
        {
            return PlatformProblems.BatchNotFound(batchText);
        }

        context.Response.ContentType = "application/x-ndjson";
        var after = 0L;
        while (true)
        {
            var runs = await database.ForCustomer(customer, work => ReceiptsViews.BatchRuns(work, customer, batch, after, RunsAtOnce), cancel);
            foreach (var run in runs)
            {
                for (var from = run.FirstIndex; from <= run.LastIndex; from += EntriesAtOnce)
                {
                    await WriteEntries(context, customer, run.Generation, from, Math.Min(from + EntriesAtOnce, run.LastIndex + 1));
                }

                after = run.Ordinal;
            }

            if (runs.Count < RunsAtOnce)
            {
                return null;
            }
        }
    }

    private async Task WriteEntries(HttpContext context, CustomerId customer, short generation, long from, long to)
    {
        var receipts = await database.ForCustomer(customer, async work =>
        {
            var rows = await ReceiptsViews.Range(work, customer, generation, from, to);
            var made = new List<MerkleLog.Receipt>(rows.Count);
            foreach (var row in rows)
            {
                made.Add(row.ToReceipt(await secrets.Get(work, customer, row.SecretVersion)));
            }

            return made;
        }, context.RequestAborted);
        foreach (var receipt in receipts)
        {
            receipt.WriteTo(context.Response.BodyWriter);
            context.Response.BodyWriter.Write("\n"u8);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
