using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Cairn.Server.Tests.Faults;

/// <summary>
/// Clients that hand in events as fast as they are answered, keep every receipt, and send what was interrupted again,
/// unchanged, until it is answered. Any answer that a sender should never see fails the load.
/// </summary>
internal sealed class IngestLoad : IAsyncDisposable
{
    /// <summary>As many as the regime asks for.</summary>
    public const int Clients = 4;

    /// <summary>The server gives a write up after 12 s. Whoever waits much longer was forgotten by it; this is not a measurement.</summary>
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(40);

    /// <summary>How long one submission is sent again: longer than any outage of these tests.</summary>
    private static readonly TimeSpan GivesUp = TimeSpan.FromSeconds(120);

    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(80);

    private readonly HttpClient http;
    private readonly int seed;
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> clients = [];
    private readonly ConcurrentDictionary<EventKey, string> receipts = new();
    private long answered;
    private long interrupted;

    public IngestLoad(Uri address, string key, int seed)
    {
        this.seed = seed;
        http = new HttpClient(new SocketsHttpHandler { UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10) }) { BaseAddress = address, Timeout = Hangs };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>Every receipt that a client holds, as the text that it was sent.</summary>
    public IReadOnlyDictionary<EventKey, string> Receipts => receipts;

    /// <summary>How many requests were answered with all their receipts.</summary>
    public long Answered => Interlocked.Read(ref answered);

    /// <summary>How many tries broke off or were put off.</summary>
    public long Interruptions => Interlocked.Read(ref interrupted);

    /// <summary>The client that the load uses, for questions of the test.</summary>
    public HttpClient Http => http;

    public void Begin() => clients.AddRange(Enumerable.Range(0, Clients).Select(number => Task.Run(() => Client(number))));

    /// <summary>Waits until so many more requests were answered; a client's failure is thrown here.</summary>
    public async Task More(int count)
    {
        var goal = Answered + count;
        using var limit = new CancellationTokenSource(GivesUp);
        while (Answered < goal)
        {
            await Task.WhenAll(clients.Where(client => client.IsFaulted));
            limit.Token.ThrowIfCancellationRequested();
            await Task.Delay(TimeSpan.FromMilliseconds(5), CancellationToken.None);
        }
    }

    /// <summary>Lets each client bring its last submission to its answer, and ends.</summary>
    public async Task End()
    {
        await stop.CancelAsync();
        await Task.WhenAll(clients);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        http.Dispose();
        stop.Dispose();
    }

    private async Task Client(int number)
    {
        var random = new Random(seed + number);
        for (var count = 0; !stop.IsCancellationRequested; count++)
        {
            var submission = Submission.Make(random, number, count);
            await Deliver(submission, isFirst: true);
            if (random.Next(5) == 0)
            {
                await Deliver(submission, isFirst: false);
            }

            Interlocked.Increment(ref answered);
        }
    }

    private async Task Deliver(Submission submission, bool isFirst)
    {
        var tries = 0;
        var answer = await UntilAnswered(submission.Request, () => tries++);
        var isNew = isFirst && tries == 1;
        switch (submission.Form)
        {
            case SubmissionForm.Plain or SubmissionForm.Structured or SubmissionForm.Binary:
                answer.Status.ShouldBeOneOf(isNew ? [HttpStatusCode.Created] : [HttpStatusCode.Created, HttpStatusCode.OK]);
                Hold(submission.Keys[0], answer.Body);
                break;
            case SubmissionForm.Batch:
                HoldBatch(submission, answer, isNew);
                break;
            case SubmissionForm.Stream:
                await HoldStream(submission, answer);
                break;
        }
    }

    private void HoldBatch(Submission submission, Answer answer, bool isNew)
    {
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        using var document = JsonDocument.Parse(answer.Body);
        var elements = document.RootElement.EnumerateArray().ToList();
        elements.Count.ShouldBe(submission.Keys.Count);
        for (var at = 0; at < elements.Count; at++)
        {
            elements[at].GetProperty("status").GetInt32().ShouldBeOneOf(isNew ? [201] : [200, 201]);
            Hold(submission.Keys[at], elements[at].GetProperty("receipt").GetRawText());
        }
    }

    private async Task HoldStream(Submission submission, Answer answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Body);
        using var document = JsonDocument.Parse(answer.Body);
        var result = document.RootElement;
        (result.GetProperty("accepted").GetInt64() + result.GetProperty("repeated").GetInt64()).ShouldBe(submission.Keys.Count, answer.Body);
        var path = $"/v1/batches/{result.GetProperty("batch").GetString()}/receipts";
        var listed = await UntilAnswered(() => new HttpRequestMessage(HttpMethod.Get, path), () => { });
        listed.Status.ShouldBe(HttpStatusCode.OK, listed.Body);
        var lines = listed.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(submission.Keys.Count);
        for (var at = 0; at < lines.Length; at++)
        {
            Hold(submission.Keys[at], lines[at]);
        }
    }

    private void Hold(EventKey key, string receipt)
    {
        var held = receipts.GetOrAdd(key, receipt);
        held.ShouldBe(receipt, $"The receipt of {key} is not the one that was given before.");
    }

    /// <summary>Sends until there is an answer that is not "try again".</summary>
    private async Task<Answer> UntilAnswered(Func<HttpRequestMessage> request, Action onTry)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (since.Elapsed < GivesUp)
        {
            onTry();
            try
            {
                using var message = request();
                using var answer = await http.SendAsync(message);
                var body = await answer.Content.ReadAsStringAsync();
                if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    return new Answer(answer.StatusCode, body);
                }

                CheckPutOff(answer, body);
            }
            catch (Exception broken) when (broken is HttpRequestException or IOException)
            {
                // The server or the connection died under the request: nobody knows what became of it.
            }

            Interlocked.Increment(ref interrupted);
            await Task.Delay(RetryPause, CancellationToken.None);
        }

        throw new TimeoutException($"A request was interrupted again and again for {GivesUp.TotalSeconds} seconds.");
    }

    private static void CheckPutOff(HttpResponseMessage answer, string body)
    {
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answer.Headers.RetryAfter.ShouldNotBeNull();
        using var problem = JsonDocument.Parse(body);
        problem.RootElement.GetProperty("code").GetString().ShouldBeOneOf("database-unavailable", "ingest-overloaded");
        problem.RootElement.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    private sealed record Answer(HttpStatusCode Status, string Body);
}
