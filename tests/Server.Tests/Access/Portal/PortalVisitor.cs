using System.Net;
using System.Net.Http.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Access.Portal;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Access.Portal;

/// <summary>Somebody at the portal's door: invited by an operator, coming in as a browser would.</summary>
internal static class PortalVisitor
{
    /// <summary>Invites a person; their id and the token of their invitation.</summary>
    public static async Task<(string Person, string Token)> Invite(this ServerFixture server, TestCustomer customer, string email = "jo@example.com", params string[] roles)
    {
        using var client = server.Client(server.OperatorKey);
        using var answer = await client.PostAsJsonAsync($"/v1/customers/{customer.Id}/portal-people", new { name = "Jo Ito", email, roles = roles.Length == 0 ? ["member"] : roles });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var invited = await answer.Json();
        return (invited.GetProperty("person").Text("id"), TokenOf(invited.Text("link")));
    }

    /// <summary>Invites a person and comes in as them; their id and the cookie of their session.</summary>
    public static async Task<(string Person, string Cookie)> Admit(this ServerFixture server, TestCustomer customer, string email = "jo@example.com", params string[] roles)
    {
        var (person, token) = await server.Invite(customer, email, roles);
        return (person, CookieOf(await server.Enter(token)));
    }

    public static Task<HttpResponseMessage> Enter(this ServerFixture server, string token, bool isConfirmed = true, string? cookie = null)
    {
        var client = server.Client();
        if (cookie is not null)
        {
            client.DefaultRequestHeaders.Add("Cookie", cookie);
        }

        return client.PostAsJsonAsync("/v1/portal/sessions", new { token, confirmed = isConfirmed });
    }

    /// <summary>A browser that is signed in to the portal.</summary>
    public static HttpClient Visitor(this ServerFixture server, string cookie)
    {
        var client = server.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    /// <summary>A sign-in link of a person, as a mail would bring it, asked for by the browser with this secret.</summary>
    public static async Task<string> Link(this ServerFixture server, TestCustomer customer, string person, string browserSecret)
    {
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        TypedId.TryParse<PortalPersonId>(person, out var personId).ShouldBeTrue();
        var token = new AccessToken(id, NewId.Next(), AccessSecrets.New());
        var now = server.Services.GetRequiredService<Clock>().Now;
        await server.Database.ForCustomer(id, async work =>
        {
            var row = (await PortalStore.Find(work, id, personId))!;
            return await PortalEntryStore.AddLink(work, row.ToPerson(), token.Id, AccessSecrets.Hash(token.Secret), AccessSecrets.Hash(browserSecret), now);
        });
        return token.Write(PortalTokens.LinkWord);
    }

    /// <summary>The cookie of a further session of a person.</summary>
    public static async Task<string> PortalSession(this ServerFixture server, TestCustomer customer, string person)
    {
        TypedId.TryParse<CustomerId>(customer.Id, out var id).ShouldBeTrue();
        TypedId.TryParse<PortalPersonId>(person, out var personId).ShouldBeTrue();
        var now = server.Services.GetRequiredService<Clock>().Now;
        return "cairn-portal=" + await server.Database.ForCustomer(id, async work =>
            await EnterPortal.BeginSession(work, (await PortalStore.Find(work, id, personId))!.ToPerson(), now));
    }

    public static string TokenOf(string link)
    {
        link.ShouldStartWith("/portal/enter#");
        return link.Split('#')[1];
    }

    public static string CookieOf(HttpResponseMessage answer)
    {
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return answer.Headers.GetValues("Set-Cookie").First(line => line.StartsWith("cairn-portal=", StringComparison.Ordinal)).Split(';')[0];
    }

    /// <summary>Rewrites a token as if it were another customer's.</summary>
    public static string Moved(string token, TestCustomer to)
    {
        var parts = token.Split('_');
        parts[1] = to.Id["cus_".Length..];
        return string.Join('_', parts);
    }
}
