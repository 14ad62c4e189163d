using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Cairn.Server.Platform;

/// <summary>A schema that this program cannot work with; the message names the fix.</summary>
internal sealed class SchemaException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Forward-only SQL files, applied in name order under an advisory lock by the owner of the tables.</summary>
internal sealed class Migrator(string ownerConnectionString)
{
    private const long LockNumber = 0x0CA1_0001;

    private sealed record Script(int Number, string Name, string Sql, string Hash);

    /// <summary>Applies what is missing. Returns the names applied.</summary>
    /// <exception cref="SchemaException">The database is newer than this program, or was changed by hand.</exception>
    public async Task<IReadOnlyList<string>> Apply(CancellationToken cancel)
    {
        await using var connection = await Open(cancel);
        await connection.ExecuteAsync("select pg_advisory_lock(@LockNumber)", new { LockNumber });
        await EnsureRole(connection);
        await connection.ExecuteAsync(
            "create table if not exists platform_migrations (number int primary key, name text not null, hash text not null, applied_at timestamptz not null default now())");
        var missing = Missing(await Applied(connection));
        foreach (var script in missing)
        {
            // One transaction each: a kill in the middle leaves the schema at the script before.
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await connection.ExecuteAsync(script.Sql, transaction: transaction, commandTimeout: 0);
            await connection.ExecuteAsync(
                "insert into platform_migrations (number, name, hash) values (@Number, @Name, @Hash)", script, transaction);
            await connection.ExecuteAsync(Read("after_each.sql"), transaction: transaction, commandTimeout: 0);
            await transaction.CommitAsync(cancel);
        }

        return [.. missing.Select(script => script.Name)];
    }

    /// <summary>Checks, with the rights of the server, that the schema is the one this program knows.</summary>
    public static async Task Check(Database database, CancellationToken cancel)
    {
        IReadOnlyList<Script> missing;
        try
        {
            missing = Missing(await database.ForOperator(
                work => work.List<(int Number, string Hash)>("select number, hash from platform_migrations order by number"), cancel));
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidParameterValue or PostgresErrorCodes.InvalidAuthorizationSpecification)
        {
            throw new SchemaException("This database has no Cairn schema yet. Run './cairn migrate' once with a login that may create tables and roles.", e);
        }

        if (missing.Count > 0)
        {
            throw new SchemaException($"The database lacks {missing.Count} migration(s), first {missing[0].Name}. Run './cairn migrate' before starting this version.");
        }
    }

    private async Task<NpgsqlConnection> Open(CancellationToken cancel)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(ownerConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    private static async Task EnsureRole(NpgsqlConnection connection)
    {
        try
        {
            await connection.ExecuteAsync(
                $$"""
                do $$
                begin
                    if not exists (select from pg_roles where rolname = '{{Database.AppRole}}') then
                        create role {{Database.AppRole}} nologin;
                    end if;
                exception when duplicate_object or unique_violation then null;
                end
                $$;
                do $$
                begin
                    if not pg_has_role(current_user, '{{Database.AppRole}}', 'member') then
                        grant {{Database.AppRole}} to current_user;
                    end if;
                end
                $$;
                """);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new SchemaException(
                $"This login may not create the role {Database.AppRole}. Let an administrator run: CREATE ROLE {Database.AppRole} NOLOGIN; GRANT {Database.AppRole} TO <this login>; and try again.", e);
        }
    }

    private static async Task<IReadOnlyList<(int Number, string Hash)>> Applied(NpgsqlConnection connection) =>
        (await connection.QueryAsync<(int, string)>("select number, hash from platform_migrations order by number")).AsList();

    private static List<Script> Missing(IReadOnlyList<(int Number, string Hash)> applied)
    {
        var known = Scripts();
        foreach (var (number, hash) in applied)
        {
            var script = known.FirstOrDefault(script => script.Number == number)
                ?? throw new SchemaException($"The database is at migration {number}, which is newer than this program knows ({known[^1].Number}). Install the newer program again, or restore the backup from before the upgrade.");
            if (script.Hash != hash)
            {
                throw new SchemaException($"Migration {script.Name} differs from the one this database was built with. Use the released program, or restore a backup.");
            }
        }

        return [.. known.Where(script => applied.All(row => row.Number != script.Number))];
    }

    private static List<Script> Scripts() =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith("migrations/0", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => name["migrations/".Length..])
            .Select(name => (name, sql: Read(name)))
            .Select(file => new Script(
                int.Parse(file.name[..4], System.Globalization.CultureInfo.InvariantCulture),
                file.name,
                file.sql,
                Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(file.sql))))),
    ];

    private static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("migrations/" + name)
            ?? throw new InvalidOperationException("The program was built without " + name);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
