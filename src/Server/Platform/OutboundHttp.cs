using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Cairn.Server.Platform;

/// <summary>A call to somebody else's server.</summary>
internal sealed record OutboundRequest(HttpMethod Method, Uri Address)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public byte[]? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>The most of an answer's body that is taken, in bytes; a longer one is a failure.</summary>
    public int MostBytes { get; init; } = 1 << 20;

    /// <summary>How long it may take from looking up the name to the last byte.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);
}

/// <summary>What came back. A redirect is an answer like any other: nobody follows it.</summary>
internal sealed record OutboundAnswer(HttpStatusCode Status, byte[] Body, string? ContentType);

internal enum OutboundFailure
{
    /// <summary>Not http or https, or a user name in the address.</summary>
    AddressUnusable,

    /// <summary>A port that is neither 80 nor 443 and that no operator allowed.</summary>
    PortRefused,

    /// <summary>The host is, or its name leads to, a private, local or reserved address.</summary>
    AddressRefused,

    /// <summary>No such host, nobody listens, or the connection broke.</summary>
    Unreachable,

    /// <summary>The certificate is not trusted, is another host's, or TLS failed.</summary>
    TlsFailed,

    /// <summary>Not done within the deadline.</summary>
    TimedOut,

    /// <summary>The answer is longer than was asked for.</summary>
    TooLarge,
}

/// <summary>An answer or a failure, never both.</summary>
internal sealed record OutboundResult(OutboundAnswer? Answer, OutboundFailure? Failure);

/// <summary>
/// The one way to call an address that came from outside. It checks the address that is really connected to, after the name
/// was looked up and with no second look-up in between; it follows no redirect, uses no proxy, keeps no cookie, unpacks
/// nothing, and takes a bounded answer within a deadline. Operators may allow single hosts (<c>CAIRN_OUTBOUND_ALLOW</c>).
/// </summary>
internal sealed class OutboundHttp : IDisposable
{
    private const int MostHeaderKilobytes = 16;

    private static readonly TimeSpan PatienceToConnect = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> allowed;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly HttpMessageInvoker client;

    public OutboundHttp(CairnOptions options)
        : this(options, static (host, cancel) => Dns.GetHostAddressesAsync(host, cancel))
    {
    }

    /// <param name="options">Which hosts are allowed beside the public internet.</param>
    /// <param name="resolve">Looks names up; replaced only where a test needs a name that leads to where it should not.</param>
    public OutboundHttp(CairnOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        allowed = options.OutboundAllow.ToHashSet(StringComparer.OrdinalIgnoreCase);
        this.resolve = resolve;
        client = new HttpMessageInvoker(NewHandler());
    }

    /// <summary>The same checks as a handler, for libraries that bring their own client. Deadline and size are then theirs to set.</summary>
    public SocketsHttpHandler NewHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        MaxResponseHeadersLength = MostHeaderKilobytes,
        ConnectTimeout = PatienceToConnect,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ActivityHeadersPropagator = null,
        ConnectCallback = Connect,
    };

    /// <summary>Calls and reads the answer. Only the caller's own cancellation throws.</summary>
    public async Task<OutboundResult> Send(OutboundRequest request, CancellationToken cancel)
    {
        if (Refuse(request.Address) is { } refused)
        {
            return new OutboundResult(null, refused);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(request.Deadline);
        try
        {
            using var message = ToMessage(request);
            using var answer = await client.SendAsync(message, deadline.Token);
            await using var stream = await answer.Content.ReadAsStreamAsync(deadline.Token);
            var body = new byte[request.MostBytes + 1];
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, deadline.Token);
            return length > request.MostBytes
                ? new OutboundResult(null, OutboundFailure.TooLarge)
                : new OutboundResult(new OutboundAnswer(answer.StatusCode, body[..length], answer.Content.Headers.ContentType?.MediaType), null);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested && Classify(e, deadline.IsCancellationRequested) is { } failure)
        {
            return new OutboundResult(null, failure);
        }
    }

    public void Dispose() => client.Dispose();

    private OutboundFailure? Refuse(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
        {
            return OutboundFailure.AddressUnusable;
        }

        return address.Port is 80 or 443 || allowed.Contains($"{address.IdnHost}:{address.Port}") ? null : OutboundFailure.PortRefused;
    }

    private static HttpRequestMessage ToMessage(OutboundRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Address);
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isAllowed = allowed.Contains(host) || allowed.Contains($"{host}:{port}");
        if (!isAllowed && IsLocalName(host))
        {
            throw new RefusedAddressException();
        }

        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolve(host, cancel);
        var usable = addresses.Where(address => isAllowed || OutboundAddress.IsPublic(address)).ToArray();
        if (usable.Length == 0)
        {
            throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : (Exception)new RefusedAddressException();
        }

        // Connected by number: looking the name up once more could give another answer (DNS rebinding).
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(usable, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>RFC 6761: these names mean this machine, whatever a resolver makes of them.</summary>
    private static bool IsLocalName(string host)
    {
        var name = host.TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    private static OutboundFailure? Classify(Exception e, bool isLate) => e switch
    {
        HttpRequestException or IOException when isLate => Inner(e) ?? OutboundFailure.TimedOut,
        HttpRequestException or IOException or SocketException => Inner(e) ?? OutboundFailure.Unreachable,
        // The time for connecting is over, the deadline is not.
        OperationCanceledException => OutboundFailure.TimedOut,
        _ => null,
    };

    private static OutboundFailure? Inner(Exception e) => e.InnerException switch
    {
        RefusedAddressException => OutboundFailure.AddressRefused,
        AuthenticationException => OutboundFailure.TlsFailed,
        { } inner => Inner(inner),
        null => null,
    };

    private sealed class RefusedAddressException() : IOException("The address is private, local or reserved.");
}
