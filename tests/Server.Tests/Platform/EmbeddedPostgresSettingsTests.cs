using Cairn.Server.Platform;

namespace Cairn.Server.Tests.Platform;

public sealed class EmbeddedPostgresSettingsTests
{
    [Theory]
    [InlineData(256, 128)]
    [InlineData(2_048, 256)]
    [InlineData(4_096, 512)]
    [InlineData(24_576, 1_024)]
    public void The_database_takes_an_eighth_of_the_memory_within_limits(long memoryMegabytes, long expected) =>
        EmbeddedPostgresSettings.SharedBuffersMegabytes(memoryMegabytes << 20).ShouldBe(expected);

    [Fact]
    public void Nothing_of_durability_is_turned_off()
    {
        var settings = EmbeddedPostgresSettings.PostgresqlConf("/run/some", hasOperatorsFile: false).Split('\n', StringSplitOptions.TrimEntries);
        foreach (var line in new[] { "fsync = on", "full_page_writes = on", "synchronous_commit = on" })
        {
            settings.ShouldContain(line);
        }
    }
}
