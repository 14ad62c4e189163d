using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Faults;

/// <summary>One data directory for all tests of a class, with a customer in it; no server runs between them.</summary>
public sealed class InstallationFixture : IAsyncLifetime
{
    internal TestInstallation Installation { get; } = new();

    internal FaultCustomer Customer { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Customer = await FaultCustomer.Create(Installation);

    public ValueTask DisposeAsync() => Installation.DisposeAsync();
}

/// <summary>How <c>cairn serve</c> begins and ends beside other programs on the same directory.</summary>
[Collection(FaultsCollection.Name)]
[Trait(FaultsCollection.Trait, FaultsCollection.Fault)]
public sealed class ServeTests(InstallationFixture fixture) : IClassFixture<InstallationFixture>
{
    private readonly TestInstallation installation = fixture.Installation;

    [Fact]
    public async Task A_second_server_on_the_same_directory_is_refused()
    {
        var server = await installation.Serve();
        var second = await installation.Run("serve", "--urls", "http://localhost:0");
        second.ExitCode.ShouldBe(1);
        second.Errors.ShouldContain($"Another server runs on {installation.Data.FullName}. Stop it first, or give another --data.");
        var forPrograms = await installation.Run("serve", "--urls", "http://localhost:0", "--json");
        forPrograms.ExitCode.ShouldBe(1);
        JsonDocument.Parse(forPrograms.Errors).RootElement.GetProperty("code").GetString().ShouldBe("already-serving");
        await IsReady(server);
        await End(server);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_is_asked_to_stop_finishes_what_is_in_flight_and_leaves_no_process(bool byCtrlC)
    {
        var server = await installation.Serve();
        var ids = Enumerable.Range(0, 1_200).Select(line => $"drain-{byCtrlC}-{line}").ToList();
        var lines = string.Concat(ids.Select(id => $"{{\"specversion\":\"1.0\",\"id\":\"{id}\",\"source\":\"/s\",\"type\":\"t\"}}\n"));
        using var client = HeldContent.Client(server.Address, fixture.Customer.Key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/events") { Content = new StringContent("", Encoding.UTF8, "application/x-ndjson") };
        var held = HeldContent.Hold(request, Encoding.UTF8.GetBytes(lines));
        var answering = client.SendAsync(request);
        await held.IsAwaited.WaitAsync(Limits.Program);

        Ask(server, byCtrlC);
        await Eventually.Holds(async () => !await TakesConnections(server.Address));
        held.Release();
        using var answer = await answering;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var result = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        result.GetProperty("accepted").GetInt32().ShouldBe(ids.Count);
        (await server.UntilEnded()).ShouldBe(0, server.Printed);
        installation.Postmaster.ShouldBeNull();
        installation.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task After_a_killed_server_the_next_one_joins_the_database_that_survived()
    {
        var killed = await installation.Serve();
        var postmaster = installation.Postmaster.ShouldNotBeNull();
        await killed.Kill();
        installation.Postmaster.ShouldBe(postmaster);
        var next = await installation.Serve();
        installation.Postmaster.ShouldBe(postmaster);
        await End(next);
    }

    [Fact]
    public async Task A_command_joins_the_database_of_a_running_server_and_leaves_it_running()
    {
        var server = await installation.Serve();
        var postmaster = installation.Postmaster.ShouldNotBeNull();
        var listed = (await installation.Run("customer", "list", "--json")).Json();
        listed.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).ShouldContain(fixture.Customer.Id);
        (await installation.Run("ledger", "verify", "--json")).Json().GetProperty("holds").GetBoolean().ShouldBeTrue();
        installation.Postmaster.ShouldBe(postmaster);
        await IsReady(server);
        await End(server);
    }

    [Fact]
    public async Task A_server_that_starts_and_stops_while_a_command_works_leaves_the_command_its_database()
    {
        // What a long command does: it joins the directory's database and stays.
        await using (var command = await installation.Join())
        {
            var postmaster = command.PostmasterPid.ShouldNotBeNull();
            var server = await installation.Serve();
            server.AskToEnd();
            (await server.UntilEnded()).ShouldBe(0, server.Printed);
            command.PostmasterPid.ShouldBe(postmaster);
        }

        installation.Processes().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_and_a_command_may_make_the_installation_at_the_same_moment()
    {
        await using var empty = new TestInstallation();
        var server = empty.BeginServe();
        var made = await empty.Run("customer", "create", "--name", "Early", "--json");
        made.Json().GetProperty("id").GetString().ShouldNotBeNull();
        await server.UntilReady();
        var verified = (await empty.Run("ledger", "verify", "--json")).Json();
        verified.GetProperty("holds").GetBoolean().ShouldBeTrue();
        verified.GetProperty("logs").GetArrayLength().ShouldBe(2);
        await End(server);
    }

    private static void Ask(ServeProcess server, bool byCtrlC)
    {
        if (byCtrlC)
        {
            server.PressCtrlC();
        }
        else
        {
            server.AskToEnd();
        }
    }

    private static async Task<bool> TakesConnections(Uri address)
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static async Task IsReady(ServeProcess server)
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        (await client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task End(ServeProcess server)
    {
        server.AskToEnd();
        (await server.UntilEnded()).ShouldBe(0, server.Printed);
    }
}
