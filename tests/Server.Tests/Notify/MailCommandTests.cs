using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Faults;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Notify;

/// <summary><c>cairn mail test</c> as a process of its own, which trusts what its environment says.</summary>
[Collection(FaultsCollection.Name)]
[Trait(FaultsCollection.Trait, FaultsCollection.Fault)]
public sealed class MailCommandTests
{
    private const string Password = "a mail password";

    [Fact]
    public async Task Over_TLS_with_a_login_the_test_message_arrives()
    {
        await using var installation = new TestInstallation();
        using var certificate = new TestCertificate();
        await using var mails = await MailServer.Start(new { tls = new { key = certificate.Key, cert = certificate.Certificate }, user = "cairn", password = Password });
        Configure(installation, mails.Port);
        installation.Settings["SSL_CERT_FILE"] = certificate.Certificate;
        installation.Settings["CAIRN_SMTP_USER"] = "cairn";
        installation.Settings["CAIRN_SMTP_PASSWORD"] = Password;
        var done = await installation.Run("mail", "test", "ana@example.com", "--json");
        done.Json().Text("state").ShouldBe("sent");
        await mails.Has(1);
        var mail = mails.Received.Single();
        (mail.IsOverTls, mail.User, mail.Header("Subject")).ShouldBe((true, "cairn", "Mail from Cairn works"));

        // The password may come from a file; a wrong one is said to be wrong, and not said.
        var file = Path.Combine(installation.Data.FullName, "password");
        await File.WriteAllTextAsync(file, Password + "x\n", TestContext.Current.CancellationToken);
        installation.Settings.Remove("CAIRN_SMTP_PASSWORD");
        installation.Settings["CAIRN_SMTP_PASSWORD_FILE"] = file;
        var refused = await installation.Run("mail", "test", "ana@example.com");
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("refuses the login");
        (refused.Errors + refused.Out).ShouldNotContain(Password);
    }

    [Fact]
    public async Task What_the_mail_server_says_is_told()
    {
        await using var installation = new TestInstallation();
        (await installation.Run("mail", "test", "ana@example.com")).Errors.ShouldContain("CAIRN_SMTP_HOST");
        await using var mails = await MailServer.Start();
        Configure(installation, mails.Port);
        installation.Settings["CAIRN_SMTP_TLS"] = "none";
        (await installation.Run("mail", "test", "ana@example.com")).ExitCode.ShouldBe(0);
        var refused = await installation.Run("mail", "test", "no-such@example.com");
        refused.ExitCode.ShouldBe(1);
        refused.Errors.ShouldContain("no such mailbox");
        (await installation.Run("mail", "test", "not an address")).ExitCode.ShouldBe(1);
        installation.Settings["CAIRN_SMTP_TLS"] = "starttls";
        (await installation.Run("mail", "test", "ana@example.com")).Errors.ShouldContain("STARTTLS");
        installation.Settings["CAIRN_SMTP_TLS"] = "perhaps";
        (await installation.Run("mail", "test", "ana@example.com")).Errors.ShouldContain("CAIRN_SMTP_TLS");
    }

    [Fact]
    public async Task A_running_server_sends_what_a_use_case_wrote()
    {
        await using var installation = new TestInstallation();
        await using var mails = await MailServer.Start();
        Configure(installation, mails.Port);
        installation.Settings["CAIRN_SMTP_TLS"] = "none";
        await installation.Serve();
        await using var joined = await installation.Join();
        await using var database = new Database(joined.ConnectionString);
        // The secret box of the server is not ours, so the message holds no secret.
        using var box = new SecretBox(new byte[SecretBox.KeyBytes]);
        await database.ForCustomer(CustomerId.Installation, async work =>
        {
            await new Server.Notify.Outbox(box, new Clock(TimeProvider.System)).Add(work, new OutgoingMessage { Customer = CustomerId.Installation, Kind = "test", MailTo = "ana@example.com", Subject = "From the outbox", Text = "Text", Path = "/customers" });
            return true;
        });
        await mails.Has(1);
        mails.Received.Single().Text.ShouldContain("https://cairn.example.com/customers");
    }

    private static void Configure(TestInstallation installation, int port)
    {
        installation.Settings["CAIRN_SMTP_HOST"] = "localhost";
        installation.Settings["CAIRN_SMTP_PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        installation.Settings["CAIRN_SMTP_TLS"] = "starttls";
        installation.Settings["CAIRN_MAIL_FROM"] = "Cairn <cairn@example.com>";
        installation.Settings["CAIRN_PUBLIC_URL"] = "https://cairn.example.com";
    }
}
