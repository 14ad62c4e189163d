using System.Text;

namespace Cairn.Bench.Load;

/// <summary>How the events of a request are written.</summary>
internal enum BodyForm
{
    /// <summary>One structured CloudEvent, or a JSON array of them when there are several.</summary>
    Json,

    /// <summary>One CloudEvent a line, as a stream.</summary>
    Lines,
}

/// <summary>
/// The body of a request, built once: CloudEvents of an exact size, whose ids are written anew before each use. The
/// payload is an order line, padded with a note to the wanted length.
/// </summary>
internal sealed class Body
{
    private readonly int[] holes;

    public Body(int events, int eventBytes, BodyForm form = BodyForm.Json)
    {
        Events = events;
        var one = Event(eventBytes, out var hole);
        var isArray = form == BodyForm.Json && events > 1;
        ContentType = form == BodyForm.Lines ? "application/x-ndjson" : isArray ? "application/cloudevents-batch+json" : "application/cloudevents+json";
        var stride = one.Length + 1;
        Bytes = new byte[(events * stride) + 1];
        holes = new int[events];
        for (var at = 0; at < events; at++)
        {
            Bytes[at * stride] = (byte)(form == BodyForm.Lines ? '\n' : at == 0 ? '[' : ',');
            one.CopyTo(Bytes, (at * stride) + 1);
            holes[at] = (at * stride) + 1 + hole;
        }

        Bytes[^1] = (byte)(form == BodyForm.Lines ? '\n' : ']');
        if (!isArray && form == BodyForm.Json)
        {
            Bytes = one;
            holes = [hole];
        }
    }

    public int Events { get; }

    public byte[] Bytes { get; }

    public string ContentType { get; }

    /// <summary>Gives every event a new id; <paramref name="start"/> is where the body begins in the bytes.</summary>
    public void Renew(Span<byte> bytes, int start, Ids ids)
    {
        foreach (var hole in holes)
        {
            ids.Write(bytes[(start + hole)..]);
        }
    }

    private static byte[] Event(int size, out int hole)
    {
        var head = "{\"specversion\":\"1.0\",\"id\":\"";
        var time = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var middle = $"\",\"source\":\"/shop\",\"type\":\"order_line\",\"time\":\"{time}\",\"data\":{{\"sku\":\"85123A\",\"quantity\":6,\"price\":\"2.55\",\"note\":\"";
        const string tail = "\"}}";
        hole = head.Length;
        var padding = size - head.Length - Ids.Length - middle.Length - tail.Length;
        ArgumentOutOfRangeException.ThrowIfNegative(padding, nameof(size));
        return Encoding.ASCII.GetBytes(head + new string('0', Ids.Length) + middle + new string('x', padding) + tail);
    }
}
