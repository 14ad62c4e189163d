using System.Net.Http.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Access;

/// <summary>What a browser does for a person: it keeps cookies, and says that its requests come from a page of ours.</summary>
internal sealed class TestBrowser : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient client;

    public TestBrowser(ServerFixture server)
    {
        client = server.Client();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
    }

    public Dictionary<string, string> Cookies { get; } = [];

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        var answer = await client.SendAsync(request);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var (name, value) = (set.Split('=', 2)[0], set.Split('=', 2)[1].Split(';')[0]);
            if (value.Length == 0)
            {
                Cookies.Remove(name);
            }
            else
            {
                Cookies[name] = value;
            }
        }

        return answer;
    }

    public Task<HttpResponseMessage> Get(string path) => Send(HttpMethod.Get, path);

    public Task<HttpResponseMessage> Post(string path, object? body = null) => Send(HttpMethod.Post, path, body);

    public Task<HttpResponseMessage> Put(string path, object? body = null) => Send(HttpMethod.Put, path, body);

    public Task<HttpResponseMessage> Delete(string path) => Send(HttpMethod.Delete, path);

    public Task<HttpResponseMessage> SignIn(string email, string password = Password) => Post("/v1/sessions", new { email, password });

    public void Dispose() => client.Dispose();

    /// <summary>A new member of the staff, with <see cref="Password"/> unless they have none; the name of the mailbox is theirs alone.</summary>
    public static async Task<Person> NewPerson(ServerFixture server, StaffRole role = StaffRole.Admin, bool hasPassword = true)
    {
        var id = new PersonId(NewId.Next());
        var person = new Person(id, "Ada", $"{id}@example.com", role);
        var hash = await server.Services.GetRequiredService<Passwords>().Hash(Password, CancellationToken.None);
        await server.Database.ForCustomer(CustomerId.Installation, async work =>
        {
            await AccessStore.AddPerson(work, person, hash, server.Services.GetRequiredService<Clock>().Now);
            return hasPassword || await work.Execute("update access_people set password_hash = null where person_id = @id", new { id = id.Value }) == 1;
        });
        return person;
    }
}
