using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Notify;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Notify;

/// <summary>What is written with a use case leaves after its commit, through a real mail server with real faults.</summary>
public sealed class DeliverMessagesTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private const string Secret = "zqSECRETqz";

    private readonly ManualTime time = new();

    /// <summary>What another test left waiting would be sent here.</summary>
    public async ValueTask InitializeAsync() => await server.Database.ForOperator(work => work.Execute("delete from notify_messages"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_message_comes_as_text_and_as_HTML_from_the_configured_address()
    {
        await using var mails = await MailServer.Start();
        await Add(Message("ana@example.com") with { Subject = "Größe <b>", MailName = "Ana \"B\" García", Text = "One & two.\nLine two.\n\nThree <script>.", Path = "/customers/x?a=1&b=2" });
        (await Drain(Mail(mails.Port))).ShouldBe(1);

        await mails.Has(1);
        var mail = mails.Received.Single();
        mail.From.ShouldBe("cairn@example.com");
        mail.To.ShouldBe(["ana@example.com"]);
        mail.Header("From").ShouldBe("\"Cairn\" <cairn@example.com>");
        mail.Header("Auto-Submitted").ShouldBe("auto-generated");
        mail.Header("Message-ID").ShouldNotBeNull().ShouldMatch("^<msg_[0-9a-z]{26}@example.com>$");
        mail.Header("Content-Type").ShouldNotBeNull().ShouldStartWith("multipart/alternative");
        mail.Text.ShouldContain("One & two.\r\nLine two.\r\n\r\nThree <script>.\r\n\r\nhttps://cairn.example.com/customers/x?a=1&b=2\r\n");
        mail.Text.ShouldContain("One &amp; two.<br>Line two.");
        mail.Text.ShouldContain("Three &lt;script&gt;.");
        mail.Text.ShouldContain("href=\"https://cairn.example.com/customers/x?a=1&amp;b=2\"");
        mail.Text.ShouldContain("<title>Gr&#246;&#223;e &lt;b&gt;</title>");
        (await State("ana@example.com")).ShouldBe(("sent", 1, null));
    }

    [Fact]
    public async Task What_was_abandoned_is_neither_kept_nor_sent()
    {
        await using var mails = await MailServer.Start();
        await server.Database.ForCustomer(CustomerId.Installation, async work =>
        {
            await server.Services.GetRequiredService<IOutbox>().Add(work, Message("never@example.com"));
            work.Abandon();
            return true;
        });
        (await Drain(Mail(mails.Port))).ShouldBe(0);
        (await State("never@example.com")).ShouldBeNull();
    }

    [Theory]
    [InlineData("ana@example.com\r\nBcc: eve@example.com")]
    [InlineData("ana@example.com, eve@example.com")]
    [InlineData("Ana <ana@example.com>")]
    [InlineData("<ana@example.com>")]
    [InlineData("ana@example.com\n")]
    [InlineData("ana")]
    [InlineData("")]
    [InlineData("\"a\r\nb\"@example.com")]
    public async Task What_is_not_one_plain_address_is_never_sent(string address)
    {
        await using var mails = await MailServer.Start();
        await Add(Message(address));
        (await Drain(Mail(mails.Port))).ShouldBe(0);
        (await server.Database.ForOperator(work => work.Single<string>("select state || ' ' || failure from notify_deliveries"))).ShouldBe("failed " + DeliveryFailure.AddressUnusable.Code);
        DeliveryFailure.AddressUnusable.Code.ShouldBe("address-unusable");
    }

    [Fact]
    public async Task No_text_of_a_record_adds_a_header()
    {
        await using var mails = await MailServer.Start();
        await Add(Message("plain@example.com") with { Subject = "Hello\r\nBcc: eve@example.com\r\n\r\nBody", MailName = "Ana\r\nX-Evil: 1" });
        (await Drain(Mail(mails.Port))).ShouldBe(1);
        await mails.Has(1);
        var mail = mails.Received.Single();
        mail.To.ShouldBe(["plain@example.com"]);
        mail.Header("Bcc").ShouldBeNull();
        mail.Header("X-Evil").ShouldBeNull();
        mail.Header("Subject").ShouldBe("Hello  Bcc: eve@example.com    Body");
    }

    [Fact]
    public async Task While_the_mail_server_is_down_mail_waits_and_then_goes()
    {
        var mails = await MailServer.Start();
        var port = mails.Port;
        await mails.DisposeAsync();
        await Add(Message("patient@example.com"));
        (await Drain(Mail(port))).ShouldBe(1);
        (await State("patient@example.com")).ShouldBe(("waiting", 1, "server-unreachable"));
        (await Drain(Mail(port))).ShouldBe(0, "Not before the pause is over.");

        time.Move(TimeSpan.FromSeconds(10));
        await using var again = await MailServer.Start(new { port });
        (await Drain(Mail(port))).ShouldBe(1);
        await again.Has(1);
        (await State("patient@example.com")).ShouldBe(("sent", 2, null));
    }

    [Fact]
    public async Task A_refusal_for_now_is_tried_again_under_the_same_message_id()
    {
        await using var mails = await MailServer.Start();
        await Add(Message("busy-2@example.com"));
        (await Drain(Mail(mails.Port))).ShouldBe(1);
        (await State("busy-2@example.com")).ShouldBe(("waiting", 1, "refused-for-now"));
        time.Move(TimeSpan.FromSeconds(10));
        (await Drain(Mail(mails.Port))).ShouldBe(1);
        time.Move(TimeSpan.FromSeconds(30));
        (await Drain(Mail(mails.Port))).ShouldBe(1);
        await mails.Has(1);
        (await State("busy-2@example.com")).ShouldBe(("sent", 3, null));
    }

    [Fact]
    public async Task A_bad_address_fails_for_good_and_a_good_one_beside_it_does_not_notice()
    {
        await using var mails = await MailServer.Start();
        await Add(Message("no-such@example.com"), Message("good@example.com"), Message("spam@example.com"));
        (await Drain(Mail(mails.Port))).ShouldBe(3);
        await mails.Has(1);
        mails.Received.Single().To.ShouldBe(["good@example.com"]);
        (await State("good@example.com")).ShouldBe(("sent", 1, null));
        (await State("no-such@example.com")).ShouldBe(("failed", 1, "address-refused"));
        (await State("spam@example.com")).ShouldBe(("failed", 1, "message-refused"));
        time.Move(TimeSpan.FromHours(1));
        (await Drain(Mail(mails.Port))).ShouldBe(0);
    }

    [Fact]
    public async Task A_mail_server_that_hangs_is_left_at_the_deadline()
    {
        await using var mails = await MailServer.Start();
        await Add(Message("hang@example.com"));
        (await Drain(Mail(mails.Port) with { Deadline = TimeSpan.FromMilliseconds(300) })).ShouldBe(1);
        (await State("hang@example.com")).ShouldBe(("waiting", 1, "server-timed-out"));
    }

    [Fact]
    public async Task Without_a_mail_server_mail_waits_for_three_days_and_then_counts_as_failed()
    {
        await Add(Message("nobody@example.com"));
        (await Drain(null)).ShouldBe(0);
        time.Move(TimeSpan.FromDays(3) - TimeSpan.FromMinutes(1));
        await Deliver(null).Tidy(CancellationToken.None);
        (await State("nobody@example.com")).ShouldBe(("waiting", 0, null));
        time.Move(TimeSpan.FromMinutes(2));
        await Deliver(null).Tidy(CancellationToken.None);
        (await State("nobody@example.com")).ShouldBe(("failed", 0, "mail-not-set-up"));
    }

    [Fact]
    public async Task Two_servers_send_each_message_once()
    {
        await using var mails = await MailServer.Start();
        await Add([.. Enumerable.Range(0, 40).Select(number => Message($"many-{number}@example.com"))]);
        var sent = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Drain(Mail(mails.Port))));
        sent.Sum().ShouldBe(40);
        await mails.Has(40);
        mails.Received.Select(mail => mail.To.Single()).ShouldBeUnique();
        mails.Received.Select(mail => mail.Header("Message-ID")).ShouldBeUnique();
    }

    [Fact]
    public async Task A_server_that_died_while_sending_leaves_the_message_to_the_next()
    {
        await using var mails = await MailServer.Start();
        await Add(Message("taken@example.com"));
        var now = server.Services.GetRequiredService<Clock>().Now;
        (await server.Database.ForOperator(work => NotifyStore.Claim(work, true, now, now + NodaTime.Duration.FromMinutes(5))))!.Address.ShouldBe("taken@example.com");
        (await Drain(Mail(mails.Port))).ShouldBe(0, "Another server has it.");
        time.Move(TimeSpan.FromMinutes(5));
        (await Drain(Mail(mails.Port))).ShouldBe(1);
        (await State("taken@example.com")).ShouldBe(("sent", 2, null));
    }

    [Fact]
    public async Task A_secret_is_sealed_until_it_was_sent_and_then_gone()
    {
        await using var mails = await MailServer.Start();
        await Add(Message("busy-1@secret.example") with { HoldsSecret = true, Text = $"Your link: {Secret}", Path = $"/portal#{Secret}" });
        (await Everything()).ShouldNotContain(Secret);
        (await Drain(Mail(mails.Port))).ShouldBe(1);
        (await Everything()).ShouldNotContain(Secret);
        (await Number("select count(*) from notify_messages where sealed is not null")).ShouldBe(1);
        time.Move(TimeSpan.FromSeconds(10));
        (await Drain(Mail(mails.Port))).ShouldBe(1);
        await mails.Has(1);
        mails.Received.Single().Text.ShouldContain($"https://cairn.example.com/portal#{Secret}");
        (await Number("select count(*) from notify_messages where sealed is not null")).ShouldBe(0);
    }

    [Fact]
    public async Task A_secret_that_could_not_be_sent_is_wiped_after_a_week_and_the_servers_words_about_it_are_not_kept()
    {
        await using var mails = await MailServer.Start();
        await Add(Message("spam@secret.example") with { HoldsSecret = true, Text = Secret });
        (await Drain(Mail(mails.Port))).ShouldBe(1);
        (await Number("select count(*) from notify_deliveries where address = 'spam@secret.example' and reply is null and failure = 'message-refused'")).ShouldBe(1);
        await Deliver(null).Tidy(CancellationToken.None);
        (await Number("select count(*) from notify_messages where sealed is not null")).ShouldBe(1);
        time.Move(TimeSpan.FromDays(8));
        await Deliver(null).Tidy(CancellationToken.None);
        (await Number("select count(*) from notify_messages where sealed is not null")).ShouldBe(0);
    }

    [Fact]
    public Task A_message_about_another_customer_than_the_works_own_is_a_mistake_of_ours() =>
        Should.ThrowAsync<InvalidOperationException>(() => server.Database.ForCustomer(new CustomerId(NewId.Next()), async work =>
        {
            await server.Services.GetRequiredService<IOutbox>().Add(work, Message("x@example.com"));
            return true;
        }));

    private static OutgoingMessage Message(string to) => new() { Customer = CustomerId.Installation, Kind = "test", MailTo = to, Subject = "A subject", Text = "A text." };

    private static MailOptions Mail(int port) => new() { Host = "127.0.0.1", Port = port, RequiresTls = false, From = new System.Net.Mail.MailAddress("cairn@example.com", "Cairn") };

    private async Task Add(params OutgoingMessage[] messages)
    {
        foreach (var message in messages)
        {
            await server.Database.ForCustomer(CustomerId.Installation, async work =>
            {
                await server.Services.GetRequiredService<IOutbox>().Add(work, message);
                return true;
            });
        }

        // The clock of the deliveries goes on from when the message was written.
        time.Move(TimeSpan.FromSeconds(5));
    }

    private DeliverMessages Deliver(MailOptions? mail) => new(
        server.Database, server.Services.GetRequiredService<SecretBox>(), new SmtpMail(server.Services.GetRequiredService<CairnOptions>() with { Mail = mail }),
        new PublicAddress("https://cairn.example.com", ""), new Clock(time));

    /// <summary>Tries everything that is due, new mail first; how many that were.</summary>
    private async Task<int> Drain(MailOptions? mail)
    {
        var deliver = Deliver(mail);
        var count = 0;
        while (await deliver.Next(isFirst: true, CancellationToken.None) || await deliver.Next(isFirst: false, CancellationToken.None))
        {
            count++;
        }

        return count;
    }

    private Task<(string State, int Attempts, string? Failure)?> State(string address) => server.Database.ForOperator(work =>
        work.Maybe<(string, int, string?)?>("select state, attempts, failure from notify_deliveries where address = @address", new { address }));

    private Task<long> Number(string sql) => server.Database.ForOperator(work => work.Single<long>(sql));

    private Task<string> Everything() => server.Database.ForOperator(work => work.Single<string>(
        "select (select coalesce(string_agg(m::text || encode(coalesce(m.sealed, ''), 'escape'), ''), '') from notify_messages m) || (select coalesce(string_agg(d::text, ''), '') from notify_deliveries d)"));
}
