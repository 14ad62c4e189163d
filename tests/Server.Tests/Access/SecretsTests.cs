using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Cairn.Server.Access;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Cairn.Server.Tests.Access;

public sealed class SecretsTests(PostgresFixture postgres) : IAsyncLifetime
{
    private const string Password = "correct horse battery";

    private readonly ServerFixture server = new(postgres);
    private readonly EveryLine lines = new();

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        server.Services.GetRequiredService<ILoggerFactory>().AddProvider(lines);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        lines.Dispose();
    }

    [Fact]
    public async Task No_secret_stands_in_any_row_or_log_line()
    {
        var token = (await server.Services.GetRequiredService<EnsureAdministrator>().Run(null, null, CancellationToken.None)).ShouldNotBeNull();
        var cookie = (await server.Client().PostAsJsonAsync("/v1/setup", new { token, name = "Ada", email = "ada@example.com", password = Password }))
            .Headers.GetValues("Set-Cookie").Single().Split(';')[0].Split('=')[1];
        await server.Client().PostAsJsonAsync("/v1/sessions", new { email = "ada@example.com", password = Password + "!" });
        await server.Client().PostText("/v1/sessions", $$"""{"email":"ada@example.com","password":"{{Password}}""");
        var customer = await server.NewCustomer();
        var made = await (await server.Client(customer.Key).PostAsJsonAsync($"/v1/customers/{customer.Id}/api-keys", new { name = "orders", scopes = new[] { "read" } })).Json();
        var key = made.Text("key");
        (await server.Client(key).GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await server.Client(customer.Key).DeleteAsync($"/v1/customers/{customer.Id}/api-keys/{made.Text("id")}");
        (await server.Client(key).GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var secrets = new[] { token, Password, cookie[^52..], key[^52..], customer.Key[^52..], server.OperatorKey[^52..], customer.ReceiptSecret };
        var everything = await EveryRow() + string.Join('\n', lines.All);
        everything.ShouldContain(made.Text("id"));
        everything.ShouldContain("api-key.revoked");
        lines.All.ShouldContain(line => line.Contains("was refused (sign-in-refused)"));
        secrets.Where(secret => everything.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    // Every table as text; bytes both as hexadecimal and, where they are text, as text.
    private async Task<string> EveryRow()
    {
        await using var connection = new NpgsqlConnection(server.OwnerConnectionString);
        await connection.OpenAsync();
        var text = new System.Text.StringBuilder();
        foreach (var table in await Column(connection, "select tablename from pg_tables where schemaname = 'public'"))
        {
            text.AppendJoin('\n', await Column(connection, $"select t::text from {table} t"));
        }

        text.AppendJoin('\n', await Column(connection, "select convert_from(data_raw, 'UTF8') || convert_from(signed_text, 'UTF8') from ledger_entries"));
        return text.ToString();
    }

    private static async Task<IReadOnlyList<string>> Column(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var values = new List<string>();
        while (await reader.ReadAsync())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private sealed class EveryLine : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
