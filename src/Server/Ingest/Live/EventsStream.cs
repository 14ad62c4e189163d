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
internal sealed class EventsStream(Database database, LogSignals signals, LiveStream live)
{
    private const int Chunk = 500;

    public Task<Problem?> Run(HttpContext context, CustomerId customer, StreamRequest request)
    {
        long? next = request.After + 1;
        var isOpen = false;
        return live.Run(context, customer, async (say, cancel) =>
        {
            if (!isOpen)
            {
                next ??= await database.ForCustomer(customer, work => IngestViews.LogSize(work, customer), cancel);
                await say($"event: open\nid: {next - 1}\ndata: {{\"next\":{next}}}\n\n");
                isOpen = true;
            }

            var signal = signals.Next(customer);
            next = await SendNew(say, customer, request, next!.Value, cancel);
            return signal;
        });
    }

    private async Task<long> SendNew(Func<string, Task> say, CustomerId customer, StreamRequest request, long next, CancellationToken cancel)
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
                await say(text.ToString());
            }

            if (rows.Count < Chunk)
            {
                return Math.Max(size, rows.Count > 0 ? rows[^1].LogIndex + 1 : next);
            }

            next = rows[^1].LogIndex + 1;
        }
    }
}

/// <summary>Which events, and after which log index; from now on when there is none.</summary>
internal sealed record StreamRequest(EventFilter Filter, long? After);
