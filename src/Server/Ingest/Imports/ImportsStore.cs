using Cairn.Domain.Foundation;
using Cairn.Server.Ingest.Import;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Imports;

/// <summary>An import as stored: what was asked, how far it is, and what it came to.</summary>
internal sealed record ImportRow
{
    public Guid ImportId { get; init; }

    public string State { get; init; } = "";

    public bool IsDryRun { get; init; }

    public string[] FileNames { get; init; } = [];

    public long BytesTotal { get; init; }

    public long BytesDone { get; init; }

    public long RowsDone { get; init; }

    public long Rejected { get; init; }

    public string Mapping { get; init; } = "";

    public string? Expected { get; init; }

    public string Actor { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public string? Report { get; init; }

    public string? Problem { get; init; }
}

/// <summary>What an import came to.</summary>
internal sealed record ImportEnd(string State, DateTimeOffset At)
{
    public long Rows { get; init; }

    public long Rejected { get; init; }

    public string? Report { get; init; }

    public string? Problem { get; init; }
}

/// <summary>The rows of imports. An import that became events has the id of its batch.</summary>
internal static class ImportsStore
{
    private const string Columns =
        """
        import_id, state, is_dry_run, file_names, bytes_total, bytes_done, rows_done, rejected, mapping, expected, actor, created_at, started_at, finished_at,
        report, problem
        """;

    public static Task<ImportRow?> One(DbWork work, CustomerId customer, Guid import) => work.Maybe<ImportRow>(
        $"select {Columns} from ingest_imports where customer_id = @customer and import_id = @import", new { customer = customer.Value, import });

    /// <summary>Imports, newest first.</summary>
    public static Task<IReadOnlyList<ImportRow>> Page(DbWork work, CustomerId customer, Guid? after, int limit) => work.List<ImportRow>(
        $"""
        select {Columns} from ingest_imports
        where customer_id = @customer and (@after::uuid is null or import_id < @after) order by import_id desc limit @limit
        """,
        new { customer = customer.Value, after, limit });

    public static Task Add(DbWork work, CustomerId customer, ImportRow row) => work.Execute(
        """
        insert into ingest_imports (customer_id, import_id, state, is_dry_run, file_names, bytes_total, mapping, expected, actor, created_at, started_at, finished_at,
            rows_done, rejected, report, beat_at)
        values (@customer, @ImportId, @State, @IsDryRun, @FileNames, @BytesTotal, @Mapping, @Expected, @Actor, @CreatedAt, @StartedAt, @FinishedAt,
            @RowsDone, @Rejected, @Report, @CreatedAt)
        """,
        new
        {
            customer = customer.Value, row.ImportId, row.State, row.IsDryRun, row.FileNames, row.BytesTotal, row.Mapping, row.Expected, row.Actor, row.CreatedAt,
            row.StartedAt, row.FinishedAt, row.RowsDone, row.Rejected, row.Report,
        });

    /// <summary>An import that this server may begin: one that waits here, or that ran here before a restart.</summary>
    public static Task<IReadOnlyList<(Guid Customer, Guid Import)>> Unfinished(DbWork work, string server) => work.List<(Guid, Guid)>(
        "select customer_id, import_id from ingest_imports where state in ('waiting', 'running') and server = @server order by import_id", new { server });

    /// <summary>Imports whose server has not been heard of since then.</summary>
    public static Task<IReadOnlyList<(Guid Customer, Guid Import)>> Silent(DbWork work, DateTimeOffset since) => work.List<(Guid, Guid)>(
        "select customer_id, import_id from ingest_imports where state in ('waiting', 'running') and beat_at < @since", new { since });

    public static Task<int> Waiting(DbWork work, CustomerId customer) => work.Single<int>(
        "select count(*)::int from ingest_imports where customer_id = @customer and state in ('waiting', 'running')", new { customer = customer.Value });

    public static Task Own(DbWork work, CustomerId customer, Guid import, string server) => work.Execute(
        "update ingest_imports set server = @server where customer_id = @customer and import_id = @import", new { customer = customer.Value, import, server });

    public static Task Beat(DbWork work, string server, DateTimeOffset now) => work.Execute(
        "update ingest_imports set beat_at = @now where state in ('waiting', 'running') and server = @server", new { server, now });

    public static Task Start(DbWork work, CustomerId customer, Guid import, DateTimeOffset now) => work.Execute(
        """
        update ingest_imports set state = 'running', started_at = coalesce(started_at, @now), beat_at = @now
        where customer_id = @customer and import_id = @import
        """,
        new { customer = customer.Value, import, now });

    /// <summary>Notes how far an import is; true when somebody asked it to stop.</summary>
    public static Task<bool> Progress(DbWork work, CustomerId customer, Guid import, ImportProgress progress, DateTimeOffset now) => work.Single<bool>(
        """
        update ingest_imports set bytes_done = @bytes, rows_done = @rows, rejected = @rejected, beat_at = @now
        where customer_id = @customer and import_id = @import returning is_to_stop
        """,
        new { customer = customer.Value, import, bytes = progress.BytesDone, rows = progress.Rows, rejected = progress.Rejected, now });

    public static Task Finish(DbWork work, CustomerId customer, Guid import, ImportEnd end) => work.Execute(
        """
        update ingest_imports
        set state = @state, finished_at = @now, bytes_done = case when @state = 'finished' then bytes_total else bytes_done end,
            rows_done = greatest(rows_done, @rows), rejected = greatest(rejected, @rejected), report = @report, problem = @problem
        where customer_id = @customer and import_id = @import and state in ('waiting', 'running')
        """,
        new { customer = customer.Value, import, end.State, end.Rows, end.Rejected, end.Report, end.Problem, now = end.At });

    /// <summary>Asks an import to stop; false when it is over.</summary>
    public static async Task<bool> RequestStop(DbWork work, CustomerId customer, Guid import) => await work.Execute(
        "update ingest_imports set is_to_stop = true where customer_id = @customer and import_id = @import and state in ('waiting', 'running')",
        new { customer = customer.Value, import }) == 1;
}
