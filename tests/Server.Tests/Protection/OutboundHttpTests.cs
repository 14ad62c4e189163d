using System.IO.Compression;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Protection;

/// <summary>Addresses that somebody else typed in: none of them leads into the own network, however it is written.</summary>
public sealed class OutboundHttpTests
{
    [Theory]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.000.000.001/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.1/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LOCALHOST./")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[64:ff9b::808:808]/")]
    [InlineData("http://[64:ff9b:1::a00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2001::1]/")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fc00::1]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://[::]/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://0/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://100.100.100.200/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://168.63.129.16/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://172.31.255.255/")]
    [InlineData("http://192.0.0.192/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("https://127.0.0.1/")]
    public async Task An_address_of_ones_own_network_is_refused_in_every_spelling(string address) =>
        (await Call(new CairnOptions { Data = Nowhere }, address)).Failure.ShouldBe(OutboundFailure.AddressRefused);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.0.1")]
    [InlineData("fd12:3456::1")]
    [InlineData("64:ff9b::a00:1")]
    public async Task A_name_that_leads_into_the_own_network_is_refused(string leadsTo)
    {
        using var outbound = new OutboundHttp(new CairnOptions { Data = Nowhere }, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(leadsTo)]));
        (await outbound.Send(new OutboundRequest(HttpMethod.Get, new Uri("http://rebind.example/")), CancellationToken.None)).Failure.ShouldBe(OutboundFailure.AddressRefused);
    }

    [Fact]
    public async Task A_name_is_looked_up_once_for_each_connection_so_that_a_second_answer_is_of_no_use()
    {
        using var peer = new Peer(_ => Peer.Text("200 OK", "hello"));
        var looked = 0;
        using var outbound = new OutboundHttp(Allowing($"rebind.example:{peer.Port}"), (_, _) => Task.FromResult<IPAddress[]>(++looked == 1 ? [IPAddress.Loopback] : [IPAddress.Parse("192.0.2.1")]));
        (await outbound.Send(new OutboundRequest(HttpMethod.Get, new Uri($"http://rebind.example:{peer.Port}/")), CancellationToken.None)).Answer!.Status.ShouldBe(HttpStatusCode.OK);
        looked.ShouldBe(1);
    }

    [Theory]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("http://user:password@example.com/")]
    public async Task Only_plain_http_addresses_are_called(string address) =>
        (await Call(new CairnOptions { Data = Nowhere }, address)).Failure.ShouldBe(OutboundFailure.AddressUnusable);

    [Theory]
    [InlineData("http://example.com:22/")]
    [InlineData("http://example.com:5432/")]
    [InlineData("https://example.com:8443/")]
    public async Task Ports_beside_the_two_of_the_web_take_an_operators_word(string address) =>
        (await Call(new CairnOptions { Data = Nowhere }, address)).Failure.ShouldBe(OutboundFailure.PortRefused);

    [Fact]
    public async Task Allowing_a_host_allows_no_other()
    {
        using var peer = new Peer(_ => Peer.Text("200 OK", "hello"));
        var options = Allowing($"localhost:{peer.Port}");
        var answer = (await Call(options, $"http://localhost:{peer.Port}/path?q=1")).Answer.ShouldNotBeNull();
        (answer.Status, Encoding.UTF8.GetString(answer.Body)).ShouldBe((HttpStatusCode.OK, "hello"));
        (await Call(options, $"http://127.0.0.1:{peer.Port}/")).Failure.ShouldBe(OutboundFailure.PortRefused);
        (await Call(options, $"http://localhost:{peer.Port + 1}/")).Failure.ShouldBe(OutboundFailure.PortRefused);
        (await Call(options, "http://localhost/")).Failure.ShouldBe(OutboundFailure.AddressRefused);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("303 See Other")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task A_redirect_is_an_answer_and_nobody_follows_it(string status)
    {
        using var peer = new Peer(_ => Peer.Text(status, "", "Location: http://169.254.169.254/\r\nSet-Cookie: a=b\r\n"));
        var answer = (await Call(Allowing($"localhost:{peer.Port}"), $"http://localhost:{peer.Port}/")).Answer.ShouldNotBeNull();
        ((int)answer.Status).ShouldBe(int.Parse(status[..3], System.Globalization.CultureInfo.InvariantCulture));
        peer.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_sent_is_what_was_asked_for_and_cookies_are_not_kept()
    {
        using var peer = new Peer(_ => Peer.Text("200 OK", "", "Set-Cookie: a=b\r\n"));
        using var outbound = new OutboundHttp(Allowing($"localhost:{peer.Port}"));
        var request = new OutboundRequest(HttpMethod.Post, new Uri($"http://localhost:{peer.Port}/hook")) { Body = "{}"u8.ToArray(), Headers = new Dictionary<string, string> { ["X-Signature"] = "abc" } };
        await outbound.Send(request, CancellationToken.None);
        await outbound.Send(request, CancellationToken.None);
        peer.Requests.Count.ShouldBe(2);
        peer.Requests.ShouldAllBe(sent => sent.StartsWith("POST /hook HTTP/1.1", StringComparison.Ordinal) && sent.Contains("X-Signature: abc", StringComparison.Ordinal) && !sent.Contains("Cookie", StringComparison.Ordinal) && !sent.Contains("traceparent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_beyond_the_limit_is_refused_and_a_packed_one_is_not_unpacked()
    {
        using var large = new Peer(_ => Peer.Text("200 OK", new string('x', 2_000)));
        (await Call(Allowing($"localhost:{large.Port}"), $"http://localhost:{large.Port}/", mostBytes: 1_000)).Failure.ShouldBe(OutboundFailure.TooLarge);
        (await Call(Allowing($"localhost:{large.Port}"), $"http://localhost:{large.Port}/", mostBytes: 2_000)).Answer!.Body.Length.ShouldBe(2_000);

        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(new byte[1_000_000]);
        }

        using var packed = new Peer(_ => Peer.Bytes("200 OK", memory.ToArray(), "Content-Encoding: gzip\r\n"));
        (await Call(Allowing($"localhost:{packed.Port}"), $"http://localhost:{packed.Port}/", mostBytes: 10_000)).Answer!.Body.ShouldBe(memory.ToArray());
    }

    [Fact]
    public async Task A_peer_that_says_nothing_or_stops_in_the_middle_is_left_at_the_deadline()
    {
        using var silent = new Peer(_ => null);
        (await Call(Allowing($"localhost:{silent.Port}"), $"http://localhost:{silent.Port}/", TimeSpan.FromMilliseconds(300))).Failure.ShouldBe(OutboundFailure.TimedOut);
        using var halting = new Peer(_ => Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"), staysOpen: true);
        (await Call(Allowing($"localhost:{halting.Port}"), $"http://localhost:{halting.Port}/", TimeSpan.FromMilliseconds(300))).Failure.ShouldBe(OutboundFailure.TimedOut);
    }

    [Fact]
    public async Task A_peer_that_breaks_off_or_is_not_there_is_unreachable()
    {
        int port;
        using (var gone = new Peer(_ => null))
        {
            port = gone.Port;
        }

        (await Call(Allowing($"localhost:{port}"), $"http://localhost:{port}/")).Failure.ShouldBe(OutboundFailure.Unreachable);
        using var rude = new Peer(_ => []);
        (await Call(Allowing($"localhost:{rude.Port}"), $"http://localhost:{rude.Port}/")).Failure.ShouldBe(OutboundFailure.Unreachable);
        using var nobody = new OutboundHttp(new CairnOptions { Data = Nowhere }, (_, _) => Task.FromResult<IPAddress[]>([]));
        (await nobody.Send(new OutboundRequest(HttpMethod.Get, new Uri("http://no-such.example/")), CancellationToken.None)).Failure.ShouldBe(OutboundFailure.Unreachable);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var certificate = new TestCertificate();
        using var peer = new Peer(_ => Peer.Text("200 OK", "hello"), X509Certificate2.CreateFromPemFile(certificate.Certificate, certificate.Key));
        (await Call(Allowing($"localhost:{peer.Port}"), $"https://localhost:{peer.Port}/")).Failure.ShouldBe(OutboundFailure.TlsFailed);
        // The peer may see the connection, but not a word of the request.
        peer.Requests.ShouldAllBe(heard => heard.Length == 0);
    }

    [Fact]
    public async Task Who_asked_may_give_up()
    {
        using var silent = new Peer(_ => null);
        using var cancel = new CancellationTokenSource();
        using var outbound = new OutboundHttp(Allowing($"localhost:{silent.Port}"));
        var calling = outbound.Send(new OutboundRequest(HttpMethod.Get, new Uri($"http://localhost:{silent.Port}/")), cancel.Token);
        await Eventually.Holds(() => Task.FromResult(silent.Requests.Count == 1));
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => calling);
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.32.0.0", true)]
    [InlineData("100.63.255.255", true)]
    [InlineData("100.128.0.0", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("::ffff:10.0.0.1", false)]
    public void The_public_internet_begins_where_the_lists_end(string address, bool isPublic) => OutboundAddress.IsPublic(IPAddress.Parse(address)).ShouldBe(isPublic);

    private static DirectoryInfo Nowhere => new("unused");

    private static CairnOptions Allowing(params string[] hosts) => new() { Data = Nowhere, OutboundAllow = hosts };

    private static async Task<OutboundResult> Call(CairnOptions options, string address, TimeSpan? deadline = null, int mostBytes = 1 << 20)
    {
        using var outbound = new OutboundHttp(options);
        return await outbound.Send(new OutboundRequest(HttpMethod.Get, new Uri(address)) { Deadline = deadline ?? TimeSpan.FromSeconds(20), MostBytes = mostBytes }, CancellationToken.None);
    }

    /// <summary>A server that answers every connection with what it is told: nothing, no bytes, or these.</summary>
    private sealed class Peer : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly List<TcpClient> held = [];
        private readonly Func<string, byte[]?> answer;
        private readonly X509Certificate2? certificate;
        private readonly bool staysOpen;

        public Peer(Func<string, byte[]?> answer, X509Certificate2? certificate = null, bool staysOpen = false)
        {
            (this.answer, this.certificate, this.staysOpen) = (answer, certificate, staysOpen);
            listener.Start();
            _ = Accept();
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public System.Collections.Concurrent.ConcurrentQueue<string> Requests { get; } = new();

        public static byte[] Text(string status, string body, string headers = "") => Bytes(status, Encoding.UTF8.GetBytes(body), headers);

        public static byte[] Bytes(string status, byte[] body, string headers = "") =>
            [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {body.Length}\r\n{headers}\r\n"), .. body];

        public void Dispose()
        {
            listener.Dispose();
            held.ForEach(client => client.Dispose());
            certificate?.Dispose();
        }

        private async Task Accept()
        {
            try
            {
                while (true)
                {
                    _ = Serve(await listener.AcceptTcpClientAsync());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task Serve(TcpClient client)
        {
            held.Add(client);
            try
            {
                Stream stream = client.GetStream();
                if (certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(certificate);
                    stream = tls;
                }

                var buffer = new byte[64 * 1024];
                var length = await stream.ReadAsync(buffer);
                Requests.Enqueue(Encoding.ASCII.GetString(buffer, 0, length));
                if (answer(Requests.Last()) is { } bytes)
                {
                    await stream.WriteAsync(bytes);
                    await stream.FlushAsync();
                    if (!staysOpen)
                    {
                        client.Dispose();
                    }
                }
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
            {
                // The caller broke off, as it should.
            }
        }
    }
}
