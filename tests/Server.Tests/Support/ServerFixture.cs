using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access;
using Cairn.Server.Customers;
using Cairn.Server.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Support;

/// <summary>A customer of the running server, with its receipt secret and a key for everything that is its own.</summary>
public sealed record TestCustomer(string Id, string ReceiptSecret, string Key);

/// <summary>The real server on a free port, over a database of its own, with an operator key. One for each test class.</summary>
public sealed class ServerFixture(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("cairn-server-");
    private Installation? installation;
    private WebApplication? app;

    /// <summary>What a test changes of how the server is set up.</summary>
    internal Func<CairnOptions, CairnOptions> With { get; init; } = options => options;

    public Uri Address { get; private set; } = null!;

    /// <summary>A key that may do everything for every customer.</summary>
    public string OperatorKey { get; private set; } = "";

    /// <summary>The owner's connection string of the server's database, to look behind the scenes.</summary>
    public string OwnerConnectionString { get; private set; } = "";

    public IServiceProvider Services => app!.Services;

    internal Database Database => Services.GetRequiredService<Database>();

    public async ValueTask InitializeAsync()
    {
        OwnerConnectionString = await postgres.NewDatabase();
        var options = new CairnOptions { Data = data, ConnectionString = OwnerConnectionString, LogName = "test-log", Region = "test", Hostname = "test-host" };
        installation = await Installation.Open(With(options), null, CancellationToken.None);
        app = await CairnServer.Build(installation, new ListenOptions(["http://127.0.0.1:0"]), CancellationToken.None);
        await app.StartAsync();
        Address = new Uri(app.Urls.First());
        OperatorKey = await NewKey(CustomerId.Installation, Scopes.All);
    }

    /// <summary>A client that shows the key, or nothing; its answers are never thrown at the test.</summary>
    public HttpClient Client(string? key = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <summary>A new customer, made through the API.</summary>
    public async Task<TestCustomer> NewCustomer(string name = "Any customer", string timeZone = "UTC")
    {
        using var client = Client(OperatorKey);
        var response = await client.PostAsJsonAsync("/v1/customers", new { name, timeZone });
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        var made = await response.Content.ReadFromJsonAsync<JsonElement>();
        var id = made.GetProperty("id").GetString()!;
        TypedId.TryParse<CustomerId>(id, out var customer).ShouldBeTrue();
        return new TestCustomer(id, made.GetProperty("receiptSecret").GetString()!, await NewKey(customer, Scopes.All));
    }

    /// <summary>A key with just these scopes.</summary>
    public async Task<string> NewKey(CustomerId customer, IReadOnlyList<string> scopes)
    {
        var made = await Services.GetRequiredService<CreateApiKey>().Run(
            customer, new ApiKeyDraft("a test's key", scopes, null), Actor.System, new InputFaults(), CancellationToken.None);
        made.IsOk.ShouldBeTrue();
        return made.Value.Text;
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }

        if (installation is not null)
        {
            await installation.DisposeAsync();
        }

        data.Delete(recursive: true);
    }
}
