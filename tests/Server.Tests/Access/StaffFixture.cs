using System.Net.Http.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Access;

/// <summary>A server with one administrator, and short ways to make colleagues and act as them.</summary>
public sealed class StaffFixture(PostgresFixture postgres) : IAsyncLifetime
{
    public const string Password = "four words that nobody guesses";

    private int count;

    public ServerFixture Server { get; } = new(postgres);

    /// <summary>The administrator's browser.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public string AdminId { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        await Server.Services.GetRequiredService<EnsureAdministrator>().Run("root@example.com", Password, CancellationToken.None);
        Admin = Browser(await SignIn("root@example.com", Password));
        AdminId = (await (await Admin.GetAsync("/v1/sessions/current")).Json()).GetProperty("person").Text("id");
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Server.DisposeAsync();
    }

    public string NewEmail() => $"colleague{Interlocked.Increment(ref count)}@example.com";

    /// <summary>Somebody who was invited, chose a password by the link and signed in.</summary>
    public async Task<Colleague> Colleague(string role, string reach = "all", params string[] customers)
    {
        var email = NewEmail();
        var made = await (await Admin.PostAsJsonAsync("/v1/people", new { email, name = "A colleague", role, reach, customers = reach == "named" ? customers : null })).Json();
        var token = made.Text("link").Split('#')[1];
        (await Server.Client().PostAsJsonAsync("/v1/passwords", new { token, password = Password })).IsSuccessStatusCode.ShouldBeTrue();
        return new Colleague(made.GetProperty("person").Text("id"), email, Browser(await SignIn(email, Password)));
    }

    /// <summary>The cookie of a new session.</summary>
    public async Task<string> SignIn(string email, string password)
    {
        using var client = Server.Client();
        var answer = await client.PostAsJsonAsync("/v1/sessions", new { email, password });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    public HttpClient Browser(string cookie, string agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    {
        var client = Server.Client();
        client.DefaultRequestHeaders.Add("Cookie", cookie);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        client.DefaultRequestHeaders.UserAgent.ParseAdd(agent);
        return client;
    }
}

/// <summary>A colleague and their browser.</summary>
public sealed record Colleague(string Id, string Email, HttpClient Client);
