using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Server.Demo;

/// <summary>
/// Months of a small wholesaler's life, the same for the same last day: orders that follow the weekday and grow, goods
/// that leave the shelf at night and come in when it runs low, counts that find small differences, now and then a return.
/// </summary>
internal sealed class DemoHistory(Instant until, int days, int seed)
{
    private const int Skus = 40;
    private const int ReorderBelow = 60;
    private const int ReorderQuantity = 240;
    private const int LinesPerWeekday = 70;

    private readonly Random random = new(seed);
    private static readonly string[] Goods =
    [
        "Enamel mug", "Beeswax candle", "Linen tea towel", "Oak coaster set", "Glass carafe", "Wool throw", "Brass hook", "Ceramic vase",
        "Cotton tote bag", "Paper lantern", "Cork mat", "Herb planter", "Picture frame", "Wicker basket", "Soap dish", "Door wreath",
    ];

    private readonly int[] sold = new int[Skus];
    private readonly int[] stock = [.. Enumerable.Repeat(200, Skus)];
    private readonly ArrayBufferWriter<byte> lines = new();
    private int order = 10_000;
    private long number;

    /// <summary>How many events were written.</summary>
    public long Count => number;

    /// <summary>All events as NDJSON CloudEvents, oldest first.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/London"];
        var last = until.InZone(zone).Date;
        for (var day = last.PlusDays(-days); day < last; day = day.PlusDays(1))
        {
            WriteDay(day, zone);
        }

        return lines.WrittenMemory;
    }

    private void WriteDay(LocalDate day, DateTimeZone zone)
    {
        var isSunday = day.DayOfWeek == IsoDayOfWeek.Sunday;
        var at = zone.AtLeniently(day.At(new LocalTime(8, 0))).ToInstant();
        for (var sku = 0; sku < Skus && !isSunday; sku++)
        {
            if (stock[sku] < ReorderBelow)
            {
                stock[sku] += ReorderQuantity;
                Write("stock.received", sku, at, json =>
                {
                    json.WriteNumber("quantity", ReorderQuantity);
                    json.WriteString("location", "main");
                });
            }
        }

        if (!isSunday)
        {
            WriteOrders(day, at);
            WriteIssues(at + Duration.FromHours(11));
        }

        if (day.DayOfWeek == IsoDayOfWeek.Friday)
        {
            WriteCount(random.Next(Skus), at + Duration.FromHours(12));
        }
    }

    private void WriteOrders(LocalDate day, Instant opening)
    {
        var growth = 1 + (0.2 * (day - until.InUtc().Date.PlusDays(-days)).Days / days);
        var wanted = (int)(LinesPerWeekday * growth * (day.DayOfWeek == IsoDayOfWeek.Saturday ? 0.4 : 1) * (0.8 + (0.4 * random.NextDouble())));
        for (var line = 0; line < wanted; line++)
        {
            var sku = random.Next(Skus);
            var quantity = Math.Min(stock[sku], 1 + random.Next(12));
            if (line % 3 == 0)
            {
                order++;
            }

            if (quantity == 0)
            {
                continue;
            }

            var isReturn = random.Next(50) == 0;
            stock[sku] -= isReturn ? -quantity : quantity;
            sold[sku] += isReturn ? -quantity : quantity;
            WriteLine(sku, opening + Duration.FromSeconds(line * 36_000L / wanted), isReturn ? -quantity : quantity);
        }
    }

    /// <summary>What left the shelf that day, in one movement for each SKU.</summary>
    private void WriteIssues(Instant at)
    {
        for (var sku = 0; sku < Skus; sku++)
        {
            var quantity = sold[sku];
            sold[sku] = 0;
            if (quantity != 0)
            {
                Write("stock.issued", sku, at, json =>
                {
                    json.WriteNumber("quantity", quantity);
                    json.WriteString("location", "main");
                });
            }
        }
    }

    private void WriteLine(int sku, Instant at, int quantity) => Write("order.line", sku, at, json =>
    {
        json.WriteString("invoice", order.ToString(CultureInfo.InvariantCulture));
        json.WriteString("customer", $"B-{1_000 + (order % 61)}");
        json.WriteString("description", Goods[sku % Goods.Length]);
        json.WriteNumber("quantity", quantity);
        json.WriteStartObject("unitPrice");
        json.WriteString("amount", (1.25m + (0.35m * sku)).ToString(CultureInfo.InvariantCulture));
        json.WriteString("currency", "GBP");
        json.WriteEndObject();
    });

    private void WriteCount(int sku, Instant at)
    {
        var difference = random.Next(4) == 0 ? random.Next(-3, 3) : 0;
        var expected = stock[sku];
        stock[sku] = Math.Max(0, expected + difference);
        Write("stock.counted", sku, at, json =>
        {
            json.WriteNumber("counted", stock[sku]);
            json.WriteNumber("expected", expected);
            json.WriteString("location", "main");
        });
    }

    private void Write(string type, int sku, Instant at, Action<Utf8JsonWriter> members)
    {
        number++;
        var name = $"SKU-{sku + 101}";
        using (var json = new Utf8JsonWriter(lines))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", $"demo-{number:D6}");
            json.WriteString("source", "/demo/wholesale");
            json.WriteString("type", type);
            json.WriteString("subject", name);
            json.WriteString("time", Rfc3339.Format(at));
            json.WriteStartObject("data");
            json.WriteString("sku", name);
            members(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        lines.Write("\n"u8);
    }
}
