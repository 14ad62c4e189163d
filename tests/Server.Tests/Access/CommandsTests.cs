using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cairn.Server.Tests.Access;

/// <summary>The commands as a user runs them: the program itself, beside a running server.</summary>
public sealed class CommandsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Creating_a_customer_and_a_key_prints_exactly_what_programs_need()
    {
        var customer = Json(await Run("customer", "create", "--name", "Acme & Sons", "--json"));
        Names(customer).ShouldBe(["id", "receiptSecret"]);

        var key = Json(await Run("apikey", "create", "--customer", customer.Text("id"), "--scope", "ingest", "--scope", "read,admin", "--expires", "90d", "--json"));
        Names(key).ShouldBe(["id", "key"]);
        var shown = await (await server.Client(key.Text("key")).GetAsync("/v1/customers/" + customer.Text("id"))).Json();
        shown.Text("name").ShouldBe("Acme & Sons");

        var listed = Json(await Run("apikey", "list", "--customer", customer.Text("id"), "--json")).GetProperty("items");
        var one = listed.EnumerateArray().ShouldHaveSingleItem();
        one.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["ingest", "read", "admin"]);
        one.Text("createdBy").ShouldBe("command line");
        one.Text("expiresAt").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_key_revoked_on_the_command_line_is_refused_by_the_running_server()
    {
        var customer = await server.NewCustomer();
        var key = Json(await Run("apikey", "create", "--customer", customer.Id, "--scope", "read", "--json"));
        using var client = server.Client(key.Text("key"));
        (await client.GetAsync("/v1/customers")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await Run("apikey", "revoke", key.Text("id"), "--customer", customer.Id)).Code.ShouldBe(0);

        await Eventually.Holds(async () => (await client.GetAsync("/v1/customers")).StatusCode == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_operator_key_reaches_every_customer()
    {
        var customer = await server.NewCustomer();
        var key = Json(await Run("apikey", "create", "--operator", "--scope", "read", "--json"));
        (await server.Client(key.Text("key")).GetAsync("/v1/customers/" + customer.Id)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task People_are_told_that_a_secret_is_shown_only_once_and_what_it_is_for()
    {
        var customer = await Run("customer", "create", "--name", "Acme");
        customer.Out.ShouldContain("shown only this once");
        customer.Out.ShouldContain("check the signature");
        customer.Out.ShouldContain("cairn apikey create --customer cus_");

        var key = await Run("apikey", "create", "--operator", "--scope", "read");
        key.Out.ShouldContain("shown only this once");
        key.Out.ShouldContain("Authorization: Bearer <key>");
    }

    [Fact]
    public async Task A_customer_can_be_found_and_shown()
    {
        var made = Json(await Run("customer", "create", "--name", "Findable Ltd", "--acv", "1200.50 GBP", "--tag", "uk", "pilot", "--time-zone", "Europe/London", "--json"));
        var listed = Json(await Run("customer", "list", "--name", "findable", "--json")).GetProperty("items");
        listed.EnumerateArray().ShouldHaveSingleItem().Text("id").ShouldBe(made.Text("id"));
        (await Run("customer", "show", made.Text("id"))).Out.ShouldContain("1200.50 GBP");
    }

    [Theory]
    [InlineData("'write' is not one of: ingest, read, admin.", "apikey", "create", "--operator", "--scope", "write")]
    [InlineData("either --customer ID or --operator", "apikey", "create", "--scope", "read")]
    [InlineData("either --customer ID or --operator", "apikey", "list", "--operator", "--customer", "cus_01m7z3vjepfhyrcmb0cb0d3zhn")]
    [InlineData("There is no such customer", "apikey", "create", "--scope", "read", "--customer", "cus_01m7z3vjepfhyrcmb0cb0d3zhn")]
    [InlineData("There is no such customer", "customer", "show", "nonsense")]
    [InlineData("has no API key of that id", "apikey", "revoke", "key_01m7z3vjepfhyrcmb0cb0d3zhn", "--operator")]
    [InlineData("is no end for a key", "apikey", "create", "--operator", "--scope", "read", "--expires", "soon")]
    [InlineData("is no zone of the IANA database", "customer", "create", "--name", "Acme", "--time-zone", "Mars")]
    public async Task A_refused_command_says_why_and_fails(string why, params string[] arguments)
    {
        var (code, output, error) = await Run(arguments);
        code.ShouldNotBe(0);
        error.ShouldContain(why);
        output.ShouldBeEmpty();
    }

    private static JsonElement Json((int Code, string Out, string Error) ran)
    {
        ran.Code.ShouldBe(0, ran.Error);
        using var document = JsonDocument.Parse(ran.Out);
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private async Task<(int Code, string Out, string Error)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "cairn"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["ConnectionStrings__Cairn"] = server.OwnerConnectionString;
        start.Environment["CAIRN_DATA"] = server.Services.GetRequiredService<CairnOptions>().Data.FullName;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(new CancellationTokenSource(Limit).Token);
        return (process.ExitCode, await output, await error);
    }
}
