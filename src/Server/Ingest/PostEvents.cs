using System.Buffers;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Domain.Ingest;
using Cairn.Server.Ingest.Quality;
using Cairn.Server.Ingest.Schemas;
using Cairn.Server.Platform;

namespace Cairn.Server.Ingest;

/// <summary><c>POST /v1/events</c>: tells the five forms of a request apart and answers each in its own way.</summary>
internal sealed class PostEvents(IngestEvents events, IngestStream stream, EventGate gate, IngestMeter meter, Clock clock)
{
    private const string Batch = "application/cloudevents-batch";
    private const string Structured = "application/cloudevents";
    private const string Lines = "application/x-ndjson";
    private const string Plain = "application/json";

    /// <summary>Room for a usual receipt; a thread whose room had to grow far beyond gives it back.</summary>
    private const int ReceiptBytes = 8 << 10;

    // A receipt is made and copied to the connection without a pause, so one room a thread is enough.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? room;

    public async Task Handle(HttpContext context, CustomerId customer, Actor actor)
    {
        try
        {
            if (await Dispatch(context, customer, actor) is { } refused)
            {
                meter.Refused(customer, Refusal.Of(refused.Problem, refused.Given));
                await ProblemResults.WriteAsync(context, refused.Problem);
            }
        }
        catch (IngestUnavailableException e)
        {
            context.Response.Headers.RetryAfter = "2";
            await ProblemResults.WriteAsync(context, e.Problem);
        }
    }

    private async Task<RefusedRequest?> Dispatch(HttpContext context, CustomerId customer, Actor actor)
    {
        // Any ce- header means binary mode, whatever the content type; the batch type is a prefix match before the single one.
        var type = MediaType(context.Request.ContentType);
        var shown = customer.ToString();
        if (CloudEventReader.IsBinary(context.Request.Headers))
        {
            return await One(context, customer, actor, body => CloudEventReader.Binary(context.Request.Headers, body, clock.Now));
        }

        if (type.StartsWith(Batch, StringComparison.OrdinalIgnoreCase))
        {
            return IsJson(type, Batch) ? await Many(context, customer, actor) : RefusedRequest.Of(IngestProblems.UnsupportedType(context.Request.ContentType));
        }

        if (type.StartsWith(Structured, StringComparison.OrdinalIgnoreCase))
        {
            return IsJson(type, Structured)
                ? await One(context, customer, actor, body => EventReader.Read(body, EventReader.Form.CloudEvent, shown, clock.Now))
                : RefusedRequest.Of(IngestProblems.UnsupportedType(context.Request.ContentType));
        }

        if (type.Equals(Lines, StringComparison.OrdinalIgnoreCase))
        {
            var answer = await stream.Record(customer, actor, context.Request.BodyReader, context.RequestAborted);
            if (answer.IsOk)
            {
                await context.Response.WriteAsJsonAsync(answer.Value, context.RequestAborted);
            }

            return answer.IsOk ? null : RefusedRequest.Of(answer.Problem);
        }

        return type.Equals(Plain, StringComparison.OrdinalIgnoreCase)
            ? await One(context, customer, actor, body => EventReader.Read(body, EventReader.Form.Plain, shown, clock.Now))
            : RefusedRequest.Of(IngestProblems.UnsupportedType(context.Request.ContentType));
    }

    private async Task<RefusedRequest?> One(HttpContext context, CustomerId customer, Actor actor, Func<ReadOnlyMemory<byte>, Outcome<IngestEvent>> read)
    {
        // Without RequestAborted, here and below: the body's reader fails by itself when the sender has gone, and a token
        // for every event has its price.
        var body = await RequestBody.ReadAll(context.Request, IngestLimits.EventBytes, () => IngestProblems.EventTooLarge(), CancellationToken.None);
        if (!body.IsOk)
        {
            return RefusedRequest.Of(body.Problem);
        }

        var given = read(body.Value);
        if (!given.IsOk)
        {
            return RefusedRequest.Of(given.Problem);
        }

        if (await gate.Refusal(customer, given.Value) is { } misfit)
        {
            return new RefusedRequest(misfit, given.Value);
        }

        var answer = await events.One(customer, actor, given.Value);
        if (IngestEvents.Refusal(given.Value, answer) is { } refusal)
        {
            return new RefusedRequest(refusal, given.Value);
        }

        var response = context.Response;
        response.StatusCode = answer.Verdict == LedgerVerdict.New ? StatusCodes.Status201Created : StatusCodes.Status200OK;
        response.Headers.Location = ReceiptAddress(given.Value);
        response.ContentType = Plain;
        WriteReceipt(response, answer);
        await response.BodyWriter.FlushAsync();
        return null;
    }

    /// <summary>Puts the receipt behind its length, so that it goes out in one piece without the framing of chunks.</summary>
    private static void WriteReceipt(HttpResponse response, LedgerAppend answer)
    {
        var json = room ??= new ArrayBufferWriter<byte>(ReceiptBytes);
        json.ResetWrittenCount();
        answer.Receipt.WriteTo(json);
        response.ContentLength = json.WrittenCount;
        response.BodyWriter.Write(json.WrittenSpan);
        room = json.Capacity > 8 * ReceiptBytes ? null : json;
    }

    private async Task<RefusedRequest?> Many(HttpContext context, CustomerId customer, Actor actor)
    {
        var body = await RequestBody.ReadAll(context.Request, IngestLimits.BatchBytes, IngestProblems.BatchTooLarge, context.RequestAborted);
        if (!body.IsOk)
        {
            return RefusedRequest.Of(body.Problem);
        }

        var elements = BatchReader.Split(body.Value);
        if (!elements.IsOk)
        {
            return RefusedRequest.Of(elements.Problem);
        }

        var (shown, now) = (customer.ToString(), clock.Now);
        var read = elements.Value.ConvertAll(element => EventReader.Read(element, EventReader.Form.CloudEvent, shown, now));
        await gate.Admit(customer, read);
        var good = read.Where(one => one.IsOk).Select(one => one.Value).ToList();
        var answers = good.Count == 0 ? [] : await events.Many(customer, actor, good);
        await BatchAnswer.Write(context, read, answers, (problem, given) => meter.Refused(customer, Refusal.Of(problem, given)));
        return null;
    }

    private static string ReceiptAddress(IngestEvent given) =>
        $"/v1/receipts/{Uri.EscapeDataString(given.EventId)}?source={Uri.EscapeDataString(given.Source)}";

    private static string MediaType(string? contentType)
    {
        var end = contentType?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return (end < 0 ? contentType ?? "" : contentType![..end]).Trim();
    }

    /// <summary>The JSON event format, which is also meant when none is named.</summary>
    private static bool IsJson(string type, string prefix) =>
        type.Equals(prefix, StringComparison.OrdinalIgnoreCase) || type.Equals(prefix + "+json", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A request that is refused as a whole, with the event where it could be read.</summary>
internal sealed record RefusedRequest(Problem Problem, IngestEvent? Given)
{
    public static RefusedRequest Of(Problem problem) => new(problem, null);
}

/// <summary>Cuts a JSON array into its elements, as slices of the received bytes.</summary>
internal static class BatchReader
{
    public static Outcome<List<ReadOnlyMemory<byte>>> Split(ReadOnlyMemory<byte> body)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = IngestLimits.JsonDepth + 1 });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                return IngestProblems.Invalid([new Fault("", "array-expected", "A batch is a JSON array of CloudEvents. Send a single event as application/cloudevents+json.")]);
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                elements.Add(body[start..(int)reader.BytesConsumed]);
                if (elements.Count > IngestLimits.BatchEvents)
                {
                    return IngestProblems.BatchTooLarge();
                }
            }

            // Anything after the array is a fault of the whole.
            reader.Read();
        }
        catch (JsonException)
        {
            return IngestProblems.Invalid(JsonPayload.Check(body.Span) is { Count: > 0 } faults ? faults : [new Fault("", "json-malformed", "The body is not one JSON array.")]);
        }

        return elements;
    }
}

/// <summary>The answer to a JSON batch: one element each, in order; 200 when all are recorded, else 207.</summary>
internal static class BatchAnswer
{
    /// <summary>The answer is sent in pieces of about this size, so that a large batch needs no buffer of its own size.</summary>
    private const int PieceBytes = 64 << 10;

    public static async Task Write(HttpContext context, List<Outcome<IngestEvent>> read, IReadOnlyList<LedgerAppend> answers, Action<Problem, IngestEvent?> refused)
    {
        var refusals = new Problem?[read.Count];
        var next = 0;
        for (var index = 0; index < refusals.Length; index++)
        {
            refusals[index] = read[index].IsOk ? IngestEvents.Refusal(read[index].Value, answers[next++]) : read[index].Problem;
            if (refusals[index] is { } problem)
            {
                refused(problem, read[index].IsOk ? read[index].Value : null);
            }
        }

        var response = context.Response;
        response.StatusCode = Array.TrueForAll(refusals, refusal => refusal is null) ? StatusCodes.Status200OK : StatusCodes.Status207MultiStatus;
        response.ContentType = "application/json";
        await response.StartAsync(context.RequestAborted);
        var piece = new ArrayBufferWriter<byte>(PieceBytes + (PieceBytes / 8));
        next = 0;
        for (var index = 0; index < refusals.Length; index++)
        {
            piece.Write(index == 0 ? "["u8 : ","u8);
            WriteOne(piece, index, refusals[index], read[index].IsOk ? answers[next++] : null);
            if (piece.WrittenCount >= PieceBytes)
            {
                await response.Body.WriteAsync(piece.WrittenMemory, context.RequestAborted);
                piece.ResetWrittenCount();
            }
        }

        piece.Write(refusals.Length == 0 ? "[]"u8 : "]"u8);
        await response.Body.WriteAsync(piece.WrittenMemory, context.RequestAborted);
    }

    private static void WriteOne(ArrayBufferWriter<byte> body, int index, Problem? refusal, LedgerAppend? answer)
    {
        if (refusal is null)
        {
            WriteHead(body, index, answer!.Verdict == LedgerVerdict.New ? StatusCodes.Status201Created : StatusCodes.Status200OK, "receipt"u8);
            answer.Receipt.WriteTo(body);
        }
        else
        {
            WriteHead(body, index, ProblemResults.StatusOf(refusal), "problem"u8);
            using var writer = new Utf8JsonWriter(body);
            JsonSerializer.Serialize(writer, ProblemResults.DocumentOf(refusal), ProblemResults.Json);
        }

        body.Write("}"u8);
    }

    private static void WriteHead(ArrayBufferWriter<byte> body, int index, int status, ReadOnlySpan<byte> member)
    {
        System.Text.Unicode.Utf8.TryWrite(body.GetSpan(64), $"{{\"index\":{index},\"status\":{status},\"", out var written);
        body.Advance(written);
        body.Write(member);
        body.Write("\":"u8);
    }
}
