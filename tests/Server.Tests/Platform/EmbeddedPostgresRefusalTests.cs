using Cairn.Server.Platform;
using Npgsql;

namespace Cairn.Server.Tests.Platform;

public sealed class EmbeddedPostgresRefusalTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cairn-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Cluster => Path.Combine(folder.FullName, "postgres");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_cluster_of_another_major_version_is_refused_with_both_versions()
    {
        Directory.CreateDirectory(Cluster);
        await File.WriteAllTextAsync(Path.Combine(Cluster, "PG_VERSION"), "12\n", Cancellation);

        var message = await RefusalAsync(folder);
        message.ShouldContain("made by PostgreSQL 12");
        message.ShouldContain("CAIRN_POSTGRES_BIN");
    }

    [Fact]
    public async Task A_folder_that_is_no_cluster_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Cluster);
        var theirs = Path.Combine(Cluster, "holiday.txt");
        await File.WriteAllTextAsync(theirs, "sun", Cancellation);

        (await RefusalAsync(folder)).ShouldContain("is not a PostgreSQL cluster");
        File.Exists(theirs).ShouldBeTrue();
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_refused()
    {
        var file = Path.Combine(folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);

        (await RefusalAsync(new DirectoryInfo(file))).ShouldContain("--data");
    }

    [Fact]
    public async Task A_wrong_setting_of_the_operator_is_named_and_mending_it_helps()
    {
        var settings = Path.Combine(folder.FullName, EmbeddedPostgresSettings.OperatorsFile);
        await File.WriteAllTextAsync(settings, "max_connections = many\n", Cancellation);
        (await RefusalAsync(folder)).ShouldContain(EmbeddedPostgresSettings.OperatorsFile);

        await File.WriteAllTextAsync(settings, "max_connections = 42\n", Cancellation);
        await using var database = await EmbeddedPostgres.JoinOrStartAsync(folder, null, Cancellation);
        (await AskAsync(database, "show max_connections")).ShouldBe("42");
    }

    [Fact]
    public async Task A_cluster_that_a_copy_left_open_to_others_is_closed_again()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no embedded database");
            return;
        }

        await (await EmbeddedPostgres.JoinOrStartAsync(folder, null, Cancellation)).DisposeAsync();
        File.SetUnixFileMode(Cluster, File.GetUnixFileMode(Cluster) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await using var database = await EmbeddedPostgres.JoinOrStartAsync(folder, null, Cancellation);
        File.GetUnixFileMode(Cluster).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_socket_folder_that_somebody_else_prepared_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no embedded database");
            return;
        }

        var data = new DirectoryInfo(Path.Combine(folder.FullName, new string('d', 120)));
        var folders = EmbeddedPostgresFolders.Prepare(data);
        var socketFolder = await folders.PrepareSocketFolderAsync(Cancellation);
        try
        {
            File.SetUnixFileMode(socketFolder, File.GetUnixFileMode(socketFolder) | UnixFileMode.OtherExecute);
            (await RefusalAsync(data)).ShouldContain(socketFolder);

            Directory.Delete(socketFolder);
            Directory.CreateSymbolicLink(socketFolder, folder.FullName);
            (await RefusalAsync(data)).ShouldContain(socketFolder);
        }
        finally
        {
            Directory.Delete(socketFolder);
        }
    }

    [Fact]
    public async Task A_start_that_is_cancelled_leaves_nothing_running_and_the_next_one_succeeds()
    {
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var starting = EmbeddedPostgres.JoinOrStartAsync(folder, new CancelAtFirstWord(soon), soon.Token);
        await Should.ThrowAsync<OperationCanceledException>(starting);
        EmbeddedPostgresPostmaster.Find(EmbeddedPostgresFolders.Prepare(folder)).ShouldBeNull();

        await using var database = await EmbeddedPostgres.JoinOrStartAsync(folder, null, Cancellation);
        (await AskAsync(database, "select 1")).ShouldBe(1);
    }

    private static async Task<string> RefusalAsync(DirectoryInfo data) =>
        (await Should.ThrowAsync<EmbeddedPostgresException>(
            () => EmbeddedPostgres.JoinOrStartAsync(data, null, Cancellation))).Message;

    private static async Task<object?> AskAsync(EmbeddedPostgres database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private sealed class CancelAtFirstWord(CancellationTokenSource source) : StringWriter
    {
        public override void Write(string? value) => source.Cancel();
    }
}
