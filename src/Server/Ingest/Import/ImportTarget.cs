using System.CommandLine;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;

namespace Cairn.Server.Ingest.Import;

/// <summary>Where an import writes to: the log of one customer, opened for one batch. Disposing it releases the database.</summary>
internal sealed record ImportTarget(BatchId Batch, AppendChunk Append) : IAsyncDisposable
{
    /// <summary>
    /// Called once when the last chunk is in, also after an interruption: the place to record the batch and its counts as one
    /// ledger entry. The report already carries the batch.
    /// </summary>
    public Func<ImportReport, CancellationToken, Task> Finish { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Releases what opening took.</summary>
    public Func<ValueTask> Close { get; init; } = static () => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => Close();
}

/// <summary>What an import is about to do, for the batch's record.</summary>
internal sealed record ImportStart(CustomerId Customer, string EventType, string Source, IReadOnlyList<string> Files);

/// <summary>
/// Opens the log of a customer for an import. Refuses, for instance, an unknown customer or a database that cannot be reached;
/// global options such as <c>--data</c> are in the parse result.
/// </summary>
internal delegate Task<Outcome<ImportTarget>> OpenImportTarget(ParseResult parsed, ImportStart start, CancellationToken cancel);
