using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Notify;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>Coming in by real mail, through a real mail server.</summary>
public sealed partial class PortalMailTests(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly ServerFixture server = new(postgres);
    private MailServer mails = null!;

    public async ValueTask InitializeAsync()
    {
        mails = await MailServer.Start();
        server.Mail = new MailOptions { Host = "127.0.0.1", Port = mails.Port, RequiresTls = false, From = new System.Net.Mail.MailAddress("cairn@example.com", "Cairn") };
        await server.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await mails.DisposeAsync();
    }

    [Fact]
    public async Task From_the_invitation_to_the_sign_in_link_everything_comes_by_mail_and_works_once()
    {
        var customer = await server.NewCustomer("Nordwind & Söhne");
        using var staff = server.Client(server.OperatorKey);
        using var invited = await staff.PostAsJsonAsync($"/v1/customers/{customer.Id}/portal-people", new { name = "Jo Ito", email = "jo@example.com", roles = new[] { "member" } });
        var answer = await invited.Json();
        (answer.GetProperty("isMailed").GetBoolean(), answer.GetProperty("link").ValueKind).ShouldBe((true, System.Text.Json.JsonValueKind.Null));

        await mails.Has(1);
        var mail = mails.Received[0];
        mail.To.ShouldBe(["jo@example.com"]);
        mail.Text.ShouldContain("Nordwind & Söhne");
        (await server.Enter(TokenIn(mail))).StatusCode.ShouldBe(HttpStatusCode.Created);
        await (await server.Enter(TokenIn(mail))).ShouldBeProblem(HttpStatusCode.Conflict, "portal-link-used");
        using var again = await staff.PostAsync($"/v1/customers/{customer.Id}/portal-people/{answer.GetProperty("person").Text("id")}/invitations", null);
        await again.ShouldBeProblem(HttpStatusCode.Conflict, "portal-invitation-accepted");

        using var browser = server.Client();
        using var asked = await browser.PostAsJsonAsync("/v1/portal/sign-in-links", new { email = " JO@example.com" });
        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var marked = asked.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        await mails.Has(2);
        var link = TokenIn(mails.Received[1]);
        using var entered = await server.Enter(link, isConfirmed: false, marked);
        entered.StatusCode.ShouldBe(HttpStatusCode.Created, "The browser that asked needs no click.");
        (await server.Database.ForOperator(work => work.Single<long>("select count(*) from notify_messages m where m::text like '%' || @secret || '%'", new { secret = link.Split('_')[^1] })))
            .ShouldBe(0, "A link is sealed at rest.");
    }

    [Fact]
    public async Task Whoever_several_customers_invited_gets_a_link_for_each_and_strangers_get_none()
    {
        var (one, other) = (await server.NewCustomer("One"), await server.NewCustomer("Other"));
        foreach (var customer in new[] { one, other })
        {
            using var staff = server.Client(server.OperatorKey);
            await staff.PostAsJsonAsync($"/v1/customers/{customer.Id}/portal-people", new { name = "Jo Ito", email = "jo@example.com", roles = new[] { "member" } });
        }

        await mails.Has(2);
        foreach (var mail in mails.Received.ToList())
        {
            await server.Enter(TokenIn(mail));
        }

        using var browser = server.Client();
        await browser.PostAsJsonAsync("/v1/portal/sign-in-links", new { email = "stranger@example.com" });
        await browser.PostAsJsonAsync("/v1/portal/sign-in-links", new { email = "jo@example.com" });
        await mails.Has(4);
        var portals = new List<string>();
        foreach (var mail in mails.Received.Skip(2))
        {
            mail.To.ShouldBe(["jo@example.com"]);
            using var visitor = server.Visitor(PortalVisitor.CookieOf(await server.Enter(TokenIn(mail))));
            portals.Add((await (await visitor.GetAsync("/v1/portal/sessions/current")).Json()).GetProperty("customer").Text("name"));
        }

        portals.Order().ShouldBe(["One", "Other"]);
    }

    private static string TokenIn(ReceivedMail mail) => LinkPattern().Match(mail.Text).Groups[1].Value;

    [GeneratedRegex("/portal/enter#([0-9a-z_]+)")]
    private static partial Regex LinkPattern();
}
