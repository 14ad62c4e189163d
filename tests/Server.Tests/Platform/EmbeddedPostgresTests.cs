using Cairn.Server.Platform;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Cairn.Server.Tests.Platform;

public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cairn-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_use_makes_a_database_and_the_last_one_out_stops_it()
    {
        var progress = new StringWriter();
        var first = await JoinAsync(folder, progress);
        var pid = first.PostmasterPid.ShouldNotBeNull();
        progress.ToString().ShouldContain("creating the database");

        var second = await JoinAsync(folder, progress);
        second.PostmasterPid.ShouldBe(pid);
        second.ConnectionString.ShouldBe(first.ConnectionString);

        await first.DisposeAsync();
        (await AskAsync(second, "select current_database()")).ShouldBe("cairn");

        await second.DisposeAsync();
        second.PostmasterPid.ShouldBeNull();
        IsRunning(pid).ShouldBeFalse();
    }

    [Fact]
    public async Task A_later_use_finds_what_an_earlier_one_committed()
    {
        await using (var first = await JoinAsync(folder))
        {
            await AskAsync(first, "create table kept (id int); insert into kept values (7)");
        }

        await using var second = await JoinAsync(folder);
        (await AskAsync(second, "select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task Two_first_uses_at_once_start_exactly_one_database()
    {
        var both = await Task.WhenAll(JoinAsync(folder), JoinAsync(folder));
        both[0].PostmasterPid.ShouldNotBeNull();
        both[0].PostmasterPid.ShouldBe(both[1].PostmasterPid);

        await Task.WhenAll(both[0].DisposeAsync().AsTask(), both[1].DisposeAsync().AsTask());
        both[0].PostmasterPid.ShouldBeNull();
    }

    [Fact]
    public async Task A_killed_database_is_started_again_with_every_committed_row()
    {
        await using var database = await JoinAsync(folder);
        await AskAsync(database, "create table kept (id int); insert into kept values (1), (2)");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var restarts = 0;
        database.Restarted += () => restarts++;
        var supervision = database.SuperviseAsync(NullLogger.Instance, stop.Token);

        for (var kill = 0; kill < 2; kill++)
        {
            var pid = database.PostmasterPid.ShouldNotBeNull();
            EmbeddedPostgresPostmaster.SignalAll([pid], EmbeddedPostgresPostmaster.Kill);
            await UntilAsync(() => database.PostmasterPid is { } now && now != pid);
            await database.EnsureRunningAsync(Cancellation);
            (await AskAsync(database, "select count(*) from kept")).ShouldBe(2L);
        }

        await UntilAsync(() => restarts == 2);
        await stop.CancelAsync();
        await supervision;
    }

    [Fact]
    public async Task A_server_process_in_the_middle_of_a_statement_does_not_delay_the_restart()
    {
        await using var database = await JoinAsync(folder);
        await using var busy = new NpgsqlConnection(database.ConnectionString);
        await busy.OpenAsync(Cancellation);
        await using var endless = new NpgsqlCommand(
            "do $$ begin loop null; end loop; end $$", busy) { CommandTimeout = 0 };
        var running = endless.ExecuteNonQueryAsync(Cancellation);
        var pid = database.PostmasterPid.ShouldNotBeNull();

        EmbeddedPostgresPostmaster.SignalAll([pid], EmbeddedPostgresPostmaster.Kill);
        await UntilAsync(() => database.PostmasterPid is null);
        await database.EnsureRunningAsync(Cancellation);

        database.PostmasterPid.ShouldNotBe(pid);
        await Should.ThrowAsync<NpgsqlException>(running);
    }

    [Fact]
    public async Task A_database_whose_users_were_all_killed_is_joined()
    {
        // What a killed program leaves: a running database on which nobody holds the lock.
        var folders = EmbeddedPostgresFolders.Prepare(folder);
        await new EmbeddedPostgresProcess(folders).JoinOrStartAsync(null, Cancellation);
        var pid = EmbeddedPostgresPostmaster.Find(folders).ShouldNotBeNull().Pid;

        var next = await JoinAsync(folder);
        next.PostmasterPid.ShouldBe(pid);

        await next.DisposeAsync();
        IsRunning(pid).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a folder of 'odd' names, \"quoted\"; $HOME and `more`: 100%")]
    [InlineData("a-path-that-is-too-long-for-a-socket-and-so-needs-another-place-for-it-under-the-folder-for-temporary-files-which-only-its-owner-may-open-and-nobody-else")]
    public async Task Any_path_will_do(string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            // Where root has no user namespaces, the database runs as a user who must pass through.
            File.SetUnixFileMode(folder.FullName, File.GetUnixFileMode(folder.FullName) | UnixFileMode.OtherExecute);
        }

        var database = await JoinAsync(new DirectoryInfo(Path.Combine(folder.FullName, name)));
        (await AskAsync(database, "select 1")).ShouldBe(1);
        await database.DisposeAsync();

        var socketFolder = new NpgsqlConnectionStringBuilder(database.ConnectionString).Host!;
        (socketFolder.StartsWith(folder.FullName, StringComparison.Ordinal) || !Directory.Exists(socketFolder)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_socket_cannot_be_reached_by_anybody_else()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no embedded database");
            return;
        }

        await using var database = await JoinAsync(folder);
        var socketFolder = new NpgsqlConnectionStringBuilder(database.ConnectionString).Host!;
        File.GetUnixFileMode(socketFolder).ShouldBe(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await AskAsync(database, "show listen_addresses")).ShouldBe("");
    }

    [Fact]
    public async Task Another_process_sees_the_use_and_its_end()
    {
        if (!File.Exists("/usr/bin/flock"))
        {
            Assert.Skip("flock is not installed, and it plays the other process");
        }

        var database = await JoinAsync(folder);
        string[] others = ["flock", "--exclusive", "--nonblock", Path.Combine(folder.FullName, "postgres.lock"), "true"];
        (await EmbeddedPostgresProgram.RunAsync(others, "/", Cancellation)).ExitCode.ShouldBe(1);

        await database.DisposeAsync();
        (await EmbeddedPostgresProgram.RunAsync(others, "/", Cancellation)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Durability_is_on()
    {
        await using var database = await JoinAsync(folder);
        (await AskAsync(database, "show fsync")).ShouldBe("on");
        (await AskAsync(database, "show synchronous_commit")).ShouldBe("on");
        (await AskAsync(database, "show data_checksums")).ShouldBe("on");
        (await AskAsync(database, "show server_encoding")).ShouldBe("UTF8");
    }

    [Fact]
    public async Task The_log_tells_neither_statements_nor_values()
    {
        await using var database = await JoinAsync(folder);
        await AskAsync(database, "create table once (secret text unique); insert into once values ('hush')");
        await Should.ThrowAsync<PostgresException>(() => AskAsync(database, "insert into once values ('hush')"));
        (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "postgres.log"), Cancellation)).ShouldNotContain("hush");
    }

    private static Task<EmbeddedPostgres> JoinAsync(DirectoryInfo data, TextWriter? progress = null) =>
        EmbeddedPostgres.JoinOrStartAsync(data, progress, Cancellation);

    private static async Task<object?> AskAsync(EmbeddedPostgres database, string sql)
    {
        // Without a pool: an idle connection of an earlier use would be handed out as if it still stood.
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    // Bounded by the test's own cancellation; what is awaited is a state, never a time.
    private static async Task UntilAsync(Func<bool> holds)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }

    private static bool IsRunning(int pid) =>
        Directory.Exists($"/proc/{pid}") && !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);
}
