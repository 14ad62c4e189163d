using Cairn.Server.Platform;

namespace Cairn.Server.Tests.Platform;

public sealed class ServerLockTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("cairn-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_second_server_on_the_same_directory_is_refused_until_the_first_one_ends()
    {
        var first = ServerLock.TryTake(folder).ShouldNotBeNull();
        ServerLock.TryTake(folder).ShouldBeNull();

        first.Dispose();
        using var second = ServerLock.TryTake(folder).ShouldNotBeNull();
    }

    [Fact]
    public void Others_learn_where_the_server_answers_only_while_it_runs()
    {
        ServerLock.Find(folder).ShouldBeNull();
        using (var server = ServerLock.TryTake(folder).ShouldNotBeNull())
        {
            ServerLock.Find(folder).ShouldBeNull();
            server.Publish("http://localhost:5080");
            ServerLock.Find(folder).ShouldBe(new RunningServer(Environment.ProcessId, "http://localhost:5080"));
        }

        ServerLock.Find(folder).ShouldBeNull();
    }

    [Fact]
    public void What_a_killed_server_noted_means_nothing()
    {
        File.WriteAllText(Path.Combine(folder.FullName, "serve.lock"), "");
        File.WriteAllText(Path.Combine(folder.FullName, "serve.json"), """{"pid":1,"url":"http://localhost:1"}""");

        ServerLock.Find(folder).ShouldBeNull();
    }
}
