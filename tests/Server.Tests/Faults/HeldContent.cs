using System.Net;

namespace Cairn.Server.Tests.Faults;

/// <summary>
/// A request's body that waits. <see cref="IsAwaited"/> tells that the server has recognised the caller and reads;
/// nothing of the body is sent before <see cref="Release"/>. It needs <c>Expect: 100-continue</c>, which <see cref="Hold"/> sets.
/// </summary>
internal sealed class HeldContent : HttpContent
{
    private readonly byte[] body;
    private readonly TaskCompletionSource isAwaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource isReleased = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HeldContent(byte[] body) => this.body = body;

    public Task IsAwaited => isAwaited.Task;

    /// <summary>Puts the body of a request on hold.</summary>
    public static HeldContent Hold(HttpRequestMessage request, byte[] body)
    {
        var held = new HeldContent(body);
        held.Headers.ContentType = request.Content!.Headers.ContentType;
        request.Content = held;
        request.Headers.ExpectContinue = true;
        return held;
    }

    /// <summary>A client that waits for the server's word before it sends a body, however long that takes.</summary>
    public static HttpClient Client(Uri address, string key)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, Expect100ContinueTimeout = Limits.Program }) { BaseAddress = address, Timeout = Limits.Program };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    public void Release() => isReleased.TrySetResult();

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        isAwaited.TrySetResult();
        await isReleased.Task;
        await stream.WriteAsync(body);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
