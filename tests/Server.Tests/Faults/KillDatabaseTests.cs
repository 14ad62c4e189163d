using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Npgsql;

namespace Cairn.Server.Tests.Faults;

/// <summary>The database dies in the middle of ingest while the server lives: whole, by one process, or by connection.</summary>
[Collection(FaultsCollection.Name)]
[Trait(FaultsCollection.Trait, FaultsCollection.Fault)]
public sealed class KillDatabaseTests(ITestOutputHelper output)
{
    /// <summary>A way in which a database goes away.</summary>
    private enum Death
    {
        /// <summary>The postmaster and every server process at once.</summary>
        All,

        /// <summary>The postmaster alone; its server processes notice after their statement.</summary>
        Postmaster,

        /// <summary>One server process, perhaps within its commit: PostgreSQL ends the others and recovers by itself.</summary>
        Backend,

        /// <summary>An administrator ends every session.</summary>
        Sessions,
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_the_database_is_killed_during_ingest()
    {
        var random = new Random(FaultPlan.Seed);
        output.WriteLine($"CAIRN_FAULT_SEED={FaultPlan.Seed} repeats this choice of events and moments.");
        await using var installation = new TestInstallation();
        var customer = await FaultCustomer.Create(installation);
        var server = await installation.Serve();
        using var bugs = server.TellBugs(output);
        await using var load = new IngestLoad(server.Address, customer.Key, FaultPlan.Seed);
        load.Begin();
        var heals = new List<TimeSpan>();
        var deaths = Enum.GetValues<Death>();
        for (var kill = 0; kill < FaultPlan.Kills; kill++)
        {
            await load.More(random.Next(5, 60));
            // The two whole deaths come twice as often as the others.
            var death = kill % 3 == 2 ? deaths[2 + (kill / 3 % 2)] : deaths[kill % 3];
            await Kill(installation, death, random);
            var died = System.Diagnostics.Stopwatch.StartNew();
            await load.More(IngestLoad.Clients + 1);
            heals.Add(died.Elapsed);
        }

        await load.More(20);
        await load.End();
        output.WriteLine(
            $"{FaultPlan.Kills} kills, {load.Interruptions} interruptions, {load.Receipts.Count} receipts; "
            + $"from kill to the next answer: slowest {heals.Max().TotalSeconds:0.00} s, median {heals.Order().ElementAt(heals.Count / 2).TotalSeconds:0.00} s (promised: below 10 s)");
        server.HasExited.ShouldBeFalse(server.Printed);
        await customer.CheckNothingWasLost(installation, load);
        server.PressCtrlC();
        (await server.UntilEnded()).ShouldBe(0, server.Printed);
        installation.Processes().ShouldBeEmpty();
    }

    private static async Task Kill(TestInstallation installation, Death death, Random random)
    {
        switch (death)
        {
            case Death.All:
                installation.KillDatabase();
                break;
            case Death.Postmaster:
                EmbeddedPostgresPostmaster.SignalAll([installation.Postmaster.ShouldNotBeNull()], EmbeddedPostgresPostmaster.Kill);
                break;
            case Death.Backend:
                var backends = await Ask(installation, "select pid from pg_stat_activity where application_name = 'cairn' and pid <> pg_backend_pid() order by query ilike '%ledger_entries%' or query ilike 'commit%' desc, random()");
                EmbeddedPostgresPostmaster.SignalAll([backends[random.Next(Math.Min(2, backends.Count))]], EmbeddedPostgresPostmaster.Kill);
                break;
            case Death.Sessions:
                await Ask(installation, "with own as materialized (select pid from pg_stat_activity where application_name = 'cairn' and pid <> pg_backend_pid()) select pid from own where pg_terminate_backend(pid)");
                break;
        }
    }

    private static async Task<List<int>> Ask(TestInstallation installation, string sql)
    {
        await using var joined = await installation.Join();
        await using var connection = new NpgsqlConnection(joined.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync();
        var pids = new List<int>();
        while (await rows.ReadAsync())
        {
            pids.Add(rows.GetInt32(0));
        }

        return pids;
    }
}
