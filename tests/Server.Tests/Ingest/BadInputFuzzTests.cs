using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Receipts;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Ingest;

/// <summary>Random bytes and damaged events: whatever comes, the answer is a receipt or a refusal, and the log holds exactly what was receipted.</summary>
public sealed class BadInputFuzzTests(ServerFixture server, ITestOutputHelper output) : IClassFixture<ServerFixture>
{
    private const int Cases = 3_000;
    private const int Senders = 4;

    private static readonly string[] Types =
    [
        "application/json", "application/cloudevents+json", "application/cloudevents-batch+json", "application/x-ndjson", "application/json; charset=utf-8", "text/plain",
    ];

    // Pieces that readers of JSON and of events are known to stumble over.
    private static readonly string[] Splinters =
    [
        "\"", "\\", "\\u0000", "\\ud800", "\\u", "{", "}", "[", "]", ",", ":", "null", "true", "-", "1e309", "-0", "0x1", "\0", "\r\n", "\n", "\uFEFF", "\u2028",
        "é", "🦔", "\"id\":", "\"specversion\":", "\"data_base64\":\"AA==\",", "\"event_id\":\"a\",", "99999999999999999999", "2026-13-01T00:00:00Z", "cairn:", "%00", "//", "/*",
    ];

    private readonly ConcurrentDictionary<(string Source, string Id), bool> receipted = new();

    [Fact]
    public async Task No_input_breaks_the_server_or_is_stored_by_half()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CAIRN_FUZZ_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"CAIRN_FUZZ_SEED={seed} repeats these inputs.");
        var customer = await server.NewCustomer();
        using var client = server.Client(customer.Key);
        await Parallel.ForEachAsync(Enumerable.Range(0, Cases), new ParallelOptions { MaxDegreeOfParallelism = Senders }, async (number, cancel) =>
        {
            var random = new Random(HashCode.Combine(seed, number));
            var (type, headers, body) = Case(random, number);
            try
            {
                using var answer = await Send(client, type, headers, body, cancel);
                await Check(answer, type, cancel);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, case {number}, {type}, body {Convert.ToBase64String(body)}", e);
            }
        });

        var stored = await Stored(client);
        stored.ShouldBeUnique();
        stored.Except(receipted.Keys).ShouldBeEmpty("The log holds what nobody got a receipt for.");
        receipted.Keys.Except(stored).ShouldBeEmpty("The log lacks what somebody got a receipt for.");
        output.WriteLine($"{Cases} inputs, {stored.Count} events recorded");
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        var verified = await server.Services.GetRequiredService<VerifyLog>().Verify(id, null, TestContext.Current.CancellationToken);
        verified.Faults.ShouldBeEmpty();
    }

    private static (string Type, List<(string, string)> Headers, byte[] Body) Case(Random random, int number)
    {
        var type = Types[random.Next(Types.Length)];
        var headers = new List<(string, string)>();
        if (random.Next(10) == 0)
        {
            headers = [("ce-specversion", "1.0"), ("ce-id", Damage(random, $"h{number}", 2)), ("ce-source", Damage(random, "/fuzz", 1)), ("ce-type", "t")];
        }

        if (random.Next(8) == 0)
        {
            var noise = new byte[random.Next(random.Next(2) == 0 ? 20 : 5_000)];
            random.NextBytes(noise);
            return (type, headers, noise);
        }

        var text = type switch
        {
            "application/cloudevents+json" => Structured(random, $"s{number}"),
            "application/cloudevents-batch+json" => "[" + string.Join(',', Enumerable.Range(0, random.Next(1, 5)).Select(at => Structured(random, $"b{number}-{at}"))) + "]",
            "application/x-ndjson" => string.Join('\n', Enumerable.Range(0, random.Next(1, 5)).Select(at => Structured(random, $"n{number}-{at}"))),
            _ => PostEventsTests.PlainEvent($"p{number}", "{\"sku\":\"é-1\",\"quantity\":[1,2.50,-3e2]}"),
        };
        return (type, headers, DamageBytes(random, Encoding.UTF8.GetBytes(Damage(random, text, random.Next(4)))));
    }

    private static string Structured(Random random, string id) => PostEventsTests.Structured(id, "/fuzz", random.Next(3) switch
    {
        0 => ",\"data\":{\"a\":{\"b\":[null,true,\"x\\n\"]}}",
        1 => ",\"time\":\"2026-01-19T10:35:22.123Z\",\"subject\":\"SKU\",\"data\":\"text\",\"datacontenttype\":\"text/plain\"",
        _ => ",\"data_base64\":\"AAECAw==\",\"extension\":7",
    });

    /// <summary>Puts splinters in, takes pieces out, doubles pieces.</summary>
    private static string Damage(Random random, string text, int times)
    {
        for (var time = 0; time < times; time++)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(12, text.Length - at + 1));
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => string.Concat(text.AsSpan(0, at), Splinters[random.Next(Splinters.Length)], text.AsSpan(at + length)),
                _ => text.Insert(at, Splinters[random.Next(Splinters.Length)]),
            };
        }

        return text;
    }

    private static byte[] DamageBytes(Random random, byte[] bytes)
    {
        if (bytes.Length == 0 || random.Next(3) > 0)
        {
            return bytes;
        }

        for (var time = random.Next(1, 4); time > 0; time--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, string type, List<(string Name, string Value)> headers, byte[] body, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        foreach (var (name, value) in headers)
        {
            // A client never sends a raw line break or anything beyond ASCII; the percent-encoded form of it is another matter.
            request.Headers.TryAddWithoutValidation(name, Uri.EscapeDataString(value).Replace("%25", "%", StringComparison.Ordinal));
        }

        return await client.SendAsync(request, cancel);
    }

    private async Task Check(HttpResponseMessage answer, string type, CancellationToken cancel)
    {
        var text = await answer.Content.ReadAsStringAsync(cancel);
        ((int)answer.StatusCode).ShouldBeLessThan(500, text);
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        if (answer.StatusCode >= HttpStatusCode.BadRequest)
        {
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            root.GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
            root.GetProperty("detail").GetString()!.Length.ShouldBeGreaterThan(10);
        }
        else if (root.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in root.EnumerateArray().Where(element => element.TryGetProperty("receipt", out _)))
            {
                Receipted(element.GetProperty("receipt"));
            }
        }
        else if (root.TryGetProperty("batch", out var batch))
        {
            await ReceiptedBy(answer.RequestMessage!, batch.GetString()!, root.GetProperty("accepted").GetInt32() + root.GetProperty("repeated").GetInt32(), cancel);
        }
        else
        {
            Receipted(root);
        }
    }

    private async Task ReceiptedBy(HttpRequestMessage request, string batch, int count, CancellationToken cancel)
    {
        using var client = server.Client(request.Headers.Authorization!.Parameter);
        var receipts = (await client.GetStringAsync($"/v1/batches/{batch}/receipts", cancel)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        receipts.Length.ShouldBe(count);
        foreach (var receipt in receipts)
        {
            using var document = JsonDocument.Parse(receipt);
            Receipted(document.RootElement);
        }
    }

    private void Receipted(JsonElement receipt) =>
        receipted.TryAdd((receipt.GetProperty("source").GetString()!, receipt.GetProperty("event_id").GetString()!), true);

    private static async Task<List<(string, string)>> Stored(HttpClient client)
    {
        var stored = new List<(string, string)>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await PostEventsTests.Json(await client.GetAsync($"/v1/events?limit=1000&cursor={cursor}"));
            stored.AddRange(page.GetProperty("items").EnumerateArray().Select(item => (item.GetProperty("source").GetString()!, item.GetProperty("eventId").GetString()!)));
            cursor = page.GetProperty("next").GetString();
        }

        return stored;
    }
}
