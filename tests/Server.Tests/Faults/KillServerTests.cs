using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Faults;

/// <summary><c>kill -9</c> of the server in the middle of ingest, again and again.</summary>
[Collection(FaultsCollection.Name)]
[Trait(FaultsCollection.Trait, FaultsCollection.Fault)]
public sealed class KillServerTests(ITestOutputHelper output)
{
    /// <summary>Every so many rounds the database dies with the server, as in a power cut.</summary>
    private const int PowerCutEvery = 3;

    /// <summary>Every so many rounds the server is killed once more while it starts.</summary>
    private const int KilledStartEvery = 4;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_the_server_is_killed_during_ingest()
    {
        var random = new Random(FaultPlan.Seed);
        output.WriteLine($"CAIRN_FAULT_SEED={FaultPlan.Seed} repeats this choice of events and moments.");
        await using var installation = new TestInstallation();
        var customer = await FaultCustomer.Create(installation);
        var server = await installation.Serve();
        await using var load = new IngestLoad(server.Address, customer.Key, FaultPlan.Seed);
        load.Begin();
        var restarts = new List<TimeSpan>();
        for (var kill = 1; kill <= FaultPlan.Kills; kill++)
        {
            await load.More(random.Next(5, 60));
            await server.Kill();
            if (kill % PowerCutEvery == 0)
            {
                installation.KillDatabase();
            }

            if (kill % KilledStartEvery == 0)
            {
                var doomed = installation.BeginServe();
                await Task.Delay(random.Next(1_500));
                await doomed.Kill();
            }

            server = await installation.Serve();
            restarts.Add(server.ReadyAfter);
        }

        await load.More(20);
        await load.End();
        output.WriteLine(
            $"{FaultPlan.Kills} kills, {load.Interruptions} interruptions, {load.Receipts.Count} receipts; "
            + $"from start to ready: slowest {restarts.Max().TotalSeconds:0.00} s, median {restarts.Order().ElementAt(restarts.Count / 2).TotalSeconds:0.00} s (promised: below 5 s)");
        await customer.CheckNothingWasLost(installation, load);
        server.AskToEnd();
        (await server.UntilEnded()).ShouldBe(0, server.Printed);
        installation.Processes().ShouldBeEmpty();
    }
}
