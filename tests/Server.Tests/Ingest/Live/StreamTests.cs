using System.Net;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Ingest.Live;

/// <summary>Events as they are recorded, over a real connection.</summary>
public sealed class StreamTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Time = "2026-03-02T08:00:00Z";

    [Fact]
    public async Task New_events_come_in_the_order_of_the_log_and_a_reconnect_misses_nothing()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        await Some.Stream(client, [Some.Event("t", "before", Time, "1")]);
        string last;
        using (var stream = await Open(client, "/v1/events/stream"))
        {
            (await stream.Next()).Name.ShouldBe("open");
            await Some.Stream(client, Enumerable.Range(0, 5).Select(n => Some.Event("t", $"e{n}", Time, "{\"n\":1}")));
            var seen = await stream.Take(3);
            seen.Select(one => one.Data.GetProperty("eventId").GetString()).ShouldBe(["e0", "e1", "e2"]);
            seen.Select(one => one.Data.GetProperty("index").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(seen.Select(one => one.Id));
            last = seen[^1].Id!;
        }

        await Some.Stream(client, Enumerable.Range(5, 700).Select(n => Some.Event("t", $"e{n}", Time, "1")));
        client.DefaultRequestHeaders.Add("Last-Event-ID", last);
        using var again = await Open(client, "/v1/events/stream");
        (await again.Take(702)).Select(one => one.Data.GetProperty("eventId").GetString()).ShouldBe(Enumerable.Range(3, 702).Select(n => $"e{n}"));
    }

    [Fact]
    public async Task A_stream_tells_only_its_customers_events_and_those_that_were_asked_for()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        using var stranger = server.Client((await server.NewCustomer()).Key);
        using var stream = await Open(client, "/v1/events/stream?type=mine&after=-1");
        await Some.Stream(stranger, [Some.Event("mine", "theirs", Time, "1")]);
        await Some.Stream(client, [Some.Event("other", "1", Time, "1"), Some.Event("mine", "2", Time, "1")]);
        (await stream.Take(1)).Single().Data.GetProperty("eventId").GetString().ShouldBe("2");
    }

    [Fact]
    public async Task A_stream_can_be_of_one_source()
    {
        using var client = server.Client((await server.NewCustomer()).Key);
        using var stream = await Open(client, "/v1/events/stream?source=/till&after=-1");
        await Some.Stream(client, [Some.Event("t", "1", Time, "1"), Some.Event("t", "2", Time, "1", "/till")]);
        var told = (await stream.Take(1)).Single();
        told.Data.GetProperty("eventId").GetString().ShouldBe("2");
        var listed = (await Some.Get(client, "/v1/events?index=" + told.Id)).GetProperty("items").EnumerateArray().Single();
        listed.GetRawText().ShouldBe(told.Data.GetRawText(), "an event is found by its place in the log, as it was told");
    }

    [Fact]
    public async Task A_revoked_key_ends_its_stream()
    {
        var customer = await server.NewCustomer();
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        using var client = server.Client(await server.NewKey(id, ["read"]));
        using var owner = server.Client(customer.Key);
        using var stream = await Open(client, "/v1/events/stream");
        (await stream.Next()).Name.ShouldBe("open");
        var key = (await Some.Get(owner, $"/v1/customers/{customer.Id}/api-keys")).GetProperty("items").EnumerateArray().Last().GetProperty("id").GetString();
        (await owner.DeleteAsync($"/v1/customers/{customer.Id}/api-keys/{key}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await stream.Next()).Name.ShouldBe("end");
        (await stream.IsOver()).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_no_index_is_refused_and_reading_takes_the_scope()
    {
        var customer = await server.NewCustomer();
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        using var writer = server.Client(await server.NewKey(id, ["ingest"]));
        await Some.Get(writer, "/v1/events/stream", HttpStatusCode.Forbidden);
        using var client = server.Client(customer.Key);
        await Some.Get(client, "/v1/events/stream?after=soon", HttpStatusCode.BadRequest);
    }

    private static async Task<OpenStream> Open(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new OpenStream(answer, new StreamReader(await answer.Content.ReadAsStreamAsync()));
    }

    private sealed record Sent(string Name, string? Id, JsonElement Data);

    private sealed class OpenStream(HttpResponseMessage answer, StreamReader reader) : IDisposable
    {
        private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

        public async Task<Sent> Next()
        {
            using var limit = new CancellationTokenSource(Limit);
            var (name, id, data) = ("message", (string?)null, "");
            while (await reader.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.Length == 0 && data.Length > 0)
                {
                    return new Sent(name, id, JsonDocument.Parse(data).RootElement);
                }

                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                _ = line.StartsWith("event:", StringComparison.Ordinal) ? name = line[(colon + 2)..]
                    : line.StartsWith("id:", StringComparison.Ordinal) ? id = line[(colon + 2)..]
                    : line.StartsWith("data:", StringComparison.Ordinal) ? data = line[(colon + 2)..]
                    : "";
            }

            throw new EndOfStreamException();
        }

        public async Task<List<Sent>> Take(int count)
        {
            var events = new List<Sent>();
            while (events.Count < count)
            {
                var next = await Next();
                if (next.Name == "recorded")
                {
                    events.Add(next);
                }
            }

            return events;
        }

        public async Task<bool> IsOver()
        {
            using var limit = new CancellationTokenSource(Limit);
            return await reader.ReadLineAsync(limit.Token) is null;
        }

        public void Dispose()
        {
            reader.Dispose();
            answer.Dispose();
        }
    }
}
