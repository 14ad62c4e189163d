using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace Cairn.Server.Tests.Support;

/// <summary>One real PostgreSQL for the whole run, from the same programs that the product starts; a database of its own for whoever asks.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cairn-tests-");
    private EmbeddedPostgres? postgres;
    private int count;

    public async ValueTask InitializeAsync()
    {
        DapperSetup.Apply();
        postgres = await EmbeddedPostgres.JoinOrStartAsync(folder, null, CancellationToken.None);
    }

    /// <summary>A new, empty, migrated database; the connection string is its owner's.</summary>
    public async Task<string> NewDatabase(bool migrated = true)
    {
        var name = $"test_{Interlocked.Increment(ref count)}";
        await using (var connection = new NpgsqlConnection(postgres!.ConnectionString))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand($"create database {name}", connection);
            await command.ExecuteNonQueryAsync();
        }

        var own = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = name }.ConnectionString;
        if (migrated)
        {
            await new Migrator(own).Apply(CancellationToken.None);
        }

        return own;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }
}
