using System.Net;
using System.Text;
using Cairn.Server.Tests.Api;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>The side doors of the portal: what one of B's people tries on customer A. Nothing of A may come out, in whatever answer.</summary>
public sealed class PortalIsolationTests(MatrixWorld world) : IClassFixture<MatrixWorld>
{
    [Fact]
    public async Task Nothing_of_A_comes_out_at_any_side_door()
    {
        var (personOfA, ofA) = await world.Server.Admit(world.A, "one@example.com");
        var (_, ofB) = await world.Server.Admit(world.B, "two@example.com");
        using var own = world.Server.Visitor(ofA);
        using var visitor = world.Server.Visitor(ofB);
        world.TellsOfA(await own.GetStringAsync("/v1/portal/home")).ShouldBeFalse("A home names kinds and types; this one shares all of each.");
        var page = await (await own.GetAsync("/v1/portal/receipts?limit=1")).Json();
        world.TellsOfA(page.GetRawText()).ShouldBeTrue("A search that finds nothing anywhere would prove nothing.");
        var cursor = page.Text("next");
        var doors = new[]
        {
            "/v1/portal/home", $"/v1/portal/home?customer={world.A.Id}", $"/v1/portal/sessions/current?customer={world.A.Id}", $"/v1/portal/team?customer={world.A.Id}",
            $"/v1/portal/contacts?customer={world.A.Id}", $"/v1/portal/data-quality?customer={world.A.Id}", $"/v1/portal/log/vkey?customer={world.A.Id}",
            "/v1/portal/receipts", $"/v1/portal/receipts?customer={world.A.Id}", $"/v1/portal/receipts?cursor={cursor}", $"/v1/portal/receipts/{MatrixWorld.PlainEventId}",
            $"/v1/portal/receipts/{MatrixWorld.PlainEventId}?customer={world.A.Id}", $"/v1/portal/receipts/{MatrixWorld.PlainEventId}?source=%2Fsrc", $"/v1/portal/receipts/{MatrixWorld.PlainEventId}/proof",
            $"/v1/customers/{world.A.Id}", "/v1/customers", "/v1/customers?q=Ltd", $"/v1/customers/{world.A.Id}/portal-people", $"/v1/customers/{world.A.Id}/portal-people/{personOfA}",
            $"/v1/customers/{world.A.Id}/shares", $"/v1/events?customer={world.A.Id}", "/v1/events", $"/v1/audit-trail?customer={world.A.Id}", $"/v1/events/stream?customer={world.A.Id}",
            $"/v1/receipts/{MatrixWorld.PlainEventId}", $"/v1/customers/{world.A.Id}/log/checkpoint", "/v1/sessions/current",
        };
        foreach (var door in doors)
        {
            using var answer = await visitor.GetAsync(door, HttpCompletionOption.ResponseHeadersRead);
            if (!door.StartsWith("/v1/portal", StringComparison.Ordinal))
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{door}: a person of a customer reaches no other route than the portal's.");
            }

            var heads = string.Concat(answer.Headers.Concat(answer.Content.Headers).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n"));
            var all = heads + Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync());
            world.TellsOfA(all).ShouldBeFalse($"{door} tells B of A:\n{all}");
        }
    }

    [Fact]
    public async Task Even_for_A_itself_its_people_reach_nothing_but_the_portal()
    {
        var (_, cookie) = await world.Server.Admit(world.A, "three@example.com", "executive-sponsor");
        using var visitor = world.Server.Visitor(cookie);
        foreach (var door in new[] { $"/v1/customers/{world.A.Id}", "/v1/events", "/v1/audit-trail", $"/v1/receipts/{MatrixWorld.PlainEventId}", $"/v1/customers/{world.A.Id}/shares" })
        {
            await (await visitor.GetAsync(door)).ShouldBeProblem(HttpStatusCode.Forbidden, "staff-required");
        }
    }

    [Fact]
    public async Task A_request_that_another_site_made_the_browser_send_changes_nothing()
    {
        var (_, cookie) = await world.Server.Admit(world.B, "four@example.com");
        using var elsewhere = world.Server.Client();
        elsewhere.DefaultRequestHeaders.Add("Cookie", cookie);
        await (await elsewhere.DeleteAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Forbidden, "cross-site-request");
        elsewhere.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        await (await elsewhere.DeleteAsync("/v1/portal/sessions/current")).ShouldBeProblem(HttpStatusCode.Forbidden, "cross-site-request");
        await (await elsewhere.PostText("/v1/portal/sessions", """{"token":"x"}""")).ShouldBeProblem(HttpStatusCode.Forbidden, "cross-site-request");
        using var visitor = world.Server.Visitor(cookie);
        (await visitor.GetAsync("/v1/portal/sessions/current")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
