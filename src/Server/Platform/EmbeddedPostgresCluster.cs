namespace Cairn.Server.Platform;

/// <summary>The files of the database on disk: made once, then checked and given our settings before each start.</summary>
internal sealed record EmbeddedPostgresCluster(
    EmbeddedPostgresFolders Folders, EmbeddedPostgresBinaries Binaries, EmbeddedPostgresIdentity Identity)
{
    /// <summary>The superuser and owner of every table; only migrations and backups work as this role.</summary>
    public const string Superuser = "cairn_owner";

    // The first version that sorts and folds case by Unicode rules of its own, the same on every machine.
    private const int FirstWithBuiltinLocale = 17;

    private const string OwnerMayPass = "u=rwx,go=x";

    /// <summary>
    /// Makes the cluster where there is none. It is made under another name and renamed when it is
    /// whole and synced, so a crash on the way leaves only a folder that the next start throws away.
    /// </summary>
    /// <returns>Whether a cluster was made.</returns>
    /// <exception cref="EmbeddedPostgresException">It cannot be made, or an existing one cannot be used.</exception>
    public async Task<bool> PrepareAsync(TextWriter? progress, CancellationToken cancellation)
    {
        if (Directory.Exists(Folders.Cluster))
        {
            CheckVersion();
            Folders.CloseCluster();
            return false;
        }

        using var step = new ProgressStep(progress, $"creating the database in {Folders.Data}");
        if (Directory.Exists(Folders.Unfinished))
        {
            Directory.Delete(Folders.Unfinished, recursive: true);
        }

        Directory.CreateDirectory(Folders.Unfinished);
        await HandOverAsync(cancellation);
        var said = await EmbeddedPostgresProgram.RunAsync(
            [.. Identity.Prefix, Binaries.InitDb, .. InitDbOptions()], Folders.Data, cancellation);
        if (said.ExitCode != 0)
        {
            throw EmbeddedPostgresFailures.Explain("The database could not be created", said.Text, Folders);
        }

        Directory.Move(Folders.Unfinished, Folders.Cluster);
        step.Done();
        return true;
    }

    /// <summary>Writes the settings anew at each start, so that a newer program's settings reach older clusters.</summary>
    public async Task WriteSettingsAsync(string socketFolder, CancellationToken cancellation)
    {
        var isTuned = File.Exists(Path.Combine(Folders.Data, EmbeddedPostgresSettings.OperatorsFile));
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(Folders.Cluster, "postgresql.conf"),
                EmbeddedPostgresSettings.PostgresqlConf(socketFolder, isTuned),
                cancellation);
            await File.WriteAllTextAsync(
                Path.Combine(Folders.Cluster, "pg_hba.conf"), EmbeddedPostgresSettings.PgHba, cancellation);
            await (File.Exists(Folders.Log)
                ? Task.CompletedTask
                : File.WriteAllTextAsync(Folders.Log, string.Empty, cancellation));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw EmbeddedPostgresFailures.Explain("The database's settings could not be written", fault.Message, Folders);
        }

        await Identity.GiveAsync(Folders.Log, cancellation);
        await Identity.GiveAsync(socketFolder, cancellation);
    }

    private string[] InitDbOptions() =>
    [
        "-D", Path.GetFileName(Folders.Unfinished), "-U", Superuser, "-A", "trust", "-k", "-E", "UTF8",
        .. Binaries.MajorVersion >= FirstWithBuiltinLocale
            ? (string[])["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
            : ["--locale=C"],
    ];

    private async Task HandOverAsync(CancellationToken cancellation)
    {
        if (Identity.Owner is null)
        {
            return;
        }

        await Identity.GiveAsync(Folders.Unfinished, cancellation);
        await EmbeddedPostgresProgram.RunAsync(["chmod", OwnerMayPass, Folders.Data], "/", cancellation);
    }

    private void CheckVersion()
    {
        string made;
        try
        {
            made = File.ReadAllText(Path.Combine(Folders.Cluster, "PG_VERSION")).Trim();
        }
        catch (FileNotFoundException)
        {
            throw new EmbeddedPostgresException(
                $"{Folders.Cluster} is not a PostgreSQL cluster (no PG_VERSION in it). Move it away, or restore a backup into a new data directory.");
        }
        catch (UnauthorizedAccessException fault)
        {
            throw new EmbeddedPostgresException(
                $"{Folders.Cluster} belongs to another user: {fault.Message} Run this program as its owner.", fault);
        }

        if (made != Binaries.MajorVersion.ToString())
        {
            throw new EmbeddedPostgresException(
                $"{Folders.Cluster} was made by PostgreSQL {made}, but the programs at hand are version {Binaries.MajorVersion}. "
                + $"Name the bin folder of a PostgreSQL {made} in {EmbeddedPostgresBinaries.Variable}, "
                + "or restore a backup into a new data directory.");
        }
    }
}
