using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>What cannot go on at start-up; the message names the fix.</summary>
internal sealed class InstallationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// An opened installation: the database reached (and, when it is the embedded one, started and migrated), the master key
/// read and known to be the right one.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    private readonly EmbeddedPostgres? embedded;

    private Installation(CairnOptions options, EmbeddedPostgres? embedded, Database database, SecretBox box)
    {
        Options = options;
        this.embedded = embedded;
        Database = database;
        Box = box;
    }

    public CairnOptions Options { get; }

    public Database Database { get; }

    public SecretBox Box { get; }

    public EmbeddedPostgres? Embedded => embedded;

    /// <summary>Opens the installation. The embedded database is migrated here; an external one must be already.</summary>
    public static async Task<Installation> Open(CairnOptions options, TextWriter? progress, CancellationToken cancel)
    {
        DapperSetup.Apply();
        EmbeddedPostgres? embedded = null;
        Database? database = null;
        try
        {
            var connectionString = options.ConnectionString;
            if (options.IsEmbedded)
            {
                embedded = await EmbeddedPostgres.JoinOrStartAsync(options.Data, progress, cancel);
                connectionString = embedded.ConnectionString;
                await new Migrator(connectionString).Apply(cancel);
            }

            database = new Database(connectionString!);
            if (!options.IsEmbedded)
            {
                await Migrator.Check(database, cancel);
            }

            var box = SecretBox.Open(options);
            await database.ForOperator(work => CheckMasterKey(work, box, options), cancel);
            return new Installation(options, embedded, database, box);
        }
        catch
        {
            if (database is not null)
            {
                await database.DisposeAsync();
            }

            if (embedded is not null)
            {
                await embedded.DisposeAsync();
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Box.Dispose();
        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }
    }

    private static async Task<bool> CheckMasterKey(DbWork work, SecretBox box, CairnOptions options)
    {
        const string name = "master_key_id";
        await work.Execute("insert into platform_settings (name, value) values (@name, @value) on conflict do nothing", new { name, value = box.KeyId });
        var known = await work.Single<string>("select value from platform_settings where name = @name", new { name });
        return known == box.KeyId
            ? true
            : throw new MasterKeyException(options.MasterKey is null
                ? $"The master key in {Path.Combine(options.Data.FullName, "master.key")} is not the one this database was made with. Put the right file back, or give it as CAIRN_MASTER_KEY."
                : "CAIRN_MASTER_KEY is not the key this database was made with. Give the right one.");
    }
}

/// <summary>What an installation decided once, at its first start.</summary>
internal static class InstallationSettings
{
    private const string LogNameSetting = "log_name";

    /// <summary>The name before the slash of every log's origin. Chosen at first start; never taken from the host, so that a move changes no origin.</summary>
    public static async Task<string> LogName(DbWork work) =>
        await work.Maybe<string>("select value from platform_settings where name = @LogNameSetting", new { LogNameSetting })
        ?? throw new InstallationException("This installation has no log name yet. Start it once with './cairn serve'.");

    /// <summary>Sets the log name if there is none. True when this call set it, which makes it the first start.</summary>
    public static async Task<bool> EnsureLogName(DbWork work, string? wanted)
    {
        var value = wanted ?? "cairn-" + LedgerSecrets.Token(8);
        if (value.Any(character => character is '+' or '/' || char.IsWhiteSpace(character) || char.IsControl(character)) || value.Length is 0 or > 100)
        {
            throw new InstallationException($"'{value}' cannot name a log. Use 1 to 100 characters without spaces, '+' and '/'.");
        }

        return await work.Execute(
            "insert into platform_settings (name, value) values (@LogNameSetting, @value) on conflict do nothing", new { LogNameSetting, value }) == 1;
    }

    /// <summary>What was decided under a name; <see langword="null"/> for what was never decided.</summary>
    public static Task<string?> Find(DbWork work, string name) =>
        work.Maybe<string>("select value from platform_settings where name = @name", new { name });

    /// <summary>Decides anew; <see langword="null"/> takes the decision back.</summary>
    public static Task Put(DbWork work, string name, string? value) => work.Execute(
        value is null
            ? "delete from platform_settings where name = @name"
            : "insert into platform_settings (name, value) values (@name, @value) on conflict (name) do update set value = excluded.value",
        new { name, value });

    /// <summary>Whether the installation's own log exists.</summary>
    public static Task<bool> HasOwnLog(DbWork work) => LedgerStore.HasOpenLog(work, CustomerId.Installation);
}
