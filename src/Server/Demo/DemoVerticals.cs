using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>A few weeks of events for the customers that are live, in the words of their vertical.</summary>
internal static class DemoVerticals
{
    private const int HoursApart = 7;

    /// <summary>How many events a customer sends that stands in a stage; none before it is being onboarded.</summary>
    public static int CountIn(string stage, int number) => stage switch
    {
        "discovery" or "evaluation" or "purchase" => 0,
        "onboarding" => number % 2 == 0 ? 0 : 24,
        _ => 90 + (number * 13),
    };

    /// <summary>The events as NDJSON CloudEvents, oldest first, the last one a few hours ago.</summary>
    public static string Events(string vertical, int count, Instant now)
    {
        var text = new StringBuilder();
        for (var at = 0; at < count; at++)
        {
            var (type, subject, data) = One(vertical, at);
            text.Append(JsonSerializer.Serialize(new
            {
                specversion = "1.0",
                id = $"{vertical}-{at + 1:D4}",
                source = "/demo/" + vertical,
                type,
                subject,
                time = Rfc3339.Format(now - Duration.FromHours((count - at) * HoursApart)),
                data,
            })).Append('\n');
        }

        return text.ToString();
    }

    private static (string Type, string Subject, object Data) One(string vertical, int at)
    {
        var thing = at * 7 % 12;
        return vertical switch
        {
            "saas-entitlements" when at < 12 => ("entitlement.granted", $"ent-{at}", new { entitlement = $"ent-{at}", account = $"acc-{at % 5}", product = "workspace", status = "active", seats = 5 + at }),
            "saas-entitlements" => ("entitlement.used", $"ent-{thing}", new { entitlement = $"ent-{thing}", quantity = 1 + (at % 9), user = $"u-{at % 23}" }),
            "warehouse" when at % 3 == 0 => ("stock.received", $"P-{thing}", new { sku = $"P-{thing}", location = $"A{thing % 4}", quantity = 80 + at }),
            "warehouse" => ("stock.issued", $"P-{at * 3 % 12}", new { sku = $"P-{at * 3 % 12}", location = "A0", quantity = 1 + (at % 6) }),
            "cloud-cpaas" => ("usage.metered", $"number-{thing}", new { number = $"number-{thing}", messages = 40 + (at * 17 % 300), failed = at % 7 }),
            _ => ("order.line", $"SKU-{thing}", new { sku = $"SKU-{thing}", invoice = $"W{5_000 + (at / 2)}", quantity = 1 + (at % 4), unitPrice = new { amount = "12.50", currency = "EUR" } }),
        };
    }
}
