using System.Buffers;
using System.IO.Pipelines;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Ingest;

/// <summary>Reads request bodies with a limit, refusing early where the length is announced.</summary>
internal static class RequestBody
{
    /// <summary>The whole body, or the given problem when it is longer than the limit.</summary>
    public static async Task<Outcome<ReadOnlyMemory<byte>>> ReadAll(HttpRequest request, int limit, Func<Problem> tooLarge, CancellationToken cancel)
    {
        if (request.ContentLength > limit)
        {
            return tooLarge();
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancel);
            if (read.Buffer.Length > limit)
            {
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return tooLarge();
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return (ReadOnlyMemory<byte>)body;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}

/// <summary>One line of a stream: its number from 1, and its bytes, or none when it was longer than an event may be.</summary>
internal readonly record struct StreamLine(long Number, ReadOnlyMemory<byte>? Content);

/// <summary>Cuts a stream into lines without ever holding more than one event's worth of it.</summary>
internal static class LineReader
{
    /// <summary>Yields every line that is not blank. An over-long line is skipped to its end and yielded without content.</summary>
    /// <exception cref="StreamTooLongException">The stream passed its limit; all lines before it were yielded.</exception>
    public static async IAsyncEnumerable<StreamLine> Read(
        PipeReader pipe, int lineLimit, long streamLimit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var number = 0L;
        var total = 0L;
        var isSkipping = false;
        while (true)
        {
            var read = await pipe.ReadAsync(cancel);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end);
                total += line.Length + 1;
                rest = rest.Slice(rest.GetPosition(1, end));
                number++;
                if (isSkipping || line.Length > lineLimit)
                {
                    isSkipping = false;
                    yield return new StreamLine(number, null);
                }
                else if (Content(line) is { } content)
                {
                    yield return new StreamLine(number, content);
                }
            }

            if (total + rest.Length > streamLimit)
            {
                throw new StreamTooLongException();
            }

            if (read.IsCompleted)
            {
                if (isSkipping || rest.Length > lineLimit)
                {
                    yield return new StreamLine(number + 1, null);
                }
                else if (Content(rest) is { } last)
                {
                    yield return new StreamLine(number + 1, last);
                }

                pipe.AdvanceTo(read.Buffer.End);
                yield break;
            }

            if (rest.Length > lineLimit)
            {
                isSkipping = true;
                total += rest.Length;
                pipe.AdvanceTo(rest.End);
            }
            else
            {
                pipe.AdvanceTo(rest.Start, rest.End);
            }
        }
    }

    private static ReadOnlyMemory<byte>? Content(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        return bytes.AsSpan().Trim(" \t\r"u8).IsEmpty ? (ReadOnlyMemory<byte>?)null : bytes;
    }
}

/// <summary>A stream went past its limit.</summary>
internal sealed class StreamTooLongException : Exception;
