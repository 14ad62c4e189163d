namespace Cairn.Domain.Customers;

/// <summary>The fixed words of a customer record. They stand in the API and in the ledger, so they are only ever added to.</summary>
public static class CustomerWords
{
    /// <summary>What kind of business it is; value streams and metrics follow from it.</summary>
    public static IReadOnlyList<string> Verticals { get; } = ["e-commerce", "saas-entitlements", "cloud-cpaas", "warehouse"];

    /// <summary>What it bought.</summary>
    public static IReadOnlyList<string> Plans { get; } = ["Starter", "Professional", "Enterprise"];

    /// <summary>Which support targets hold, by annual value: under $25K, up to $100K, above.</summary>
    public static IReadOnlyList<string> SlaTiers { get; } = ["Starter", "Mid-market", "Enterprise"];

    /// <summary>Where it stands on its journey, in order.</summary>
    public static IReadOnlyList<string> Stages { get; } =
        ["discovery", "evaluation", "purchase", Onboarding, "value-realisation", "adoption", "expansion", "renewal"];

    /// <summary>The stage of a new record: who is recorded here has signed, unless somebody says otherwise.</summary>
    public const string Onboarding = "onboarding";

    /// <summary>The zone of a record that names none.</summary>
    public const string DefaultZone = "UTC";
}
