using System.Threading.Channels;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Server.Ingest.Import;

/// <summary>
/// Records up to <see cref="ImportLimits.ChunkRows"/> events in one transaction and gives one outcome per event, in their order.
/// When it returns, the accepted ones are durable; when it throws, none of the chunk is recorded and the import ends.
/// It is called by one caller at a time.
/// </summary>
internal delegate Task<IReadOnlyList<IngestOutcome>> AppendChunk(IReadOnlyList<IngestEvent> events, CancellationToken cancel);

/// <summary>How far an import has come.</summary>
internal readonly record struct ImportProgress(string File, long Rows, long Rejected, long BytesDone, long BytesTotal);

/// <summary>
/// Maps files and hands their events to the log, chunk by chunk; without a log (a dry run) it only counts. Reading and mapping
/// run ahead of the log by a few chunks. Each chunk is its own transaction: after a crash or a stop, what was recorded stays,
/// and the same import again repeats that and continues.
/// </summary>
internal sealed class ImportFiles(ImportMapping mapping, AppendChunk? append, TimeProvider clock)
{
    /// <summary>Called with each row and its faults, those of the log included, in the order of the files.</summary>
    public Action<MappedRow, IReadOnlyList<RowFault>> OnRow { get; init; } = static (_, _) => { };

    /// <summary>Reads every header before anything is recorded, so that a wrong file or mapping changes nothing.</summary>
    public static Problem? CheckHeaders(IReadOnlyList<string> files, ImportMapping mapping)
    {
        var faults = new List<Fault>();
        foreach (var path in files)
        {
            var opened = CsvFile.Open(path, mapping);
            if (opened.IsOk)
            {
                opened.Value.Dispose();
            }
            else
            {
                faults.AddRange(opened.Problem.Faults.Count > 0 ? opened.Problem.Faults : [new Fault(path, opened.Problem.Code, opened.Problem.Detail)]);
            }
        }

        return faults.Count == 0 ? null : new Problem(ProblemKind.Malformed, "files-do-not-fit", "The files do not fit the mapping; nothing was recorded.") { Faults = faults };
    }

    /// <summary>
    /// Imports the files, whose headers fit, and says after each chunk how far it has come. Cancelling stops between two chunks and still gives the report.
    /// A failure of the log is thrown as it came, after the reading has stopped.
    /// </summary>
    public async Task<ImportReport> Run(IReadOnlyList<string> files, Action<ImportProgress> progress, CancellationToken cancel)
    {
        var started = clock.GetTimestamp();
        var tally = new ImportTally(mapping);
        var total = files.Sum(file => new FileInfo(file).Length);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var chunks = Channel.CreateBounded<Chunk>(new BoundedChannelOptions(ImportLimits.ChunksWaiting) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => ReadAll(files, chunks.Writer, stop.Token), CancellationToken.None);
        Problem? stopped = null;
        try
        {
            await foreach (var chunk in chunks.Reader.ReadAllAsync(CancellationToken.None))
            {
                if (cancel.IsCancellationRequested)
                {
                    break;
                }

                await Record(chunk, tally);
                progress(new ImportProgress(chunk.File, tally.Rows, tally.Rejected, chunk.BytesDone, total));
            }
        }
        finally
        {
            await stop.CancelAsync();
            stopped = await reading;
        }

        return tally.Report() with
        {
            Files = files.Count,
            Seconds = clock.GetElapsedTime(started).TotalSeconds,
            Stopped = cancel.IsCancellationRequested ? ImportProblems.Interrupted() : stopped,
        };
    }

    private async Task Record(Chunk chunk, ImportTally tally)
    {
        foreach (var header in chunk.Headers)
        {
            tally.Header(header);
        }

        // The stop is looked at between chunks only: a chunk under way is allowed to finish, so that its outcome is known.
        IReadOnlyList<IngestOutcome>? outcomes = append is null || chunk.Events.Count == 0 ? null : await append(chunk.Events, CancellationToken.None);
        if (outcomes is not null && outcomes.Count != chunk.Events.Count)
        {
            throw new InvalidOperationException($"The log gave {outcomes.Count} outcomes for {chunk.Events.Count} events.");
        }

        var at = 0;
        foreach (var row in chunk.Rows)
        {
            IngestOutcome? outcome = row.Event is null || outcomes is null ? null : outcomes[at++];
            OnRow(row, tally.Add(row, outcome));
        }
    }

    /// <summary>The reading side. It ends early for the limit of rows or a file that fails under way, and says why.</summary>
    private async Task<Problem?> ReadAll(IReadOnlyList<string> files, ChannelWriter<Chunk> to, CancellationToken stop)
    {
        try
        {
            return await ReadFiles(files, to, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return ImportProblems.FileFailed(failure.Message);
        }
        finally
        {
            to.Complete();
        }
    }

    private async Task<Problem?> ReadFiles(IReadOnlyList<string> files, ChannelWriter<Chunk> to, CancellationToken stop)
    {
        var mapper = new RowMapper(mapping);
        var chunk = new Chunk();
        long rows = 0;
        long before = 0;
        foreach (var path in files)
        {
            var opened = CsvFile.Open(path, mapping);
            if (!opened.IsOk)
            {
                await to.WriteAsync(chunk, stop);
                return opened.Problem;
            }

            using var file = opened.Value;
            chunk.Headers.Add(file.Header);
            foreach (var row in file.Rows())
            {
                if (++rows > ImportLimits.Rows)
                {
                    await to.WriteAsync(chunk, stop);
                    return ImportProblems.TooManyRows();
                }

                chunk.Add(row.Fault is { } fault ? new MappedRow { Place = row.Place, Faults = [fault] } : mapper.Map(row.Place, row.Cells), before + row.ByteOffset);
                if (chunk.Rows.Count == ImportLimits.ChunkRows)
                {
                    await to.WriteAsync(chunk, stop);
                    chunk = new Chunk();
                }
            }

            before += new FileInfo(path).Length;
        }

        await to.WriteAsync(chunk, stop);
        return null;
    }

    /// <summary>The rows of one transaction, with the rejected ones in their places.</summary>
    private sealed class Chunk
    {
        public List<HeaderMatch> Headers { get; } = [];

        public List<MappedRow> Rows { get; } = new(ImportLimits.ChunkRows);

        public List<IngestEvent> Events { get; } = new(ImportLimits.ChunkRows);

        public long BytesDone { get; private set; }

        public string File => Rows.Count == 0 ? "" : Rows[^1].Place.File;

        public void Add(MappedRow row, long bytesDone)
        {
            Rows.Add(row);
            BytesDone = bytesDone;
            if (row.Event is { } made)
            {
                Events.Add(made);
            }
        }
    }
}
