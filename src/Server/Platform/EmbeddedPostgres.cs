using Microsoft.Extensions.Logging;

namespace Cairn.Server.Platform;

/// <summary>
/// A use of the private PostgreSQL under a data directory. Any number of processes may use one
/// database at a time: the first one starts it, the last one to leave stops it. Who uses it is kept
/// as shared locks on a file, which the kernel gives back even after <c>kill -9</c>; a database whose
/// users were all killed keeps running, and the next user simply joins it.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    // Longer than a start with recovery and a stop of somebody else together.
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(2);

    private readonly EmbeddedPostgresFolders folders;
    private readonly EmbeddedPostgresProcess process;
    private readonly EmbeddedPostgresLock use;
    private bool isDisposed;

    private EmbeddedPostgres(
        EmbeddedPostgresFolders folders, EmbeddedPostgresProcess process, EmbeddedPostgresLock use, string socketFolder)
    {
        this.folders = folders;
        this.process = process;
        this.use = use;
        ConnectionString = EmbeddedPostgresProcess.ConnectionString(socketFolder, EmbeddedPostgresProcess.Database);
    }

    /// <summary>
    /// Connects by the socket as the owner of every table, to the database <c>cairn</c>. It stays
    /// the same when <see cref="SuperviseAsync"/> starts the database again.
    /// </summary>
    public string ConnectionString { get; }

    /// <summary>
    /// Raised by <see cref="SuperviseAsync"/> when the database runs again after it had died. Pools
    /// still hold the broken connections then; <c>NpgsqlDataSource.Clear</c> drops them at once
    /// instead of one failed request for each.
    /// </summary>
    public event Action? Restarted;

    /// <summary>The process id of the postmaster, or <see langword="null"/> while it is down.</summary>
    public int? PostmasterPid => EmbeddedPostgresPostmaster.Find(folders)?.Pid;

    /// <summary>
    /// Joins the database of <paramref name="data"/> where it runs, else makes it where it is
    /// missing and starts it. Returns when it takes connections.
    /// </summary>
    /// <param name="data">Made where it is missing, open to its owner alone.</param>
    /// <param name="progress">Gets one line for each step that takes long enough to wonder.</param>
    /// <param name="cancellation">A start that is cancelled leaves nothing running that it started.</param>
    /// <exception cref="EmbeddedPostgresException">It cannot be used; the message names the fix.</exception>
    public static async Task<EmbeddedPostgres> JoinOrStartAsync(
        DirectoryInfo data, TextWriter? progress, CancellationToken cancellation)
    {
        var folders = EmbeddedPostgresFolders.Prepare(data);
        var process = new EmbeddedPostgresProcess(folders);
        using var starting = await LockStartAsync(folders, cancellation);

        // Free in a moment: whoever holds it exclusively also holds the start lock that we have.
        var use = await EmbeddedPostgresLock.TakeAsync(folders.UseLock, shared: true, LockLimit, cancellation)
            ?? throw Busy(folders.UseLock);
        CheckThatLocksHold(folders, use);
        try
        {
            return new EmbeddedPostgres(folders, process, use, await process.JoinOrStartAsync(progress, cancellation));
        }
        catch
        {
            await LeaveAsync(folders, process, use);
            throw;
        }
    }

    /// <summary>Starts the database again where it has died. Any number of users may call it at once; one of them starts it.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be started; the message names the fix.</exception>
    public async Task EnsureRunningAsync(CancellationToken cancellation)
    {
        using var starting = await LockStartAsync(folders, cancellation);
        await process.JoinOrStartAsync(progress: null, cancellation);
    }

    /// <summary>
    /// Watches the postmaster and starts it again within about half a second of its death, until it
    /// is cancelled (then it returns). A start that fails is logged and tried again.
    /// </summary>
    public async Task SuperviseAsync(ILogger logger, CancellationToken cancellation)
    {
        var known = PostmasterPid;
        try
        {
            while (true)
            {
                await Task.Delay(CheckInterval, cancellation);
                var now = PostmasterPid;
                if (now is not null && now == known)
                {
                    continue;
                }

                if (await TryHealAsync(logger, cancellation))
                {
                    known = PostmasterPid;
                }
                else
                {
                    await Task.Delay(RetryInterval, cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // This is how watching ends.
        }
    }

    /// <summary>Leaves the database; the last one to leave stops it and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isDisposed)
        {
            return;
        }

        isDisposed = true;
        using var starting = await EmbeddedPostgresLock.TakeAsync(
            folders.StartLock, shared: false, LockLimit, CancellationToken.None);
        if (starting is null)
        {
            // Somebody has been starting for minutes, and so is a user after us: leaving is enough.
            use.Dispose();
            return;
        }

        await LeaveAsync(folders, process, use);
    }

    private async Task<bool> TryHealAsync(ILogger logger, CancellationToken cancellation)
    {
        logger.LogWarning("The database has died; it is started again");
        try
        {
            await EnsureRunningAsync(cancellation);
            logger.LogInformation("The database runs again as process {Pid}", PostmasterPid);
            Restarted?.Invoke();
            return true;
        }
        catch (EmbeddedPostgresException fault)
        {
            logger.LogError("{Fault}", fault.Message);
            return false;
        }
    }

    /// <summary>
    /// Gives up the use and, where nobody else has one, stops the database. Called under the start
    /// lock, so that nobody joins between the question and the stop. A crash before the stop leaves
    /// the database running without a user, which the next user joins.
    /// </summary>
    private static async Task LeaveAsync(
        EmbeddedPostgresFolders folders, EmbeddedPostgresProcess process, EmbeddedPostgresLock use)
    {
        use.Dispose();
        using var alone = EmbeddedPostgresLock.TryTake(folders.UseLock, shared: false);
        if (alone is not null)
        {
            await process.StopAsync();
        }
    }

    // A file system without locks grants every one of them in silence, and then two programs would
    // stop and start the database under each other's feet.
    private static void CheckThatLocksHold(EmbeddedPostgresFolders folders, EmbeddedPostgresLock use)
    {
        using var impossible = EmbeddedPostgresLock.TryTake(folders.UseLock, shared: false);
        if (impossible is not null)
        {
            use.Dispose();
            throw new EmbeddedPostgresException(
                $"The file system of {folders.Data} does not keep file locks. Choose a data directory on a local disk with --data.");
        }
    }

    private static async Task<EmbeddedPostgresLock> LockStartAsync(
        EmbeddedPostgresFolders folders, CancellationToken cancellation) =>
        await EmbeddedPostgresLock.TakeAsync(folders.StartLock, shared: false, LockLimit, cancellation)
        ?? throw Busy(folders.StartLock);

    private static EmbeddedPostgresException Busy(string path) =>
        new($"Another program has held {path} for {LockLimit.TotalMinutes} minutes: see which one (`fuser {path}`) and end it.");
}
