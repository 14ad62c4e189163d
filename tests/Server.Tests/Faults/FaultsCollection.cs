namespace Cairn.Server.Tests.Faults;

/// <summary>
/// Tests that start the real program and kill it. They run one after the other and beside nothing else: a machine with
/// two cores that is busy with other tests would measure those.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FaultsCollection
{
    public const string Name = "Faults";

    /// <summary>The trait that selects or leaves out these tests: <c>--filter-trait "Kind=fault"</c>.</summary>
    public const string Trait = "Kind";

    public const string Fault = "fault";
}

/// <summary>What the full column of the fault regime changes; the defaults are the quick column.</summary>
internal static class FaultPlan
{
    /// <summary>How often a thing is killed: 10, or <c>CAIRN_FAULT_KILLS</c>.</summary>
    public static int Kills { get; } = Read("CAIRN_FAULT_KILLS") ?? 10;

    /// <summary>The seed of everything that is left to chance: another one each time, or <c>CAIRN_FAULT_SEED</c> to see a failure again.</summary>
    public static int Seed { get; } = Read("CAIRN_FAULT_SEED") ?? Random.Shared.Next();

    private static int? Read(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : null;
}
