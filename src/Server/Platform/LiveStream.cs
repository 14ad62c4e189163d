using System.Collections.Concurrent;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>
/// What every stream of server-sent events has in common: its head, the beat that keeps it open, the check that its reader
/// still may, and how many a caller may have open.
/// </summary>
internal sealed class LiveStream(ICallerRecognizer recognizer, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The most open streams of one caller.</summary>
    public const int MostOfCaller = 20;

    /// <summary>How often it is checked that the caller still may, and a comment is sent so that nothing in between closes an idle connection.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, int> open = new();

    /// <param name="context">A request that passed <see cref="Authentication"/>.</param>
    /// <param name="customer">Whose data it tells; <see langword="null"/> for what is the reader's own.</param>
    /// <param name="send">Sends what there is, and gives what to wait for before it is asked again.</param>
    public async Task<Problem?> Run(HttpContext context, CustomerId? customer, Func<Func<string, Task>, CancellationToken, Task<Task>> send)
    {
        var actor = context.Caller().Actor.Id;
        if (open.AddOrUpdate(actor, 1, static (_, count) => count + 1) > MostOfCaller)
        {
            Close(actor);
            return PlatformProblems.StreamsOpen(MostOfCaller);
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            Begin(context.Response);
            await Write(context, customer, send, ends.Token);
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

    private async Task Write(HttpContext context, CustomerId? customer, Func<Func<string, Task>, CancellationToken, Task<Task>> send, CancellationToken cancel)
    {
        await Say("retry: 1000\n\n");
        var beaten = time.GetTimestamp();
        while (true)
        {
            var next = await send(Say, cancel);
            if (time.GetElapsedTime(beaten) >= Beat)
            {
                beaten = time.GetTimestamp();
                if (!await StillMay(context, customer))
                {
                    await Say("event: end\ndata: {\"code\":\"access-ended\"}\n\n");
                    return;
                }

                await Say(": beat\n\n");
            }

            await Task.WhenAny(next, Task.Delay(Beat, time, cancel));
            cancel.ThrowIfCancellationRequested();
        }

        async Task Say(string text)
        {
            await context.Response.WriteAsync(text, cancel);
            await context.Response.Body.FlushAsync(cancel);
        }
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        // Proxies that gather answers would hold events back.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <summary>Asks as a new request would: a revoked key, an ended session, a lost role or a customer out of reach ends the stream.</summary>
    private async Task<bool> StillMay(HttpContext context, CustomerId? customer)
    {
        var recognised = await recognizer.Recognize(context);
        var policy = context.GetEndpoint()!.Metadata.GetMetadata<Policy>()!;
        return recognised.IsOk && policy.Refuse(recognised.Value) is null && (customer is not { } whose || recognised.Value.Reaches(whose));
    }

    private void Close(string actor)
    {
        if (open.AddOrUpdate(actor, 0, static (_, count) => count - 1) == 0)
        {
            open.TryRemove(new KeyValuePair<string, int>(actor, 0));
        }
    }
}
