using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>What makes the history true to life: events that come late, events that do not fit their type's schema, and a file that somebody imported.</summary>
internal static class DemoTroubles
{
    /// <summary>What the demo says about order lines; misfits are recorded and flagged.</summary>
    public const string OrderLineType =
        """
        {"schema":{"type":"object","required":["sku","quantity"],"properties":{"sku":{"type":"string"},"quantity":{"type":"integer"},"invoice":{"type":"string"}}},"onViolation":"flag"}
        """;

    /// <summary>How a spreadsheet of showroom sales becomes events.</summary>
    public const string Mapping =
        """
        v: 1
        event: order.line
        source: showroom/sales
        subject: sku
        id: "{sale}"
        input: { columns: [sale, sku, pieces, price, sold_at] }
        time: { column: sold_at, format: rfc3339, zone: Europe/London }
        fields:
          sku: { column: sku, required: true }
          invoice: sale
          quantity: { column: pieces, type: integer, required: true }
          unitPrice: { column: price, type: money, currency: GBP }
        """;

    private const int Lines = 24;
    private const int Sales = 160;

    /// <summary>Events of a till that was offline for three weeks; every fourth says its quantity in words.</summary>
    public static string Late(Instant now)
    {
        var text = new StringBuilder();
        for (var line = 0; line < Lines; line++)
        {
            var sku = $"SKU-{101 + (line % 7)}";
            object quantity = line % 4 == 3 ? "a few" : 1 + (line % 5);
            text.Append(JsonSerializer.Serialize(new
            {
                specversion = "1.0",
                id = $"till-{line + 1:D3}",
                source = "/demo/market-stall",
                type = "order.line",
                subject = sku,
                time = Rfc3339.Format(now - Duration.FromDays(23) + Duration.FromHours(line * 5)),
                data = new { sku, invoice = $"M{20_000 + (line / 2)}", quantity, unitPrice = new { amount = "4.50", currency = "GBP" } },
            })).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A spreadsheet of showroom sales, in which one row lacks its number of pieces.</summary>
    public static string Spreadsheet(Instant now)
    {
        var text = new StringBuilder("sale,sku,pieces,price,sold_at\n");
        for (var sale = 0; sale < Sales; sale++)
        {
            var at = now - Duration.FromDays(60) + Duration.FromMinutes(sale * 437);
            text.Append(FormattableString.Invariant($"S-{3_000 + sale},SKU-{101 + (sale * 11 % 40)},{(sale == 77 ? "" : 1 + (sale % 4))},{6.5m + (sale % 9)},{Rfc3339.Format(at)}\n"));
        }

        return text.ToString();
    }
}
