using System.Net.Mail;
using System.Net.Sockets;
using Cairn.Domain.Notify;
using Cairn.Server.Notify;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Notify;

/// <summary>TLS and login towards the mail server. That a trusted certificate is taken is shown by the command (MailCommandTests), in a process that trusts it.</summary>
public sealed class SmtpMailTests
{
    private const string Password = "a mail password";

    [Fact]
    public async Task Nothing_is_sent_when_TLS_is_required_and_not_offered()
    {
        await using var mails = await MailServer.Start();
        (await Send(mails.Port, true)).Failure!.Code.ShouldBe("tls-missing");
        mails.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_server_whose_certificate_is_not_trusted()
    {
        using var certificate = new TestCertificate();
        await using var mails = await MailServer.Start(new { tls = new { key = certificate.Key, cert = certificate.Certificate }, user = "cairn", password = Password });
        (await Send(mails.Port, true, Password)).Failure!.Code.ShouldBe("tls-untrusted");
        mails.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_that_wants_a_login_says_so()
    {
        using var certificate = new TestCertificate();
        await using var mails = await MailServer.Start(new { tls = new { key = certificate.Key, cert = certificate.Certificate }, user = "cairn", password = Password });
        var how = await Send(mails.Port, false);
        how.Failure!.Code.ShouldBe("login-refused");
        mails.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_host_that_takes_connections_and_says_nothing_is_left_at_the_deadline()
    {
        using var silent = new TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        (await Send(((System.Net.IPEndPoint)silent.LocalEndpoint).Port, false)).Failure.ShouldBe(DeliveryFailure.TimedOut);
    }

    [Fact]
    public async Task A_host_that_breaks_off_is_unreachable()
    {
        using var rude = new TcpListener(System.Net.IPAddress.Loopback, 0);
        rude.Start();
        var sending = Send(((System.Net.IPEndPoint)rude.LocalEndpoint).Port, false);
        using (var accepted = await rude.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            accepted.LingerState = new LingerOption(true, 0);
        }

        (await sending).Failure.ShouldBe(DeliveryFailure.Unreachable);
    }

    [Fact]
    public async Task An_unknown_host_is_unreachable() =>
        (await new SmtpMail(Options("no-such-host.invalid", 25, false, null)).Send(AnyLetter(), CancellationToken.None)).Failure.ShouldBe(DeliveryFailure.Unreachable);

    [Theory]
    [InlineData("CAIRN_SMTP_PORT", "70000")]
    [InlineData("CAIRN_SMTP_PORT", "smtp")]
    [InlineData("CAIRN_SMTP_TLS", "maybe")]
    [InlineData("CAIRN_MAIL_FROM", "nobody")]
    [InlineData("CAIRN_SMTP_USER", "alone")]
    [InlineData("CAIRN_SMTP_PASSWORD", "alone")]
    public void A_setting_that_cannot_be_used_is_named(string name, string value)
    {
        var settings = new Dictionary<string, string> { ["CAIRN_SMTP_HOST"] = "mail.example.com", ["CAIRN_MAIL_FROM"] = "cairn@example.com", [name] = value };
        Should.Throw<InstallationException>(() => MailOptions.Read(settings.GetValueOrDefault)).Message.ShouldContain(name);
    }

    [Theory]
    [InlineData("mail.example.com", null, true)]
    [InlineData("192.0.2.1", null, true)]
    [InlineData("mail.example.com", "none", false)]
    [InlineData("localhost", null, false)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("::1", "starttls", true)]
    public void TLS_is_required_but_on_the_machine_itself_or_where_it_is_switched_off(string host, string? tls, bool isRequired)
    {
        var settings = new Dictionary<string, string?> { ["CAIRN_SMTP_HOST"] = host, ["CAIRN_MAIL_FROM"] = "cairn@example.com", ["CAIRN_SMTP_TLS"] = tls };
        MailOptions.Read(settings.GetValueOrDefault)!.RequiresTls.ShouldBe(isRequired);
    }

    [Fact]
    public void Options_print_no_secret()
    {
        var options = Options("h", 1, true, Password) with { MasterKey = "master", ConnectionString = "Password=database" };
        $"{options} {options.Mail}".ShouldBe($"{options.Data.FullName} h:1");
    }

    [Fact]
    public void Every_failure_has_a_sentence_of_its_own() =>
        DeliveryFailure.All.Select(failure => DeliveryFailure.Sentence(failure.Code)).Append(DeliveryFailure.Sentence("another")).ShouldBeUnique();

    private static Task<SmtpOutcome> Send(int port, bool requiresTls, string? password = null) =>
        new SmtpMail(Options("localhost", port, requiresTls, password)).Send(AnyLetter(), CancellationToken.None);

    private static CairnOptions Options(string host, int port, bool requiresTls, string? password) => new()
    {
        Data = new DirectoryInfo("unused"),
        Mail = new MailOptions { Host = host, Port = port, RequiresTls = requiresTls, User = password is null ? null : "cairn", Password = password, From = new MailAddress("cairn@example.com"), Deadline = TimeSpan.FromSeconds(2) },
    };

    private static Letter AnyLetter() => Letter.Write(new MessageId(NewId.Next()), ("ana@example.com", null), "Subject", "Text", null);
}
