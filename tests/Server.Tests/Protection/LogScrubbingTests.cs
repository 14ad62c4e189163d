using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Faults;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Protection;

/// <summary>Runs the real server through good and bad days and reads everything that it printed: no secret is in it.</summary>
[Collection(FaultsCollection.Name)]
[Trait(FaultsCollection.Trait, FaultsCollection.Fault)]
public sealed class LogScrubbingTests
{
    private const string Password = "zq administrator passphrase qz";
    private const string MailPassword = "zq mail password qz";

    [Fact]
    public async Task The_log_holds_no_key_cookie_password_link_or_receipt_secret()
    {
        await using var installation = new TestInstallation();
        var customer = await FaultCustomer.Create(installation);
        installation.Settings["CAIRN_ADMIN_EMAIL"] = "ada@example.com";
        installation.Settings["CAIRN_ADMIN_PASSWORD"] = Password;
        installation.Settings["CAIRN_SMTP_HOST"] = "localhost";
        installation.Settings["CAIRN_SMTP_PORT"] = "1";
        installation.Settings["CAIRN_SMTP_USER"] = "cairn";
        installation.Settings["CAIRN_SMTP_PASSWORD"] = MailPassword;
        installation.Settings["CAIRN_MAIL_FROM"] = "cairn@example.com";
        var server = await installation.Serve();
        var secrets = new List<string> { Password, MailPassword, customer.Key, customer.ReceiptSecret, File.ReadAllText(Path.Combine(installation.Data.FullName, "master.key")).Trim() };
        using (var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = server.Address })
        {
            var cookie = await SignIn(client);
            secrets.Add(cookie.Split('=', 2)[1]);
            await Misuse(client, customer, cookie);
            var made = await Say(client, HttpMethod.Post, $"/v1/customers/{customer.Id}/api-keys", """{"name":"k","scopes":["read"]}""", cookie);
            secrets.Add((await made.Json()).Text("key"));
            await Say(client, HttpMethod.Post, "/v1/mail/tests", """{"address":"ana@example.com"}""", cookie);

            // Requests that the database dies under are where an exception with a command's parameters could be printed.
            var going = Enumerable.Range(0, 40).Select(number => Post(client, customer.Key, number)).ToList();
            installation.KillDatabase();
            await Task.WhenAll(going);
            await server.UntilReady();
            await Misuse(client, customer, cookie);
        }

        server.AskToEnd();
        (await server.UntilEnded()).ShouldBe(0);
        server.Printed.ShouldContain("answers at");
        foreach (var secret in secrets)
        {
            secret.Length.ShouldBeGreaterThan(10);
            server.Printed.Contains(secret, StringComparison.Ordinal).ShouldBeFalse($"A secret of {secret.Length} characters is in the log.");
            // The part after the public id is the secret of a token.
            server.Printed.Contains(secret.Split('_')[^1], StringComparison.Ordinal).ShouldBeFalse("The secret part of a token is in the log.");
        }

        // A database that starts again is a line each time, never a stack trace.
        server.Printed.Split('\n').Where(line => line.Contains("   at ", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_setup_link_is_printed_once_for_the_person_at_the_terminal_and_its_use_is_not()
    {
        await using var installation = new TestInstallation();
        var server = await installation.Serve();
        await Eventually.Holds(() => Task.FromResult(server.Printed.Contains("/setup#", StringComparison.Ordinal)));
        var token = server.Printed.Split("/setup#")[1].Split('\n')[0].Trim();
        using var client = new HttpClient { BaseAddress = server.Address };
        using var answer = await client.PostAsJsonAsync("/v1/setup", new { token, name = "Ada", email = "ada@example.com", password = Password });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        using var again = await client.PostAsJsonAsync("/v1/setup", new { token, name = "Eve", email = "eve@example.com", password = Password });
        again.IsSuccessStatusCode.ShouldBeFalse();
        server.AskToEnd();
        await server.UntilEnded();
        server.Printed.Split(token).Length.ShouldBe(2, "Printed once, at the start.");
        server.Printed.ShouldNotContain(Password);
    }

    private static async Task<string> SignIn(HttpClient client)
    {
        using var answer = await client.PostAsJsonAsync("/v1/sessions", new { email = "ada@example.com", password = Password });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues("Set-Cookie").First().Split(';')[0];
    }

    /// <summary>What goes wrong every day: secrets in the wrong place, broken bodies, unknown addresses.</summary>
    private static async Task Misuse(HttpClient client, FaultCustomer customer, string cookie)
    {
        await Say(client, HttpMethod.Post, "/v1/sessions", $$"""{"email":"ada@example.com","password":"{{Password}}x"}""", null);
        await Say(client, HttpMethod.Post, "/v1/sessions", $$"""{"email":"ada@example.com","password":"{{Password}}" """, null);
        await Say(client, HttpMethod.Post, "/v1/customers", $$"""{"name": {"{{customer.ReceiptSecret}}":1} }""", cookie);
        await Say(client, HttpMethod.Get, $"/v1/events?customer={customer.Id}&key={Uri.EscapeDataString(customer.Key)}", null, cookie);
        await Say(client, HttpMethod.Get, $"/no/such/{customer.Key}", null, cookie);
        await Say(client, HttpMethod.Get, $"/v1/events?type=%00{customer.Key}", null, cookie);
        using var wrong = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
        wrong.Headers.Authorization = new AuthenticationHeaderValue("Bearer", customer.Key + "x");
        (await client.SendAsync(wrong)).Dispose();
    }

    private static async Task<HttpResponseMessage> Say(HttpClient client, HttpMethod method, string path, string? body, string? cookie)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        return await client.SendAsync(request);
    }

    private static async Task Post(HttpClient client, string key, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent($$"""{"specversion":"1.0","id":"log-{{number}}","source":"/s","type":"t"}""", Encoding.UTF8, "application/cloudevents+json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request);
        ((int)answer.StatusCode).ShouldBeOneOf(200, 201, 503);
    }
}
