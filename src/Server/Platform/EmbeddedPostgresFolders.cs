using System.Security.Cryptography;
using System.Text;

namespace Cairn.Server.Platform;

/// <summary>Where the parts of the embedded database lie under a data directory.</summary>
internal sealed record EmbeddedPostgresFolders(string Data)
{
    // A socket's address holds 104 bytes on macOS and 108 on Linux, with the closing zero byte.
    private const int LongestFolder = 100 - 18;

    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Relative to <see cref="Data"/>, for programs that are run there: no shell ever sees the whole path.</summary>
    public const string ClusterName = "postgres";

    /// <inheritdoc cref="ClusterName"/>
    public const string LogName = "postgres.log";

    public string Cluster => Path.Combine(Data, ClusterName);

    /// <summary>Where a new cluster is made; it takes its name only when it is whole.</summary>
    public string Unfinished => Path.Combine(Data, "postgres.new");

    public string Log => Path.Combine(Data, LogName);

    public string OlderLog => Path.Combine(Data, "postgres.log.1");

    public string UseLock => Path.Combine(Data, "postgres.lock");

    public string StartLock => Path.Combine(Data, "postgres.start.lock");

    public string PidFile => Path.Combine(Cluster, "postmaster.pid");

    private string NearSocketFolder => Path.Combine(Data, "run");

    private string FarSocketFolder
    {
        get
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Data)))[..24];
            var temporary = Path.Combine(Path.GetTempPath(), $"cairn-{hash}");
            return IsUsable(temporary) ? temporary : $"/tmp/cairn-{hash}";
        }
    }

    /// <summary>Makes sure that the data directory exists and that this user may write in it.</summary>
    /// <exception cref="EmbeddedPostgresException">It cannot be made or written.</exception>
    public static EmbeddedPostgresFolders Prepare(DirectoryInfo data)
    {
        var folders = new EmbeddedPostgresFolders(Path.TrimEndingDirectorySeparator(data.FullName));
        try
        {
            if (!Directory.Exists(folders.Data))
            {
                MakePrivate(folders.Data);
            }

            EmbeddedPostgresLock.TryTake(folders.StartLock, shared: true)?.Dispose();
            return folders;
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or IOException)
        {
            throw new EmbeddedPostgresException(
                $"The data directory {folders.Data} cannot be written: {fault.Message} "
                + "Give it to the user who runs this program, or choose another one with --data.",
                fault);
        }
    }

    /// <summary>
    /// The folder for the socket: <c>run</c> under the data directory, or a private folder under the
    /// system's temporary one where that path would be too long for a socket (or holds a comma, which
    /// separates addresses in a connection string).
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">The temporary folder belongs to somebody else or is open to others.</exception>
    public async Task<string> PrepareSocketFolderAsync(CancellationToken cancellation)
    {
        var near = NearSocketFolder;
        if (IsUsable(near))
        {
            MakePrivate(near);
            return near;
        }

        var far = FarSocketFolder;

        // Anybody can make this folder first, because its name can be computed. So it is used only
        // when it is ours and closed, and its mode is never mended: mending would trust the maker.
        if (!Path.Exists(far))
        {
            MakePrivate(far);
        }

        var owner = await EmbeddedPostgresOwner.OfAsync(far, cancellation);
        var user = await EmbeddedPostgresOwner.CurrentUserAsync(cancellation);
        return owner is { IsFolder: true, Mode: "700" or "2700" } && owner.User == user
            ? far
            : throw new EmbeddedPostgresException(
                $"{far} is needed for the database's socket, but it belongs to another user or is open to others. "
                + "Remove it, or choose a data directory with a shorter path.");
    }

    /// <summary>Removes the socket's folder where it lies outside the data directory and nothing is in it any more.</summary>
    public void RemoveFarSocketFolder()
    {
        var far = FarSocketFolder;
        if (!IsUsable(NearSocketFolder) && Directory.Exists(far) && !Directory.EnumerateFileSystemEntries(far).Any())
        {
            Directory.Delete(far);
        }
    }

    /// <summary>Closes the cluster to everybody else; PostgreSQL refuses one that is open, and so it mends what a careless copy left.</summary>
    public void CloseCluster()
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(Cluster) != OwnerOnly)
        {
            File.SetUnixFileMode(Cluster, OwnerOnly);
        }
    }

    /// <summary>Keeps the log from growing without end: past 16 MiB it becomes the older one.</summary>
    public void RotateLog()
    {
        const long Longest = 16 << 20;
        var log = new FileInfo(Log);
        if (log.Exists && log.Length > Longest)
        {
            log.MoveTo(OlderLog, overwrite: true);
        }
    }

    private static bool IsUsable(string folder) =>
        Encoding.UTF8.GetByteCount(folder) <= LongestFolder && folder.AsSpan().IndexOfAny(",\"") < 0;

    private static void MakePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
        }
    }
}
