using Cairn.Domain.Customers;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>A customer of the demo in one line, before it becomes a draft.</summary>
internal sealed record DemoCustomer(string Name, string Industry, string Vertical, string Plan, string Stage)
{
    public required string Zone { get; init; }

    /// <summary>The annual value as <c>148000 GBP</c>.</summary>
    public required string Value { get; init; }

    /// <summary>How many days ago its contract began; negative when it is still to begin.</summary>
    public required int Began { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Months from one renewal to the next.</summary>
    public int Term { get; init; } = 24;

    public CustomerDraft Draft(LocalDate today)
    {
        var start = today.PlusDays(-Began);
        var value = Value.Split(' ');
        return new CustomerDraft
        {
            Name = Name,
            Industry = Industry,
            Vertical = Vertical,
            Plan = Plan,
            SlaTier = Plan == "Professional" ? "Mid-market" : Plan,
            Stage = Stage,
            TimeZone = Zone,
            AcvAmount = value[0],
            AcvCurrency = value[1],
            ContractStart = Iso(start),
            ContractEnd = Iso(start.PlusMonths(Term).PlusDays(-1)),
            RenewalDate = Iso(start.PlusMonths(Term)),
            PaymentTerms = Term == 12 ? "quarterly, net 14" : "annual, net 30",
            Tags = Tags,
        };
    }

    private static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}

/// <summary>The invented customers of the demo: at least one in each stage and of each vertical.</summary>
internal static class DemoCustomers
{
    /// <summary>The customer whose months of orders and stock movements are generated.</summary>
    public const string WithHistory = "Alder & Finch Wholesale";

    private static readonly string[] Flagship = ["flagship", "reference"];

    /// <summary>All of them; their dates lie around today, so that the demo never looks old.</summary>
    public static IReadOnlyList<DemoCustomer> All { get; } =
    [
        new(WithHistory, "Gift wholesale", "e-commerce", "Enterprise", "value-realisation") { Zone = "Europe/London", Value = "148000 GBP", Began = 212, Tags = Flagship },
        new("Northgate Logistics", "Contract logistics", "warehouse", "Professional", "onboarding") { Zone = "Europe/Berlin", Value = "64000 EUR", Began = 12, Tags = ["cutover in 3 weeks"] },
        new("Brightline Software", "Workflow software", "saas-entitlements", "Professional", "adoption") { Zone = "America/New_York", Value = "52000 USD", Began = 304, Term = 12, Tags = ["reference"] },
        new("Cumulus Voice", "Voice platform", "cloud-cpaas", "Enterprise", "renewal") { Zone = "America/Los_Angeles", Value = "210000 USD", Began = 668, Tags = ["board sponsor"] },
        new("Maple Street Retail", "Homeware shops", "e-commerce", "Starter", "purchase") { Zone = "America/Toronto", Value = "18000 CAD", Began = -9, Term = 12 },
        new("Orchard Health Supplies", "Medical supplies", "warehouse", "Enterprise", "expansion") { Zone = "Europe/Paris", Value = "175000 EUR", Began = 490, Tags = ["second site"] },
        new("Kestrel Cloud", "Cloud hosting", "cloud-cpaas", "Starter", "evaluation") { Zone = "Asia/Singapore", Value = "22000 SGD", Began = -30, Term = 12 },
        new("Tidewater Seafood", "Food import", "warehouse", "Professional", "discovery") { Zone = "Europe/Lisbon", Value = "36000 EUR", Began = -60 },
        new("Fernhill Outdoor", "Outdoor equipment", "e-commerce", "Professional", "onboarding") { Zone = "Europe/Oslo", Value = "71000 EUR", Began = 21, Tags = ["two brands"] },
        new("Lumen Learning", "Course platform", "saas-entitlements", "Enterprise", "value-realisation") { Zone = "Europe/Dublin", Value = "96000 EUR", Began = 131, Tags = ["pilot"] },
        new("Harbour Parts", "Marine spare parts", "warehouse", "Starter", "adoption") { Zone = "Pacific/Auckland", Value = "24000 NZD", Began = 251, Term = 12 },
        new("Signalhouse", "Messaging API", "cloud-cpaas", "Professional", "onboarding") { Zone = "Europe/Warsaw", Value = "58000 EUR", Began = 33, Tags = ["at risk"] },
        new("Ledgerly", "Accounting software", "saas-entitlements", "Starter", "discovery") { Zone = "Australia/Sydney", Value = "15000 AUD", Began = -75, Term = 12 },
        new("Juniper & Slate", "Furniture online", "e-commerce", "Enterprise", "renewal") { Zone = "America/Chicago", Value = "132000 USD", Began = 706, Tags = ["price talk"] },
    ];
}
