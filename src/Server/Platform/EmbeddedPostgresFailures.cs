namespace Cairn.Server.Platform;

/// <summary>Turns what PostgreSQL said into a sentence that names the fix.</summary>
internal static class EmbeddedPostgresFailures
{
    private const int LinesShown = 8;

    // In order of precedence: the first text that PostgreSQL's words contain decides.
    private static readonly (string Said, string Fix)[] Known =
    [
        ("No space left on device", "The disk is full: free some space, then start again; nothing that was acknowledged is lost."),
        ("could not create shared memory segment", "The machine is short of shared memory: set a smaller shared_buffers in " + EmbeddedPostgresSettings.OperatorsFile + " in the data directory."),
        ("Cannot allocate memory", "The machine is short of memory: set a smaller shared_buffers in " + EmbeddedPostgresSettings.OperatorsFile + " in the data directory."),
        ("could not create any Unix-domain sockets", "The socket cannot be made: choose a data directory with a shorter path, on a disk that knows sockets."),
        ("is still in use", "Processes of an earlier run have not ended yet: wait a moment, or end the left-over `postgres` processes."),
        ("has wrong ownership", "The data directory belongs to another user: run this program as its owner."),
        ("has invalid permissions", "The cluster is open to others: chmod 0700 its folder."),
        ("Read-only file system", "The data directory is on a read-only file system: choose another one with --data."),
        ("ermission denied", "The database's user may not pass through or write to a folder named above: open it, or choose another data directory with --data."),
        ("unrecognized configuration parameter", "A setting is unknown to this PostgreSQL: correct " + EmbeddedPostgresSettings.OperatorsFile + " in the data directory."),
        ("configuration file", "A setting is wrong: correct " + EmbeddedPostgresSettings.OperatorsFile + " in the data directory."),
    ];

    public static EmbeddedPostgresException Explain(string what, string said, EmbeddedPostgresFolders folders)
    {
        var fix = Known.FirstOrDefault(known => said.Contains(known.Said, StringComparison.Ordinal)).Fix
            ?? $"The whole story is in {folders.Log}.";
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var shown = string.Join('\n', lines.TakeLast(LinesShown));
        return new EmbeddedPostgresException($"{what}. {fix}\nPostgreSQL said:\n{shown}");
    }

    /// <summary>What the log gained since <paramref name="from"/>, the end of it where that is much.</summary>
    public static string LogSince(EmbeddedPostgresFolders folders, long from)
    {
        const int Longest = 16 << 10;
        using var log = new FileStream(folders.Log, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
        log.Seek(Math.Max(Math.Min(from, log.Length), log.Length - Longest), SeekOrigin.Begin);
        using var reader = new StreamReader(log);
        return reader.ReadToEnd().Trim();
    }
}
