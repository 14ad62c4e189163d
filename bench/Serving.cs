using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Cairn.Bench.Contenders;

namespace Cairn.Bench;

/// <summary>How many receipts and proofs the server hands out a second, for events picked at random from those recorded before.</summary>
internal sealed class Serving(ServerProcess cairn)
{
    private const int Clients = 16;
    private const int Page = 1_000;

    public async Task Report(TimeSpan duration)
    {
        using var client = new HttpClient { BaseAddress = cairn.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", cairn.Key);
        var receipts = await Recorded(client);
        Console.WriteLine("| what | clients | answers/s | bytes | load average |");
        Console.WriteLine("|--|--:|--:|--:|--:|");
        await Print(client, "receipts", [.. receipts], duration);
        await Print(client, "proofs (.tlog-proof)", [.. receipts.Select(path => path.Replace("?", "/proof?", StringComparison.Ordinal))], duration);
        Console.WriteLine();
    }

    /// <summary>The addresses of some receipts; there are some once anything else was measured.</summary>
    private static async Task<List<string>> Recorded(HttpClient client)
    {
        using var listed = JsonDocument.Parse(await client.GetByteArrayAsync($"/v1/events?limit={Page}"));
        var items = listed.RootElement.GetProperty("items");
        return items.GetArrayLength() > 0
            ? [.. items.EnumerateArray().Select(item => $"/v1/receipts/{item.GetProperty("eventId").GetString()}?source={Uri.EscapeDataString(item.GetProperty("source").GetString()!)}")]
            : throw new InvalidOperationException("Nothing is recorded yet; measure the table or the offered load in the same run.");
    }

    private static async Task Print(HttpClient client, string what, string[] paths, TimeSpan duration)
    {
        await Rate(client, paths, duration);
        var (perSecond, bytes) = await Rate(client, paths, duration);
        Console.WriteLine($"| {what} | {Clients} | {Table.Number(perSecond, 0)} | {Table.Number(bytes, 0)} | {Machine.LoadAverage():F1} |");
    }

    private static async Task<(double PerSecond, double Bytes)> Rate(HttpClient client, string[] paths, TimeSpan duration)
    {
        var (count, bytes) = (0L, 0L);
        var begin = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(begin) < duration)
            {
                var answer = await client.GetByteArrayAsync(paths[Random.Shared.Next(paths.Length)]);
                Interlocked.Increment(ref count);
                Interlocked.Add(ref bytes, answer.Length);
            }
        })));
        return (count / Stopwatch.GetElapsedTime(begin).TotalSeconds, (double)bytes / count);
    }
}
