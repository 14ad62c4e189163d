using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cairn.Server.Tests.Faults;

/// <summary>How a client hands in events.</summary>
internal enum SubmissionForm
{
    Plain,
    Structured,
    Binary,
    Batch,
    Stream,
}

/// <summary>One request of a client, which it sends unchanged until it is answered.</summary>
/// <param name="Form">Its form.</param>
/// <param name="Keys">Its events, as (source, id), in order.</param>
/// <param name="Body">Its body.</param>
internal sealed record Submission(SubmissionForm Form, IReadOnlyList<EventKey> Keys, byte[] Body)
{
    private const int LargestBatch = 25;
    private const int LongestStream = 1_500;

    /// <summary>A new one whose ids no other has: <paramref name="number"/> is unique for the client.</summary>
    public static Submission Make(Random random, int client, int number)
    {
        var form = random.Next(40) switch
        {
            < 15 => SubmissionForm.Plain,
            < 26 => SubmissionForm.Structured,
            < 33 => SubmissionForm.Binary,
            < 39 => SubmissionForm.Batch,
            _ => SubmissionForm.Stream,
        };
        var count = form switch
        {
            SubmissionForm.Batch => random.Next(1, LargestBatch),
            SubmissionForm.Stream => random.Next(1, LongestStream),
            SubmissionForm.Plain or SubmissionForm.Structured or SubmissionForm.Binary => 1,
        };
        var source = form == SubmissionForm.Plain ? "api" : $"/till/{client}";
        var keys = Enumerable.Range(0, count).Select(line => new EventKey(source, $"c{client}-{number}-{line}")).ToList();
        var body = form switch
        {
            SubmissionForm.Plain => $"{{\"event_id\":\"{keys[0].Id}\",\"timestamp\":\"2026-01-19T10:35:22Z\",\"transaction_type\":\"sale\",\"data\":{Payload(random)}}}",
            SubmissionForm.Binary => Payload(random),
            SubmissionForm.Structured => CloudEvent(random, keys[0]),
            SubmissionForm.Batch => "[" + string.Join(",\n ", keys.Select(key => CloudEvent(random, key))) + "]",
            SubmissionForm.Stream => string.Concat(keys.Select(key => CloudEvent(random, key) + "\n")),
        };
        return new Submission(form, keys, Encoding.UTF8.GetBytes(body));
    }

    /// <summary>The request, anew for each try.</summary>
    public HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new ByteArrayContent(Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(Form switch
        {
            SubmissionForm.Plain or SubmissionForm.Binary => "application/json",
            SubmissionForm.Structured => "application/cloudevents+json",
            SubmissionForm.Batch => "application/cloudevents-batch+json",
            SubmissionForm.Stream => "application/x-ndjson",
        });
        if (Form == SubmissionForm.Binary)
        {
            request.Headers.Add("ce-specversion", "1.0");
            request.Headers.Add("ce-id", Keys[0].Id);
            request.Headers.Add("ce-source", Keys[0].Source);
            request.Headers.Add("ce-type", "sale");
        }

        return request;
    }

    private static string CloudEvent(Random random, EventKey key) =>
        $"{{\"specversion\":\"1.0\",\"id\":\"{key.Id}\",\"source\":\"{key.Source}\",\"type\":\"sale\",\"data\":{Payload(random)}}}";

    private static string Payload(Random random) => JsonSerializer.Serialize(new
    {
        sku = $"SKU-{random.Next(1_000)} é漢",
        quantity = random.Next(-5, 100),
        price = decimal.Parse($"{random.Next(1_000)}.{random.Next(100):00}0", CultureInfo.InvariantCulture),
        note = new string('x', random.Next(random.Next(100) == 0 ? 4_000 : 60)),
    });
}

/// <summary>What names an event within a customer.</summary>
internal readonly record struct EventKey(string Source, string Id);
