using System.Net;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Notify;

/// <summary>What Managers see of mail, and that it can be sent again.</summary>
public sealed class DeliveriesTests(ServerFixture server) : IClassFixture<ServerFixture>, IAsyncLifetime
{
    private Staff manager = null!;

    public async ValueTask InitializeAsync()
    {
        await server.Database.ForOperator(work => work.Execute("delete from notify_messages"));
        manager = await Staff.SignedIn(server, StaffRole.Manager);
    }

    public ValueTask DisposeAsync()
    {
        manager.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_list_says_what_waits_and_what_failed_and_why_and_never_what_it_says()
    {
        await Add("ana@example.com");
        await Add("no address", holdsSecret: true);
        var items = await List("");
        items.Count.ShouldBe(2);
        var (failed, waiting) = (items[0], items[1]);
        (failed.Text("state"), failed.Text("to"), failed.GetProperty("canSendAgain").GetBoolean()).ShouldBe(("failed", "no address", true));
        failed.GetProperty("failure").Text("code").ShouldBe("address-unusable");
        failed.GetProperty("failure").Text("detail").ShouldNotBeNullOrEmpty();
        (waiting.Text("state"), waiting.GetProperty("attempts").GetInt32(), waiting.GetProperty("failure").ValueKind).ShouldBe(("waiting", 0, JsonValueKind.Null));
        (await manager.Client.GetStringAsync("/v1/deliveries")).ShouldNotContain("zqTEXTqz");

        (await List("?state=failed")).ShouldHaveSingleItem().Text("to").ShouldBe("no address");
        (await List("?q=ANA%40")).ShouldHaveSingleItem().Text("to").ShouldBe("ana@example.com");
        (await List("?q=%25")).ShouldBeEmpty("A per cent sign is a per cent sign.");
        var first = await (await manager.Client.GetAsync("/v1/deliveries?limit=1")).Json();
        (await List($"?limit=1&cursor={first.Text("next")}")).ShouldHaveSingleItem().Text("to").ShouldBe("ana@example.com");
        (await (await manager.Client.GetAsync("/v1/deliveries?state=lost")).Json()).Text("code").ShouldBe("query-state");
    }

    [Fact]
    public async Task Deliveries_about_a_customer_can_be_listed_alone()
    {
        var customer = await server.NewCustomer();
        await Add("ana@example.com");
        await Add("cus@example.com", customer);
        (await List($"?customer={customer.Id}")).ShouldHaveSingleItem().Text("customer").ShouldBe(customer.Id);
        await (await manager.Client.GetAsync("/v1/deliveries?customer=cus_nobody")).ShouldBeProblem(HttpStatusCode.NotFound, "customer-not-found");
    }

    [Fact]
    public async Task A_failed_message_waits_again_and_the_audit_trail_knows_who_asked()
    {
        await Add("no address");
        var id = (await List(""))[0].Text("id");
        (await manager.Client.PostAsync($"/v1/deliveries/{id}/sending", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await List(""))[0].Text("state").ShouldBe("waiting");
        await (await manager.Client.PostAsync($"/v1/deliveries/{id}/sending", null)).ShouldBeProblem(HttpStatusCode.Conflict, "message-not-failed");
        await (await manager.Client.PostAsync("/v1/deliveries/msg_00000000000000000000000000/sending", null)).ShouldBeProblem(HttpStatusCode.NotFound, "message-not-found");
        await (await manager.Client.PostAsync("/v1/deliveries/x/sending", null)).ShouldBeProblem(HttpStatusCode.NotFound, "message-not-found");
        using var auditor = server.Client(server.OperatorKey);
        (await auditor.GetStringAsync($"/v1/audit-trail?customer={CustomerId.Installation}&subject={id}")).ShouldContain("message.sent-again");
    }

    [Fact]
    public async Task All_that_failed_waits_again_at_once()
    {
        await Add("no address 1");
        await Add("no address 2");
        await Add("ana@example.com");
        (await (await manager.Client.PostAsync("/v1/deliveries/sendings", null)).Json()).GetProperty("count").GetInt32().ShouldBe(2);
        (await List("?state=waiting")).Count.ShouldBe(3);
        (await (await manager.Client.PostAsync("/v1/deliveries/sendings", null)).Json()).GetProperty("count").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task What_was_wiped_cannot_be_sent_again()
    {
        await Add("no address", holdsSecret: true);
        await server.Database.ForOperator(work => work.Execute("update notify_messages set sealed = null"));
        var item = (await List(""))[0];
        item.GetProperty("canSendAgain").GetBoolean().ShouldBeFalse();
        await (await manager.Client.PostAsync($"/v1/deliveries/{item.Text("id")}/sending", null)).ShouldBeProblem(HttpStatusCode.Conflict, "message-wiped");
        (await (await manager.Client.PostAsync("/v1/deliveries/sendings", null)).Json()).GetProperty("count").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Without_a_mail_server_the_state_says_so_and_a_test_fails_with_the_fix()
    {
        await Add("ana@example.com");
        var state = await (await manager.Client.GetAsync("/v1/mail")).Json();
        (state.GetProperty("isSetUp").GetBoolean(), state.GetProperty("waiting").GetInt64(), state.GetProperty("failed").GetInt64()).ShouldBe((false, 1, 0));
        var tested = await (await manager.Client.PostText("/v1/mail/tests", """{"address":"ana@example.com"}""")).Json();
        (tested.Text("state"), tested.GetProperty("failure").Text("code")).ShouldBe(("failed", "mail-not-set-up"));
        foreach (var (body, fault) in new[] { ("{}", "/address member-missing"), ("""{"address":"Ana <a@b.example>"}""", "/address address-unusable"), ("""{"address":"a@b.example\nBcc: c@d.example"}""", "/address address-unusable") })
        {
            (await (await manager.Client.PostText("/v1/mail/tests", body)).Json()).Faults().ShouldBe([fault]);
        }
    }

    [Fact]
    public async Task Users_do_not_see_whom_mail_goes_to()
    {
        using var user = await Staff.SignedIn(server, StaffRole.User);
        foreach (var path in new[] { "/v1/deliveries", "/v1/mail" })
        {
            await (await user.Client.GetAsync(path)).ShouldBeProblem(HttpStatusCode.Forbidden, "role-missing");
        }
    }

    private async Task Add(string to, TestCustomer? about = null, bool holdsSecret = false)
    {
        var customer = CustomerId.Installation;
        if (about is not null)
        {
            TypedId.TryParse(about.Id, out customer).ShouldBeTrue();
        }

        await server.Database.ForCustomer(customer, async work =>
        {
            await server.Services.GetRequiredService<IOutbox>().Add(work, new OutgoingMessage { Customer = customer, Kind = "test", MailTo = to, Subject = "A subject", Text = "zqTEXTqz", HoldsSecret = holdsSecret });
            return true;
        });
    }

    private async Task<List<JsonElement>> List(string query) =>
        [.. (await (await manager.Client.GetAsync("/v1/deliveries" + query)).Json()).GetProperty("items").EnumerateArray()];
}
