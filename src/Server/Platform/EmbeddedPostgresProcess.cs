using System.Diagnostics;
using Npgsql;

namespace Cairn.Server.Platform;

/// <summary>
/// Starts and stops the postmaster. Every method is called under the start lock, so that nobody
/// else starts or stops it meanwhile.
/// </summary>
internal sealed class EmbeddedPostgresProcess(EmbeddedPostgresFolders folders)
{
    public const string Database = "cairn";

    // Recovery after a crash replays the log, up to max_wal_size of it.
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan OrphansEndThemselves = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OrphansLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(10);

    private bool hasSocketFolder;

    /// <summary>Joins a postmaster that runs, or makes the cluster and starts one. Returns the folder of its socket.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be started; the message names the fix.</exception>
    public async Task<string> JoinOrStartAsync(TextWriter? progress, CancellationToken cancellation)
    {
        var usual = await folders.PrepareSocketFolderAsync(cancellation);
        hasSocketFolder = true;
        var running = EmbeddedPostgresPostmaster.Find(folders);
        if (running is null && !await AnswersAsync(usual, cancellation))
        {
            await StartAsync(usual, progress, cancellation);
            running = EmbeddedPostgresPostmaster.Find(folders);
        }

        var socketFolder = running is { SocketFolder.Length: > 0 } ? running.SocketFolder : usual;
        await WaitUntilReadyAsync(socketFolder, cancellation);
        return socketFolder;
    }

    /// <summary>Stops the database and waits until its process has ended.</summary>
    public async Task StopAsync()
    {
        if (EmbeddedPostgresPostmaster.Find(folders) is { } running)
        {
            running.Signal(EmbeddedPostgresPostmaster.FastShutdown);
            if (!await EndsAsync(() => running.HasEnded, StopLimit))
            {
                // Nothing is lost by this: the next start recovers as after a power cut.
                running.Signal(EmbeddedPostgresPostmaster.ImmediateShutdown);
                await EndsAsync(() => running.HasEnded, OrphansLimit);
            }
        }

        // A folder that was refused is somebody else's, and stays.
        if (hasSocketFolder)
        {
            folders.RemoveFarSocketFolder();
        }
    }

    public static string ConnectionString(string socketFolder, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Username = EmbeddedPostgresCluster.Superuser,
            Database = database,
            SslMode = SslMode.Disable,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    private async Task StartAsync(string socketFolder, TextWriter? progress, CancellationToken cancellation)
    {
        var binaries = await EmbeddedPostgresBinaries.FindAsync(cancellation);
        var identity = await EmbeddedPostgresIdentity.ChooseAsync(folders, cancellation);
        var cluster = new EmbeddedPostgresCluster(folders, binaries, identity);
        await cluster.PrepareAsync(progress, cancellation);
        await EndOrphansAsync(cancellation);
        EmbeddedPostgresPostmaster.RemoveTraces(folders, socketFolder);
        folders.RotateLog();
        await cluster.WriteSettingsAsync(socketFolder, cancellation);

        using var step = new ProgressStep(progress, "starting the database");
        var logEnd = new FileInfo(folders.Log).Length;
        var seconds = (int)StartLimit.TotalSeconds;
        // pg_ctl gives the postmaster a session of its own: Ctrl-C in a terminal reaches this
        // program alone, which stops the database when its own work is done.
        var said = await EmbeddedPostgresProgram.RunAsync(
            [
                .. identity.Prefix, binaries.PgCtl, "start", "-w", "-s", "-t", $"{seconds}",
                "-D", EmbeddedPostgresFolders.ClusterName, "-l", EmbeddedPostgresFolders.LogName,
            ],
            folders.Data,
            cancellation);
        if (said.ExitCode != 0)
        {
            var log = EmbeddedPostgresFailures.LogSince(folders, logEnd);
            throw EmbeddedPostgresFailures.Explain("The database did not start", $"{said.Text}\n{log}", folders);
        }

        step.Done();
    }

    private async Task EndOrphansAsync(CancellationToken cancellation)
    {
        if (await EndsAsync(NoOrphans, OrphansEndThemselves, cancellation))
        {
            return;
        }

        EmbeddedPostgresPostmaster.SignalAll(
            EmbeddedPostgresPostmaster.FindOrphans(folders), EmbeddedPostgresPostmaster.ImmediateShutdown);
        if (!await EndsAsync(NoOrphans, OrphansEndThemselves, cancellation))
        {
            EmbeddedPostgresPostmaster.SignalAll(
                EmbeddedPostgresPostmaster.FindOrphans(folders), EmbeddedPostgresPostmaster.Kill);
            await EndsAsync(NoOrphans, OrphansLimit, cancellation);
        }

        bool NoOrphans() => EmbeddedPostgresPostmaster.FindOrphans(folders).Count == 0;
    }

    private async Task WaitUntilReadyAsync(string socketFolder, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (!await AnswersAsync(socketFolder, cancellation))
        {
            if (waited.Elapsed > StartLimit || EmbeddedPostgresPostmaster.Find(folders) is null)
            {
                throw EmbeddedPostgresFailures.Explain(
                    $"The database does not answer on {EmbeddedPostgresPostmaster.SocketIn(socketFolder)}",
                    EmbeddedPostgresFailures.LogSince(folders, 0),
                    folders);
            }

            await Task.Delay(PollInterval, cancellation);
        }
    }

    /// <summary>
    /// Whether the database takes connections; makes our database where it is missing, which is so
    /// after the very first start and after a crash between that start and this line.
    /// </summary>
    private static async Task<bool> AnswersAsync(string socketFolder, CancellationToken cancellation)
    {
        if (!File.Exists(EmbeddedPostgresPostmaster.SocketIn(socketFolder)))
        {
            return false;
        }

        try
        {
            await using var connection = await OpenAsync(socketFolder, Database, cancellation);
            return true;
        }
        catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await using var connection = await OpenAsync(socketFolder, "postgres", cancellation);
            await using var create = new NpgsqlCommand($"create database {Database}", connection);
            await create.ExecuteNonQueryAsync(cancellation);
            return true;
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(
        string socketFolder, string database, CancellationToken cancellation)
    {
        var text = new NpgsqlConnectionStringBuilder(ConnectionString(socketFolder, database)) { Pooling = false, Timeout = 5 };
        var connection = new NpgsqlConnection(text.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<bool> EndsAsync(
        Func<bool> hasEnded, TimeSpan limit, CancellationToken cancellation = default)
    {
        var waited = Stopwatch.StartNew();
        while (!hasEnded())
        {
            if (waited.Elapsed > limit)
            {
                return false;
            }

            await Task.Delay(PollInterval, cancellation);
        }

        return true;
    }
}
