using System.Net;
using System.Text.Json;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Notify;

public sealed class InboxTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_message_is_in_the_inbox_of_whom_it_is_for_and_of_nobody_else()
    {
        using var ana = await Staff.SignedIn(server, StaffRole.Viewer);
        using var admin = await Staff.SignedIn(server, StaffRole.Admin);
        await Tell(ana, "Hello", "/customers");
        var item = (await List(ana)).ShouldHaveSingleItem();
        (item.Text("subject"), item.Text("text"), item.Text("path"), item.Text("kind")).ShouldBe(("Hello", "A text.", "/customers", "test"));
        (item.GetProperty("readAt").ValueKind, item.GetProperty("customer").ValueKind).ShouldBe((JsonValueKind.Null, JsonValueKind.Null));
        (await List(admin)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Messages_are_read_one_by_one_and_unread_again()
    {
        using var ana = await Staff.SignedIn(server, StaffRole.User);
        await Tell(ana, "First");
        await Tell(ana, "Second");
        var items = await List(ana);
        items.Select(item => item.Text("subject")).ShouldBe(["Second", "First"], "Newest first.");
        (await Unread(ana)).ShouldBe(2);
        var reading = $"/v1/inbox/{items[0].Text("id")}/reading";
        for (var time = 0; time < 2; time++)
        {
            (await ana.Client.PutAsync(reading, null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
            (await Unread(ana)).ShouldBe(1);
        }

        (await List(ana, "?unread=true")).ShouldHaveSingleItem().Text("subject").ShouldBe("First");
        (await ana.Client.DeleteAsync(reading)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Unread(ana)).ShouldBe(2);
    }

    [Fact]
    public async Task All_are_read_up_to_the_newest_that_was_seen()
    {
        using var ana = await Staff.SignedIn(server, StaffRole.User);
        await Tell(ana, "Seen");
        var seen = (await List(ana))[0].Text("id");
        await Tell(ana, "Came meanwhile");
        (await ana.Client.PostText("/v1/inbox/readings", $$"""{"upTo":"{{seen}}"}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await List(ana, "?unread=true")).ShouldHaveSingleItem().Text("subject").ShouldBe("Came meanwhile");
        (await ana.Client.PostText("/v1/inbox/readings", """{"upTo":null}""")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Unread(ana)).ShouldBe(0);
        var refused = await (await ana.Client.PostText("/v1/inbox/readings", """{"upTo":"x","more":1}""")).Json();
        refused.Faults().ShouldBe(["/upTo message-not-found", "/more member-unknown"]);
        (await ana.Client.PostText("/v1/inbox/readings", "[]")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_message_about_a_customer_who_is_out_of_reach_is_not_there()
    {
        var (near, far) = (await Customer("Near"), await Customer("Far"));
        using var ana = await Staff.SignedIn(server, StaffRole.User, near);
        await Tell(ana, "Of nobody in particular");
        await Tell(ana, "Near", customer: near);
        await Tell(ana, "Far", customer: far);
        (await List(ana)).Select(item => item.Text("subject")).ShouldBe(["Near", "Of nobody in particular"]);
        (await Unread(ana)).ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_marks_the_message_of_another()
    {
        using var ana = await Staff.SignedIn(server, StaffRole.User);
        using var eve = await Staff.SignedIn(server, StaffRole.Admin);
        await Tell(ana, "Ana's");
        var id = (await List(ana))[0].Text("id");
        (await eve.Client.PutAsync($"/v1/inbox/{id}/reading", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent, "As for one that is not there.");
        (await Unread(ana)).ShouldBe(1);
        await (await eve.Client.PutAsync("/v1/inbox/nonsense/reading", null)).ShouldBeProblem(HttpStatusCode.NotFound, "message-not-found");
        await (await eve.Client.DeleteAsync("/v1/inbox/nonsense/reading")).ShouldBeProblem(HttpStatusCode.NotFound, "message-not-found");
    }

    [Fact]
    public async Task A_long_inbox_comes_in_pages()
    {
        using var ana = await Staff.SignedIn(server, StaffRole.User);
        for (var number = 0; number < 5; number++)
        {
            await Tell(ana, $"Number {number}");
        }

        var subjects = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = await (await ana.Client.GetAsync($"/v1/inbox?limit=2{next}")).Json();
            subjects.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.Text("subject")));
            next = page.GetProperty("next").GetString() is { } cursor ? "&cursor=" + cursor : null;
        }

        subjects.ShouldBe(["Number 4", "Number 3", "Number 2", "Number 1", "Number 0"]);
        (await ana.Client.GetAsync("/v1/inbox?limit=0&unread=perhaps")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_secret_is_not_shown_in_the_inbox()
    {
        using var ana = await Staff.SignedIn(server, StaffRole.User);
        await Tell(ana, "Sealed", "/portal#zqSECRETqz", holdsSecret: true);
        var text = await ana.Client.GetStringAsync("/v1/inbox");
        text.ShouldContain("Sealed");
        text.ShouldNotContain("zqSECRETqz");
        text.ShouldNotContain("A text.");
    }

    [Fact]
    public async Task The_stream_tells_the_number_at_once_and_whenever_it_changes()
    {
        using var ana = await Staff.SignedIn(server, StaffRole.Viewer);
        using var answer = await ana.Client.GetAsync("/v1/inbox/stream", HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        (await Next(reader)).ShouldBe("""{"unread":0}""");
        await Tell(ana, "One");
        (await Next(reader)).ShouldBe("""{"unread":1}""");
        await ana.Client.PutAsync($"/v1/inbox/{(await List(ana))[0].Text("id")}/reading", null);
        (await Next(reader)).ShouldBe("""{"unread":0}""");
        (await ana.Client.DeleteAsync("/v1/sessions/current")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Next(reader)).ShouldBe("""{"code":"access-ended"}""");
    }

    [Fact]
    public async Task An_inbox_is_a_persons()
    {
        using var program = server.Client(server.OperatorKey);
        await (await program.GetAsync("/v1/inbox")).ShouldBeProblem(HttpStatusCode.Forbidden, "person-required");
    }

    private async Task Tell(Staff staff, string subject, string? path = null, bool holdsSecret = false, CustomerId? customer = null) => await server.Database.ForCustomer(customer ?? CustomerId.Installation, async work =>
    {
        await server.Services.GetRequiredService<IOutbox>().Add(work, new OutgoingMessage
        {
            Customer = customer ?? CustomerId.Installation,
            Kind = "test",
            Inbox = staff.Id,
            Subject = subject,
            Text = "A text.",
            Path = path,
            HoldsSecret = holdsSecret,
        });
        return true;
    });

    private async Task<CustomerId> Customer(string name)
    {
        TypedId.TryParse<CustomerId>((await server.NewCustomer(name)).Id, out var id).ShouldBeTrue();
        return id;
    }

    private static async Task<List<JsonElement>> List(Staff staff, string query = "") =>
        [.. (await (await staff.Client.GetAsync("/v1/inbox" + query)).Json()).GetProperty("items").EnumerateArray()];

    private static async Task<long> Unread(Staff staff) => (await (await staff.Client.GetAsync("/v1/inbox/unread")).Json()).GetProperty("unread").GetInt64();

    private static async Task<string> Next(StreamReader reader)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                return line["data: ".Length..];
            }
        }

        throw new EndOfStreamException();
    }
}
