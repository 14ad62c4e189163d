using System.Diagnostics;
using Cairn.Bench.Contenders;
using Cairn.Domain.Access;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server;
using Cairn.Server.Access;
using Cairn.Server.Customers;
using Cairn.Server.Platform;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Cairn.Bench;

/// <summary>
/// Where the contenders meet: one PostgreSQL, started as the product starts its own and with the same settings, with a
/// database for each, in a folder that goes when the run ends.
/// </summary>
internal sealed class Field : IAsyncDisposable
{
    private readonly DirectoryInfo folder;
    private readonly EmbeddedPostgres postgres;

    private Field(DirectoryInfo folder, EmbeddedPostgres postgres)
    {
        this.folder = folder;
        this.postgres = postgres;
    }

    /// <summary>The process whose family is the database.</summary>
    public int Postmaster => postgres.PostmasterPid ?? throw new InvalidOperationException("The database has died.");

    public static async Task<Field> Open()
    {
        DapperSetup.Apply();
        var folder = Directory.CreateTempSubdirectory("cairn-bench-");
        return new Field(folder, await EmbeddedPostgres.JoinOrStartAsync(folder, null, CancellationToken.None));
    }

    /// <summary>(a), (b) and (e): roles of this very program, in processes of their own.</summary>
    public async Task<ServerProcess> Role(string role, string name, string? schema = null)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["role", role]);
        if (schema is not null)
        {
            start.Environment["CAIRN_BENCH_DATABASE"] = await NewDatabase("bench_" + role, schema);
        }

        return await ServerProcess.Start(name, start);
    }

    /// <summary>(c) in this process, over migrated tables of its own.</summary>
    public async Task<CopyLoader> Copy()
    {
        var database = await NewDatabase("bench_copy");
        await new Migrator(database).Apply(CancellationToken.None);
        return new CopyLoader(NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxAutoPrepare = 20 }));
    }

    /// <summary>(d) the product's own program with everything on: a key, row-level security, receipts, tiles, checkpoints.</summary>
    public async Task<ServerProcess> Cairn(string program, string name = "d Cairn")
    {
        var database = await NewDatabase("bench_cairn_" + Stopwatch.GetTimestamp());
        await new Migrator(database).Apply(CancellationToken.None);
        var data = folder.CreateSubdirectory("cairn_" + name[0]);
        var start = new ProcessStartInfo(program, ["serve", "--json", "--data", data.FullName, "--urls", "http://127.0.0.1:0"]);
        start.Environment["ConnectionStrings__Cairn"] = database;
        return await ServerProcess.Start(name, start, await NewKey(data, database));
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await postgres.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private static async Task<string> NewKey(DirectoryInfo data, string database)
    {
        var options = new CairnOptions { Data = data, ConnectionString = database };
        await using var installation = await Installation.Open(options, null, CancellationToken.None);
        await using var services = Composition.Build(installation);
        await Composition.FirstStart(services, CancellationToken.None);
        var customer = await services.GetRequiredService<CreateCustomer>().Run(
            new CustomerDraft { Name = "Any customer", TimeZone = "UTC" }, Actor.CommandLine, new InputFaults(), CancellationToken.None);
        var key = await services.GetRequiredService<CreateApiKey>().Run(
            customer.Value.Customer.Id, new ApiKeyDraft("bench", Scopes.All, null), Actor.CommandLine, new InputFaults(), CancellationToken.None);
        return key.Value.Text;
    }

    private async Task<string> NewDatabase(string name, string? schema = null)
    {
        await Execute(postgres.ConnectionString, $"create database {name}");
        var database = new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = name }.ConnectionString;
        if (schema is not null)
        {
            await Execute(database, schema);
        }

        return database;
    }

    private static async Task Execute(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
