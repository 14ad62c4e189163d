using System.Threading.Channels;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Imports;

/// <summary>Who runs here: names the server whose disk holds the files of an import.</summary>
internal sealed class ImportQueue(CairnOptions options)
{
    private readonly Channel<(CustomerId, Guid)> waiting = Channel.CreateUnbounded<(CustomerId, Guid)>();

    /// <summary>The machine and its data directory: what stays the same over a restart and differs between servers.</summary>
    public string Server { get; } = $"{options.Hostname}:{options.Data.FullName}";

    /// <summary>Where the uploaded files of this server lie.</summary>
    public DirectoryInfo Root { get; } = ImportFolder.Root(options);

    public ChannelReader<(CustomerId Customer, Guid Import)> Waiting => waiting.Reader;

    public void Add(CustomerId customer, Guid import) => waiting.Writer.TryWrite((customer, import));
}

/// <summary>
/// Runs uploaded imports one after the other, beginning with those that a stop of this server interrupted. Imports of
/// servers that are gone are ended with the advice to upload again.
/// </summary>
internal sealed partial class ImportsJob(RunImport run, ImportQueue queue, Database database, Clock clock, TimeProvider time, ILogger<ImportsJob> log)
    : BackgroundService
{
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan OldAfter = TimeSpan.FromHours(24);
    private static readonly TimeSpan SilentAfter = TimeSpan.FromMinutes(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Work(stoppingToken), Beat(stoppingToken));

    private async Task Work(CancellationToken cancel)
    {
        try
        {
            await Resume(cancel);
            await foreach (var (customer, import) in queue.Waiting.ReadAllAsync(cancel))
            {
                await One(customer, import, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // What is unfinished is found again at the next start.
        }
    }

    private async Task Resume(CancellationToken cancel)
    {
        var unfinished = await Try(() => database.ForOperator(work => ImportsStore.Unfinished(work, queue.Server), cancel)) ?? [];
        var known = unfinished.Select(one => one.Import.ToString("N")).ToHashSet();
        var root = queue.Root;
        root.Refresh();
        foreach (var folder in root.Exists ? root.EnumerateDirectories().Where(folder => !known.Contains(folder.Name) && IsOld(folder)).ToList() : [])
        {
            // An upload that never became an import. A young one may be on its way in just now.
            ImportFolder.Remove(folder);
        }

        foreach (var (customer, import) in unfinished)
        {
            await One(CustomerId.Of(customer), import, cancel);
        }
    }

    private bool IsOld(DirectoryInfo folder) => clock.Now.ToDateTimeUtc() - folder.LastWriteTimeUtc > OldAfter;

    private async Task One(CustomerId customer, Guid import, CancellationToken cancel)
    {
        try
        {
            await run.Run(customer, import, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            var isPassing = DatabaseFailure.IsPassing(e) || e is IngestUnavailableException or IOException or UnauthorizedAccessException;
            LogFailed(ImportIds.Text(import), e);
            await Try(async () =>
            {
                await run.Fail(customer, import, isPassing ? ImportProblems.LogFailed(e.Message) : ImportsProblems.Failed(ImportIds.Text(import)));
                return true;
            });
        }
    }

    private async Task Beat(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                await Task.Delay(BeatEvery, time, cancel);
                var now = clock.Now.ToDateTimeOffset();
                await Try(() => database.ForOperator(async work =>
                {
                    await ImportsStore.Beat(work, queue.Server, now);
                    return true;
                }, cancel));
                foreach (var (customer, import) in await Try(() => database.ForOperator(work => ImportsStore.Silent(work, now - SilentAfter), cancel)) ?? [])
                {
                    await Try(async () =>
                    {
                        await run.Fail(CustomerId.Of(customer), import, ImportsProblems.Lost);
                        return true;
                    });
                }
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task<T?> Try<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (DatabaseFailure.IsPassing(e))
        {
            LogAway(e.Message);
            return default;
        }
    }

    [LoggerMessage(LogLevel.Error, "The import {Import} ended early")]
    private partial void LogFailed(string import, Exception exception);

    [LoggerMessage(LogLevel.Warning, "Imports wait for the database: {Reason}")]
    private partial void LogAway(string reason);
}
