using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Faults;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Protection;

/// <summary>Plain HTTP stays on the machine, TLS is real, and every answer tells the browser what it may do.</summary>
[Collection(FaultsCollection.Name)]
public sealed class TransportTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("http://localhost:5080", false, false, true)]
    [InlineData("http://127.0.0.1:5080", false, false, true)]
    [InlineData("http://[::1]:5080", false, false, true)]
    [InlineData("http://0.0.0.0:5080", false, false, false)]
    [InlineData("http://*:5080", false, false, false)]
    [InlineData("http://+:5080", false, false, false)]
    [InlineData("http://[::]:5080", false, false, false)]
    [InlineData("http://192.168.1.5:5080", false, false, false)]
    [InlineData("http://cairn.example.com", false, false, false)]
    [InlineData("http://localhost.example.com:5080", false, false, false)]
    [InlineData("http://0.0.0.0:5080", false, true, true)]
    [InlineData("https://0.0.0.0:5443", false, false, false)]
    [InlineData("https://0.0.0.0:5443", true, false, true)]
    [InlineData("https://0.0.0.0:5443", false, true, false)]
    public void What_would_carry_keys_in_clear_over_a_network_is_refused_at_the_start(string url, bool hasCertificate, bool isBehindProxy, bool isFine)
    {
        var listen = new ListenOptions([url], hasCertificate ? "cert.pem" : null, hasCertificate ? "key.pem" : null, isBehindProxy);
        if (isFine)
        {
            Should.NotThrow(listen.Check);
        }
        else
        {
            Should.Throw<InstallationException>(listen.Check).Message.ShouldContain(url);
        }
    }

    [Fact]
    public void One_bad_address_among_good_ones_is_enough() =>
        Should.Throw<InstallationException>(new ListenOptions(["http://localhost:1", "http://0.0.0.0:2"]).Check).Message.ShouldContain("http://0.0.0.0:2");

    [Theory]
    [InlineData("/")]
    [InlineData("/healthz")]
    [InlineData("/v1/events")]
    [InlineData("/no/such.thing")]
    [InlineData("/docs/problems")]
    [InlineData("/openapi/v1.json")]
    public async Task Every_answer_tells_the_browser_what_it_may_do(string path)
    {
        using var client = server.Client();
        using var answer = await client.GetAsync(path);
        One(answer, "Content-Security-Policy").ShouldBe(
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
        One(answer, "X-Content-Type-Options").ShouldBe("nosniff");
        One(answer, "Referrer-Policy").ShouldBe("same-origin");
        One(answer, "Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        One(answer, "Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse("Plain HTTP may not promise TLS.");
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Cookies_and_sign_in_work_over_TLS_and_the_browser_is_told_to_stay_with_it()
    {
        await using var installation = new TestInstallation();
        using var certificate = new TestCertificate();
        installation.Settings["CAIRN_ADMIN_EMAIL"] = "ada@example.com";
        installation.Settings["CAIRN_ADMIN_PASSWORD"] = "zq administrator passphrase qz";
        var url = installation.Url.Replace("http://", "https://", StringComparison.Ordinal);
        var process = installation.Start("serve", "--urls", url, "--cert", certificate.Certificate, "--key", certificate.Key, "--json");
        (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        var trusted = X509CertificateLoader.LoadCertificateFromFile(certificate.Certificate);
        using var client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null && shown.GetRawCertData().SequenceEqual(trusted.RawData) },
        })
        { BaseAddress = new Uri(url) };
        await Eventually.Holds(async () =>
        {
            try
            {
                return (await client.GetAsync("/readyz")).IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sessions") { Content = JsonContent.Create(new { email = "ada@example.com", password = "zq administrator passphrase qz" }) };
        request.Headers.Host = "cairn.example.com";
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        One(answer, "Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains");
        var cookie = answer.Headers.GetValues("Set-Cookie").Single(text => text.Contains("session", StringComparison.Ordinal));
        cookie.ShouldStartWith("__Host-cairn-session=");
        foreach (var attribute in new[] { "secure", "httponly", "samesite=lax", "path=/" })
        {
            cookie.ToLowerInvariant().ShouldContain(attribute);
        }
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_named_at_the_start()
    {
        await using var installation = new TestInstallation();
        var refused = await installation.Run("serve", "--urls", "https://localhost:0", "--cert", "no-such.pem", "--key", "no-such.pem");
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("no-such.pem");
    }

    [Fact]
    public async Task The_page_that_a_problems_type_points_to_explains_it()
    {
        using var client = server.Client();
        using var answer = await client.GetAsync("/v1/events");
        var type = (await answer.Json()).Text("type");
        using var page = await client.GetAsync(type.Split('#')[0]);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain($"id=\"{type.Split('#')[1]}\"");
        html.ShouldContain("<table>");
        html.ShouldNotContain("<script>");
        using var known = new HttpRequestMessage(HttpMethod.Get, "/docs/problems");
        known.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        (await client.SendAsync(known, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    private static string One(HttpResponseMessage answer, string header) => answer.Headers.GetValues(header).ShouldHaveSingleItem();
}
