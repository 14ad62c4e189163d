using System.Security.Cryptography;
using System.Text.Json;
using Cairn.Server.CommandLine;
using Cairn.Server.Ingest.Import;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Faults;
using Cairn.Server.Tests.Ingest.Import;

namespace Cairn.Server.Tests.CommandLine;

/// <summary>The real program on an installation that cannot be opened: a code for programs, and a sentence that says what to do.</summary>
[Collection(FaultsCollection.Name)]
[Trait(FaultsCollection.Trait, FaultsCollection.Fault)]
public sealed class CannotStartTests
{
    private const string Customer = "cus_01j00000000000000000000000";

    /// <summary>What is wrong with the data directory, and the fix. The installations that start a database come last.</summary>
    public static TheoryData<string, string> Causes => new()
    {
        { "not writable", "choose another one with --data" },
        { "no master key", "it takes 32 random bytes as base64 (openssl rand -base64 32)" },
        { "another master key", "Put the right file back, or give it as CAIRN_MASTER_KEY." },
    };

    [Theory]
    [MemberData(nameof(Causes))]
    public async Task An_installation_that_cannot_be_opened_says_where_and_why(string cause, string fix)
    {
        await using var installation = new TestInstallation();
        var where = await Break(installation, cause);
        var ended = await installation.Run("customer", "list", "--json");
        ended.ExitCode.ShouldBe(CommandContext.Failed);
        ended.Out.ShouldBeEmpty();
        var (code, detail) = Answer(ended.Errors);
        code.ShouldBe("cannot-start");
        detail.ShouldContain(where);
        detail.ShouldContain(fix);
    }

    [Fact]
    public async Task An_import_that_cannot_open_the_installation_says_the_same_and_does_nothing()
    {
        await using var installation = new TestInstallation();
        using var folder = new TestFolder();
        var where = await Break(installation, "not writable");
        var ended = await installation.Run(
            "import", folder.Write("orders.csv", Some.Header), "--mapping", folder.Write("mapping.yaml", Some.MappingText), "--customer", Customer, "--json");
        ended.ExitCode.ShouldBe(ImportCommand.Usage);
        var (code, detail) = Answer(ended.Out);
        code.ShouldBe("cannot-start");
        detail.ShouldContain(where);
        detail.ShouldContain("choose another one with --data");
    }

    /// <summary>Breaks the installation and gives the path that the sentence must name.</summary>
    private static async Task<string> Break(TestInstallation installation, string cause)
    {
        var key = Path.Combine(installation.Data.FullName, "master.key");
        switch (cause)
        {
            case "not writable":
                // Missing rights would not stop a superuser; a folder in the place of the lock file stops everybody.
                var held = new EmbeddedPostgresFolders(installation.Data.FullName).StartLock;
                File.Delete(held);
                Directory.CreateDirectory(held);
                return installation.Data.FullName;
            case "no master key":
                await File.WriteAllTextAsync(key, "this is not a key", TestContext.Current.CancellationToken);
                return key;
            default:
                (await installation.Run("customer", "list", "--json")).ExitCode.ShouldBe(CommandContext.Done);
                await File.WriteAllTextAsync(key, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), TestContext.Current.CancellationToken);
                return key;
        }
    }

    /// <summary>The document that a command leaves last; progress may stand before it.</summary>
    private static (string? Code, string Detail) Answer(string printed)
    {
        using var json = JsonDocument.Parse(printed[printed.IndexOf('{', StringComparison.Ordinal)..]);
        return (json.RootElement.GetProperty("code").GetString(), json.RootElement.GetProperty("detail").GetString()!);
    }
}
