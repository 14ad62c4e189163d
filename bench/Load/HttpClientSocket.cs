using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cairn.Bench.Load;

/// <summary>
/// One client: a socket, a request that was built once, and just enough HTTP/1.1 to find the end of an answer. It costs
/// a fraction of HttpClient, which matters because it runs on the same cores as what it measures.
/// </summary>
internal sealed class HttpClientSocket : IDisposable
{
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] answer = new byte[128 * 1024];
    private readonly byte[] request;
    private readonly int bodyStart;
    private readonly Body body;
    private readonly Ids ids = new();

    public HttpClientSocket(Uri address, string? key, Body body)
    {
        this.body = body;
        Address = address;
        var head = Encoding.ASCII.GetBytes(
            $"POST {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: {body.ContentType}\r\n"
            + (key is null ? "" : $"Authorization: Bearer {key}\r\n")
            + $"Content-Length: {body.Bytes.Length}\r\n\r\n");
        request = [.. head, .. body.Bytes];
        bodyStart = head.Length;
        socket.Connect(IPAddress.Parse(address.Host), address.Port);
    }

    /// <summary>Whom it sends to.</summary>
    public Uri Address { get; }

    /// <summary>Sends one request with new ids and reads its whole answer. Returns the status.</summary>
    /// <exception cref="IOException">The connection ended or the answer is not HTTP.</exception>
    public async ValueTask<int> Post()
    {
        body.Renew(request, bodyStart, ids);
        for (var sent = 0; sent < request.Length;)
        {
            sent += await socket.SendAsync(request.AsMemory(sent), SocketFlags.None);
        }

        var length = 0;
        int headEnd;
        do
        {
            length += await Receive(length);
            headEnd = answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }
        while (headEnd < 0);
        return await ReadBody(headEnd + 4, length);
    }

    public void Dispose() => socket.Dispose();

    private async ValueTask<int> ReadBody(int start, int length)
    {
        var status = Status(answer.AsSpan(0, start));
        if (ContentLength(answer.AsSpan(0, start)) is { } announced)
        {
            for (var rest = announced - (length - start); rest > 0;)
            {
                rest -= await Receive(0);
            }

            return status;
        }

        // A chunked answer ends with this; its bytes cannot stand inside JSON, and nothing follows before the next request.
        while (!answer.AsSpan(0, length).EndsWith("0\r\n\r\n"u8))
        {
            const int kept = 8;
            var tail = Math.Min(kept, length);
            answer.AsSpan(length - tail, tail).CopyTo(answer);
            length = tail + await Receive(tail);
        }

        return status;
    }

    private async ValueTask<int> Receive(int at)
    {
        var count = await socket.ReceiveAsync(answer.AsMemory(at), SocketFlags.None);
        return count > 0 ? count : throw new IOException("The server closed the connection.");
    }

    private static int Status(ReadOnlySpan<byte> head) =>
        Utf8Parser.TryParse(head["HTTP/1.1 ".Length..], out int status, out _) ? status : throw new IOException("The answer is not HTTP.");

    private static long? ContentLength(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(head[(at + name.Length)..], out long length, out _) ? length : null;
    }
}
