using System.Globalization;
using System.Runtime.InteropServices;

namespace Cairn.Server.Platform;

/// <summary>The running main process of the database, as its pid file tells.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="SocketFolder">Where it listens: the one that starts it may have chosen another folder than we would.</param>
internal sealed partial record EmbeddedPostgresPostmaster(int Pid, string SocketFolder)
{
    // Lines of postmaster.pid, counted from zero; PostgreSQL keeps their order over versions.
    private const int PidLine = 0;
    private const int SocketLine = 4;

    /// <summary>Asks for a fast shutdown: open transactions are rolled back and everything is written.</summary>
    public const int FastShutdown = 2;

    /// <summary>Ends a server process at once, as PostgreSQL itself does after a crash; the next start recovers.</summary>
    public const int ImmediateShutdown = 3;

    public const int Kill = 9;

    /// <summary>The postmaster of this cluster where it is alive, else <see langword="null"/>.</summary>
    public static EmbeddedPostgresPostmaster? Find(EmbeddedPostgresFolders folders) =>
        Read(folders) is { } noted && noted.IsAlive(folders) ? noted : null;

    /// <summary>
    /// Whether the process still runs and is the postmaster of this cluster. A pid alone proves
    /// nothing: after a restart of the machine another program may have it. So the pid file is read
    /// once more through the process's own working directory, and a dead process that nobody has
    /// collected yet counts as gone.
    /// </summary>
    public bool IsAlive(EmbeddedPostgresFolders folders) =>
        OperatingSystem.IsLinux()
            ? IsPostgres(Pid) && WorksIn(Pid, folders)
            : Send(Pid, 0) == 0;

    /// <summary>
    /// Whether the process is gone altogether; it removes its pid file a moment before that. Asked
    /// of a process that was alive just now, whose number nobody else has yet.
    /// </summary>
    public bool HasEnded => OperatingSystem.IsLinux() ? !IsPostgres(Pid) : Send(Pid, 0) != 0;

    public void Signal(int signal) => Send(Pid, signal);

    /// <summary>
    /// Removes what a dead postmaster left behind, so that the next one does not take an unrelated
    /// process with the same pid for it. Called only under the start lock and when <see cref="Find"/> found none.
    /// </summary>
    public static void RemoveTraces(EmbeddedPostgresFolders folders, string socketFolder)
    {
        File.Delete(folders.PidFile);
        File.Delete(SocketIn(socketFolder));
        File.Delete(SocketIn(socketFolder) + ".lock");
    }

    public static string SocketIn(string folder) => Path.Combine(folder, ".s.PGSQL.5432");

    /// <summary>
    /// Server processes that outlived their postmaster. They notice its death between two
    /// statements, but one in the middle of a long one keeps the shared memory, and with it the
    /// next start, waiting. Only Linux tells the working directory of a process; elsewhere this is empty.
    /// </summary>
    public static IReadOnlyList<int> FindOrphans(EmbeddedPostgresFolders folders) =>
        OperatingSystem.IsLinux()
            ? [.. Directory.EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
                .Where(pid => pid > 0 && IsPostgres(pid) && WorksIn(pid, folders))]
            : [];

    public static void SignalAll(IEnumerable<int> pids, int signal)
    {
        foreach (var pid in pids)
        {
            Send(pid, signal);
        }
    }

    private static EmbeddedPostgresPostmaster? Read(EmbeddedPostgresFolders folders)
    {
        var lines = ReadText(folders.PidFile).Split('\n');
        return lines.Length > SocketLine && int.TryParse(lines[PidLine], CultureInfo.InvariantCulture, out var pid) && pid > 0
            ? new EmbeddedPostgresPostmaster(pid, lines[SocketLine].Trim())
            : null;
    }

    private static bool IsPostgres(int pid)
    {
        // "pid (name) state …": a zombie has ended and only waits to be collected.
        var status = ReadText($"/proc/{pid}/stat");
        return status.Contains("(postgres)", StringComparison.Ordinal)
            && !status.Contains("(postgres) Z", StringComparison.Ordinal);
    }

    private static bool WorksIn(int pid, EmbeddedPostgresFolders folders)
    {
        // The inner text compared is the pid file's start: the postmaster rewrites its last line.
        var ours = ReadText(folders.PidFile).Split('\n');
        var theirs = ReadText($"/proc/{pid}/cwd/postmaster.pid").Split('\n');
        return ours.Length > SocketLine && theirs.Take(SocketLine).SequenceEqual(ours.Take(SocketLine));
    }

    // A process or file that is gone by now is an ordinary answer here, not a failure.
    private static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int pid, int signal);
}
