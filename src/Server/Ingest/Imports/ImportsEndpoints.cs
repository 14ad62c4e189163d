using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest.Import;
using Cairn.Server.Ingest.Import;
using Cairn.Server.Ingest.Quality;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Imports;

/// <summary>Imports over HTTP: upload, watch, look at the report.</summary>
internal static class ImportsEndpoints
{
    private const int StandardPage = 50;
    private const int LargestPage = 200;

    /// <summary>The most unfinished imports of one customer.</summary>
    private const int MostWaiting = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/imports", Post)
            .WithName("CreateImport").WithTags("Imports").WithSummary("Import CSV files as events")
            .WithDescription(
                $"Multipart: parts `file` (any number of CSV files), `mapping` (YAML, docs/guides/import-history.md) and, if you like, `expected` (JSON: what your own books say, by control sum). Or one bare `text/csv` with `?file_name=` and `?mapping_from=`. "
                + $"Answers 202 once the files are here; the import runs by itself and tells its progress at its address. Sending the same files again records nothing twice. `dry_run=true` counts everything and records nothing. At most {UploadLimits.Bytes >> 30} GiB.")
            .TakesBody("The files and the mapping.", true, "multipart/form-data", "text/csv").TakesCustomer()
            .TakesQuery("dry_run", "true to record nothing.").TakesQuery("mapping_from", "Use the mapping of this earlier import.").TakesQuery("file_name", "The name of a bare CSV; it may stand in event ids.")
            .Produces<ImportBody>(StatusCodes.Status202Accepted)
            .Refuses(400, 404, 413, 415, 503)
            .RequirePolicy(Policies.IngestEvents);
        routes.MapGet("/v1/imports", List)
            .WithName("ListImports").WithTags("Imports").WithSummary("List imports, newest first")
            .TakesCustomer().TakesPage(LargestPage).Produces<Page<ImportBody>>().Refuses(400, 404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapGet("/v1/imports/{import}", Get).TakesPath("import", "The id of the import.")
            .WithName("GetImport").WithTags("Imports").WithSummary("The progress and the report of an import")
            .TakesCustomer().Produces<ImportBody>().Refuses(404)
            .RequirePolicy(Policies.ReadRecords);
        routes.MapPost("/v1/imports/{import}/cancellation", PostCancellation).TakesPath("import", "The id of the import.")
            .WithName("StopImport").WithTags("Imports").WithSummary("Stop an import")
            .WithDescription("It stops after the thousand rows under way. What was recorded stays; importing the same files again goes on.")
            .TakesCustomer().Produces<ImportBody>(StatusCodes.Status202Accepted).Refuses(404)
            .RequirePolicy(Policies.IngestEvents);
        routes.MapPost("/v1/import-previews", PostPreview)
            .WithName("PreviewImport").WithTags("Imports").WithSummary("Look into a CSV file, with or without a mapping")
            .WithDescription($"The header, the first {PreviewLimits.Rows} rows and what each column seems to hold; with a `mapping`, its faults or the first events and everything the first {PreviewLimits.Bytes >> 20} MiB would come to. Nothing is kept.")
            .TakesBody("The file, and a mapping if there is one.", true, "multipart/form-data", "text/csv").TakesCustomer()
            .Produces<ImportPreview>().Refuses(400, 413, 415)
            .RequirePolicy(Policies.IngestEvents);
    }

    private static async Task<IResult> Post(HttpContext context, Database database, CairnOptions options, ImportQueue queue, Clock clock)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var isDryRun = query.Flag("dry_run") == true;
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var id = NewId.Next();
        var read = await ReadUpload.Read(context, ImportFolder.Of(options, id));
        if (!read.IsOk)
        {
            return ProblemResults.From(read.Problem);
        }

        var upload = read.Value;
        var mapping = await MappingOf(database, customer.Value, upload, query.Text("mapping_from"), context.RequestAborted);
        if ((mapping.Problem ?? Check(upload, mapping)) is { } refusal)
        {
            upload.Remove();
            return ProblemResults.From(refusal);
        }

        var row = RowOf(upload, mapping.Value, clock) with { ImportId = id, IsDryRun = isDryRun, Actor = context.Caller().Actor.Id };
        var isTaken = await database.ForCustomer(customer.Value, async work =>
        {
            if (await ImportsStore.Waiting(work, customer.Value) >= MostWaiting)
            {
                return false;
            }

            await ImportsStore.Add(work, customer.Value, row);
            await ImportsStore.Own(work, customer.Value, id, queue.Server);
            return true;
        }, context.RequestAborted);
        if (!isTaken)
        {
            upload.Remove();
            return ProblemResults.From(ImportsProblems.TooMany);
        }

        queue.Add(customer.Value, id);
        return TypedResults.Accepted($"/v1/imports/{ImportIds.Text(id)}", ImportBody.Of(row, withMapping: true));
    }

    private static ImportRow RowOf(ImportUpload upload, string mapping, Clock clock) => new()
    {
        State = "waiting",
        FileNames = [.. upload.Files.Select(file => Path.GetFileName(file))],
        BytesTotal = upload.Bytes,
        Mapping = mapping,
        Expected = upload.Expected,
        CreatedAt = clock.NowMilliseconds.ToDateTimeOffset(),
    };

    private static async Task<Outcome<string>> MappingOf(Database database, CustomerId customer, ImportUpload upload, string? from, CancellationToken cancel)
    {
        if (upload.Mapping is { } own)
        {
            return own;
        }

        if (from is null)
        {
            return ImportsProblems.MappingMissing;
        }

        var earlier = ImportIds.Read(from) is { } id ? await database.ForCustomer(customer, work => ImportsStore.One(work, customer, id), cancel) : null;
        return earlier is null ? ImportsProblems.NotFound(from) : earlier.Mapping.Length == 0 ? ImportsProblems.MappingMissing : earlier.Mapping;
    }

    /// <summary>Everything that can be known to be wrong before a row is read.</summary>
    private static Problem? Check(ImportUpload upload, Outcome<string> mapping)
    {
        if (upload.Files.Count == 0)
        {
            return ImportsProblems.FileMissing;
        }

        var read = MappingReader.Read("mapping", mapping.Value);
        return read.Problem
            ?? (upload.Expected is { } expected ? Reconciliation.ReadExpected(expected).Problem : null)
            ?? ImportFiles.CheckHeaders(upload.Files, read.Value);
    }

    private static async Task<IResult> List(HttpContext context, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        Guid? after = query.Cursor(1) is [var text] ? ImportIds.Read(text) : null;
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var rows = await database.ForCustomer(customer.Value, work => ImportsStore.Page(work, customer.Value, after, limit + 1), context.RequestAborted);
        var page = rows.Take(limit).ToList();
        return TypedResults.Ok(new Page<ImportBody>(
            [.. page.Select(row => ImportBody.Of(row, withMapping: false))], rows.Count > limit ? PageCursor.Write(ImportIds.Text(page[^1].ImportId)) : null));
    }

    private static Task<IResult> Get(HttpContext context, string import, Database database) => One(context, import, database, row => TypedResults.Ok(ImportBody.Of(row, withMapping: true)));

    private static Task<IResult> PostCancellation(HttpContext context, string import, Database database) => One(
        context, import, database, row => TypedResults.Accepted((string?)null, ImportBody.Of(row, withMapping: false)),
        (work, customer, id) => ImportsStore.RequestStop(work, customer, id));

    private static async Task<IResult> One(
        HttpContext context, string import, Database database, Func<ImportRow, IResult> answer, Func<DbWork, CustomerId, Guid, Task>? before = null)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var row = ImportIds.Read(import) is not { } id ? null : await database.ForCustomer(customer.Value, async work =>
        {
            await (before?.Invoke(work, customer.Value, id) ?? Task.CompletedTask);
            return await ImportsStore.One(work, customer.Value, id);
        }, context.RequestAborted);
        return row is null ? ProblemResults.From(ImportsProblems.NotFound(import)) : answer(row);
    }

    private static async Task<IResult> PostPreview(HttpContext context, CairnOptions options, TimeProvider time)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var read = await ReadUpload.Read(context, ImportFolder.Of(options, NewId.Next()));
        if (!read.IsOk)
        {
            return ProblemResults.From(read.Problem);
        }

        try
        {
            return read.Value.Files.Count == 0
                ? ProblemResults.From(ImportsProblems.FileMissing)
                : TypedResults.Ok(await MakePreview.Of(read.Value, time, context.RequestAborted));
        }
        finally
        {
            read.Value.Remove();
        }
    }
}

/// <summary>An import: what was asked, how far it is, and what it came to.</summary>
/// <param name="Id">Which import.</param>
/// <param name="State"><c>waiting</c>, <c>running</c>, <c>finished</c>, <c>stopped</c> or <c>failed</c>.</param>
/// <param name="IsDryRun">Whether it records nothing.</param>
/// <param name="Files">The files, by name.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="Actor">Who asked for it.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it was over.</param>
/// <param name="Batch">Its batch, for receipts and data quality; null for a dry run.</param>
/// <param name="Mapping">The mapping; only for a single import.</param>
/// <param name="Report">Everything that was counted, as <c>cairn import --json</c> prints it.</param>
/// <param name="Reconciliation">What was read and expected against what is in the log.</param>
/// <param name="Problem">Why it failed or stopped.</param>
internal sealed record ImportBody(
    string Id, string State, bool IsDryRun, IReadOnlyList<string> Files, ImportProgressBody Progress, string Actor, DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt, DateTimeOffset? FinishedAt, string? Batch, string? Mapping, JsonElement? Report, ReconciliationBody? Reconciliation, JsonElement? Problem)
{
    public static ImportBody Of(ImportRow row, bool withMapping) => new(
        ImportIds.Text(row.ImportId), row.State, row.IsDryRun, row.FileNames,
        new ImportProgressBody(row.BytesTotal, row.BytesDone, row.RowsDone, row.Rejected),
        row.Actor, row.CreatedAt, row.StartedAt, row.FinishedAt,
        row.IsDryRun ? null : BatchId.Of(row.ImportId).ToString(),
        withMapping ? row.Mapping : null, Json(row.Report), row.IsDryRun ? null : Imports.Reconciliation.Of(row), Json(row.Problem));

    private static JsonElement? Json(string? text) => text is null ? null : JsonDocument.Parse(text).RootElement;
}

/// <summary>How far an import is.</summary>
/// <param name="BytesTotal">The size of its files.</param>
/// <param name="BytesDone">How much of them is read and recorded.</param>
/// <param name="Rows">Rows done.</param>
/// <param name="Rejected">Rows rejected.</param>
internal sealed record ImportProgressBody(long BytesTotal, long BytesDone, long Rows, long Rejected);
