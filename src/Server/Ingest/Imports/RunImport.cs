using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest.Import;
using Cairn.Server.Ingest.Quality;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Ingest.Imports;

/// <summary>
/// Runs one uploaded import to its end. It can be run again after a crash: what was recorded is recognised, the chunks of
/// its batch keep their numbers, and nothing is counted twice.
/// </summary>
internal sealed class RunImport(
    Database database, IngestEvents events, IngestMeter meter, LedgerAppender ledger, CairnOptions options, Clock clock)
{
    /// <summary>How often progress is written down, and a request to stop is heard.</summary>
    private static readonly Duration ProgressEvery = Duration.FromMilliseconds(500);

    public async Task Run(CustomerId customer, Guid import, CancellationToken cancel)
    {
        var row = await database.ForCustomer(customer, work => ImportsStore.One(work, customer, import), cancel);
        if (row is null || row.State is not ("waiting" or "running"))
        {
            return;
        }

        var folder = ImportFolder.Of(options, import);
        var mapping = MappingReader.Read("mapping", row.Mapping);
        var files = row.FileNames.Select(name => Path.Combine(folder.FullName, name)).ToList();
        if (!mapping.IsOk || files.Exists(file => !File.Exists(file)))
        {
            await Finish(customer, row, null, mapping.Problem ?? ImportsProblems.Lost);
            return;
        }

        await database.ForCustomer(customer, async work =>
        {
            await ImportsStore.Start(work, customer, import, Now);
            return true;
        }, cancel);
        var report = await Import(customer, row, mapping.Value, files, cancel);
        if (report.Stopped is not null && cancel.IsCancellationRequested)
        {
            // The server stops; the import goes on with the next start.
            return;
        }

        await Finish(customer, row, report, report.Stopped);
        ImportFolder.Remove(folder);
    }

    /// <summary>Ends an import that cannot go on.</summary>
    public async Task Fail(CustomerId customer, Guid import, Problem problem)
    {
        if (await database.ForCustomer(customer, work => ImportsStore.One(work, customer, import)) is { } row)
        {
            await Finish(customer, row, null, problem);
            ImportFolder.Remove(ImportFolder.Of(options, import));
        }
    }

    private DateTimeOffset Now => clock.NowMilliseconds.ToDateTimeOffset();

    private async Task<ImportReport> Import(CustomerId customer, ImportRow row, ImportMapping mapping, List<string> files, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var batch = row.IsDryRun ? null : await events.OpenBatch(customer, ActorOf(row), "import", cancel, BatchId.Of(row.ImportId));
        var last = clock.Now;
        var run = new ImportFiles(mapping, batch is null ? null : (chunk, _) => events.Chunk(batch, chunk), TimeProvider.System)
        {
            OnRow = (mapped, faults) => Count(customer, row, mapping, mapped, faults),
        };
        var report = await run.Run(files, progress =>
        {
            if (clock.Now - last >= ProgressEvery)
            {
                last = clock.Now;
                Note(customer, row.ImportId, progress, stop);
            }
        }, stop.Token);
        if (batch is not null && !cancel.IsCancellationRequested)
        {
            await events.CloseBatch(batch, report.Rejected - batch.Rejected, CancellationToken.None);
        }

        return report with { Batch = batch?.Id };
    }

    private void Note(CustomerId customer, Guid import, ImportProgress progress, CancellationTokenSource stop)
    {
        // The importer reports between two chunks and does not wait; a write that is late or lost only delays the bar.
        _ = Task.Run(async () =>
        {
            try
            {
                if (await database.ForCustomer(customer, work => ImportsStore.Progress(work, customer, import, progress, Now)))
                {
                    await stop.CancelAsync();
                }
            }
            catch (Exception e) when (DatabaseFailure.IsPassing(e) || e is ObjectDisposedException)
            {
                // The import itself meets the same database and says so.
            }
        });
    }

    private void Count(CustomerId customer, ImportRow row, ImportMapping mapping, MappedRow mapped, IReadOnlyList<RowFault> faults)
    {
        if (faults.Count > 0 && !row.IsDryRun)
        {
            meter.Refused(customer, new Refusal(faults[0].Code, [.. faults.Select(fault => new Fault(fault.Column ?? "", fault.Code, fault.Detail))])
            {
                Batch = BatchId.Of(row.ImportId),
                EventType = mapping.EventType,
                EventId = mapped.Event?.EventId,
                Source = mapped.Event?.Source,
                Place = $"{mapped.Place.File}, row {mapped.Place.Row}, line {mapped.Place.Line}",
            });
        }
    }

    private Task Finish(CustomerId customer, ImportRow row, ImportReport? report, Problem? problem) => database.ForCustomer(customer, async work =>
    {
        var state = report is null ? "failed" : report.Stopped is null ? "finished" : "stopped";
        await ImportsStore.Finish(work, customer, row.ImportId, new ImportEnd(state, Now)
        {
            Rows = report?.Rows ?? 0,
            Rejected = report?.Rejected ?? 0,
            Report = report is null ? null : ImportReportJson.Write(report),
            Problem = problem is null ? null : JsonSerializer.Serialize(ProblemResults.DocumentOf(problem), ProblemResults.Json),
        });
        if (!row.IsDryRun)
        {
            await ledger.Record(work, customer, new RecordChange($"import.{state}", ActorOf(row), "import", ImportIds.Text(row.ImportId))
            {
                After = new
                {
                    batch = BatchId.Of(row.ImportId).ToString(),
                    files = row.FileNames.Length,
                    rows = report?.Rows,
                    accepted = report?.Accepted,
                    repeated = report?.Repeated,
                    rejected = report?.Rejected,
                    flagged = report?.Flagged,
                    code = problem?.Code,
                },
            });
        }

        return true;
    });

    private static Actor ActorOf(ImportRow row) => new(row.Actor.StartsWith("per_", StringComparison.Ordinal) ? "person" : "api-key", row.Actor, null);
}
