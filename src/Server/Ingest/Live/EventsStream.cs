using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest.Live;

/// <summary>
/// New events as server-sent events, from the log and in its order: the id is the log index, so a browser that reconnects
/// goes on where it was, with nothing missed and nothing twice. A slow reader gets events later, never fewer.
/// </summary>
internal sealed class EventsStream(Database database, LogSignals signals, ICallerRecognizer recognizer, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The most open streams of one caller.</summary>
    public const int MostOfCaller = 20;

    private const int Chunk = 500;

    /// <summary>How often it is checked that the caller still may, and a comment is sent so that nothing in between closes an idle connection.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, int> open = new();

    public async Task<Problem?> Run(HttpContext context, CustomerId customer, StreamRequest request)
    {
        var actor = context.Caller().Actor.Id;
        if (open.AddOrUpdate(actor, 1, static (_, count) => count + 1) > MostOfCaller)
        {
            Close(actor);
            return LiveProblems.StreamsOpen;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            Begin(context.Response);
            await Write(context, customer, request, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            // The reader went, or the server stops; the browser connects again by itself.
        }
        finally
        {
            Close(actor);
        }

        return null;
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        // Proxies that gather answers would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private async Task Write(HttpContext context, CustomerId customer, StreamRequest request, CancellationToken cancel)
    {
        var next = request.After is { } after ? after + 1 : await database.ForCustomer(customer, work => IngestViews.LogSize(work, customer), cancel);
        await Send(context, $"retry: 1000\nevent: open\nid: {next - 1}\ndata: {{\"next\":{next}}}\n\n", cancel);
        var beaten = time.GetTimestamp();
        while (true)
        {
            var signal = signals.Next(customer);
            next = await SendNew(context, customer, request, next, cancel);
            if (time.GetElapsedTime(beaten) >= Beat)
            {
                beaten = time.GetTimestamp();
                if (!await StillMay(context, customer))
                {
                    await Send(context, "event: end\ndata: {\"code\":\"access-ended\"}\n\n", cancel);
                    return;
                }

                await Send(context, ": beat\n\n", cancel);
            }

            await Task.WhenAny(signal, Task.Delay(Beat, time, cancel));
            cancel.ThrowIfCancellationRequested();
        }
    }

    private async Task<long> SendNew(HttpContext context, CustomerId customer, StreamRequest request, long next, CancellationToken cancel)
    {
        while (true)
        {
            var (rows, size) = await database.ForCustomer(customer, async work =>
            {
                // The size first: what is appended in between is read with the next look, not skipped.
                var end = await IngestViews.LogSize(work, customer);
                return (end > next ? await IngestViews.Page(work, customer, request.Filter, next - 1, Chunk) : [], end);
            }, cancel);
            var text = new StringBuilder();
            foreach (var row in rows)
            {
                text.Append("id: ").Append(row.LogIndex.ToString(CultureInfo.InvariantCulture)).Append("\nevent: recorded\ndata: ")
                    .Append(JsonSerializer.Serialize(EventItem.Of(row), ProblemResults.Json)).Append("\n\n");
            }

            if (text.Length > 0)
            {
                await Send(context, text.ToString(), cancel);
            }

            if (rows.Count < Chunk)
            {
                return Math.Max(size, rows.Count > 0 ? rows[^1].LogIndex + 1 : next);
            }

            next = rows[^1].LogIndex + 1;
        }
    }

    /// <summary>Asks as a new request would: a revoked key, an ended session, a lost role or a customer out of reach ends the stream.</summary>
    private async Task<bool> StillMay(HttpContext context, CustomerId customer)
    {
        var recognised = await recognizer.Recognize(context);
        var policy = context.GetEndpoint()!.Metadata.GetMetadata<Policy>()!;
        return recognised.IsOk && policy.Refuse(recognised.Value) is null && recognised.Value.Reaches(customer);
    }

    private static async Task Send(HttpContext context, string text, CancellationToken cancel)
    {
        await context.Response.WriteAsync(text, cancel);
        await context.Response.Body.FlushAsync(cancel);
    }

    private void Close(string actor)
    {
        if (open.AddOrUpdate(actor, 0, static (_, count) => count - 1) == 0)
        {
            open.TryRemove(new KeyValuePair<string, int>(actor, 0));
        }
    }
}

/// <summary>Which events, and after which log index; from now on when there is none.</summary>
internal sealed record StreamRequest(EventFilter Filter, long? After);
