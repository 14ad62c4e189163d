using Cairn.Domain.Customers;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>The invented customers of the demo, one in each stage that a newcomer wants to see.</summary>
internal static class DemoCustomers
{
    /// <summary>The customer whose months of orders and stock movements are generated.</summary>
    public const string WithHistory = "Alder & Finch Wholesale";

    /// <summary>The drafts, with dates around today, so that the demo never looks old.</summary>
    public static IReadOnlyList<CustomerDraft> All(LocalDate today) =>
    [
        Draft(WithHistory, "Gift wholesale", "e-commerce", "Enterprise", "value-realisation", "Europe/London", "148000", "GBP", today.PlusMonths(-7), "flagship"),
        Draft("Northgate Logistics", "Contract logistics", "warehouse", "Professional", "onboarding", "Europe/Berlin", "64000", "EUR", today.PlusDays(-12), "cutover in 3 weeks"),
        Draft("Brightline Software", "Workflow software", "saas-entitlements", "Professional", "adoption", "America/New_York", "52000", "USD", today.PlusMonths(-10), "reference"),
        Draft("Cumulus Voice", "Voice platform", "cloud-cpaas", "Enterprise", "renewal", "America/Los_Angeles", "210000", "USD", today.PlusMonths(-22)),
        Draft("Maple Street Retail", "Homeware shops", "e-commerce", "Starter", "purchase", "America/Toronto", "18000", "CAD", today.PlusDays(9)),
        Draft("Orchard Health Supplies", "Medical supplies", "warehouse", "Enterprise", "expansion", "Europe/Paris", "175000", "EUR", today.PlusMonths(-16), "second site"),
        Draft("Kestrel Cloud", "Cloud hosting", "cloud-cpaas", "Starter", "evaluation", "Asia/Singapore", "22000", "SGD", today.PlusDays(30)),
        Draft("Tidewater Seafood", "Food import", "warehouse", "Professional", "discovery", "Europe/Lisbon", "36000", "EUR", today.PlusDays(60)),
    ];

    private static CustomerDraft Draft(
        string name, string industry, string vertical, string plan, string stage, string zone, string amount, string currency, LocalDate start, params string[] tags) => new()
    {
        Name = name,
        Industry = industry,
        Vertical = vertical,
        Plan = plan,
        SlaTier = plan == "Professional" ? "Mid-market" : plan,
        Stage = stage,
        TimeZone = zone,
        AcvAmount = amount,
        AcvCurrency = currency,
        ContractStart = Iso(start),
        ContractEnd = Iso(start.PlusYears(2).PlusDays(-1)),
        RenewalDate = Iso(start.PlusYears(2)),
        PaymentTerms = "annual, net 30",
        Tags = tags,
    };

    private static string Iso(LocalDate date) => NodaTime.Text.LocalDatePattern.Iso.Format(date);
}
