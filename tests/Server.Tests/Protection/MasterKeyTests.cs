using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using Cairn.Server.Tests.Faults;
using Cairn.Server.Tests.Support;

namespace Cairn.Server.Tests.Protection;

/// <summary>Changing the master key with the real program, killed in the middle.</summary>
[Collection(FaultsCollection.Name)]
[Trait(FaultsCollection.Trait, FaultsCollection.Fault)]
public sealed class MasterKeyTests
{
    [Fact]
    public async Task After_a_change_everything_opens_and_the_old_key_alone_opens_nothing()
    {
        await using var installation = new TestInstallation();
        await FaultCustomer.Create(installation);
        var old = await File.ReadAllTextAsync(Key(installation), TestContext.Current.CancellationToken);
        var ids = (await installation.Run("secrets", "rotate", "--json")).Json();
        var kept = Key(installation) + "." + ids.Text("before");
        File.ReadAllText(kept).ShouldBe(old);
        File.ReadAllText(Key(installation)).ShouldNotBe(old);
        File.Exists(Key(installation) + ".next").ShouldBeFalse();
        IsPrivate(kept);
        IsPrivate(Key(installation));
        await Opens(installation);

        // Another change goes on from there.
        (await installation.Run("secrets", "rotate", "--json")).Json().Text("before").ShouldBe(ids.Text("after"));
        await Opens(installation);

        // A backup's key alone does not open what came after it.
        File.Delete($"{Key(installation)}.{ids.Text("after")}");
        File.Copy(kept, Key(installation), overwrite: true);
        var refused = await installation.Run("ledger", "verify");
        (refused.ExitCode, refused.Errors.Contains("Put the right file back", StringComparison.Ordinal)).ShouldBe((1, true), refused.Errors);
    }

    [Fact]
    public async Task Killed_before_the_commit_the_old_key_holds_and_the_prepared_one_is_taken_up_later()
    {
        await using var installation = new TestInstallation();
        await FaultCustomer.Create(installation);
        var old = File.ReadAllText(Key(installation));
        var prepared = MasterKey.NewText();
        File.WriteAllText(Key(installation) + ".next", prepared + "\n");
        await Opens(installation);
        File.ReadAllText(Key(installation)).ShouldBe(old);
        (await installation.Run("secrets", "rotate")).ExitCode.ShouldBe(0);
        File.ReadAllText(Key(installation)).Trim().ShouldBe(prepared);
        await Opens(installation);
    }

    [Fact]
    public async Task Killed_between_the_commit_and_the_files_the_next_start_ends_the_change()
    {
        await using var installation = new TestInstallation();
        await FaultCustomer.Create(installation);
        var old = File.ReadAllText(Key(installation));
        var ids = (await installation.Run("secrets", "rotate", "--json")).Json();
        // The files as they were at the commit.
        File.Move(Key(installation), Key(installation) + ".next");
        File.WriteAllText(Key(installation), old);
        File.Delete($"{Key(installation)}.{ids.Text("before")}");
        await Opens(installation);
        File.ReadAllText(Key(installation)).ShouldNotBe(old);
        File.ReadAllText($"{Key(installation)}.{ids.Text("before")}").ShouldBe(old);
        File.Exists(Key(installation) + ".next").ShouldBeFalse();
    }

    [Fact]
    public async Task Killed_at_any_moment_the_installation_opens_with_what_lies_there()
    {
        await using var installation = new TestInstallation();
        await FaultCustomer.Create(installation);
        // The database stays up, so that a run is short and the kills fall all over it.
        await using var joined = await installation.Join();
        var chance = new Random(FaultPlan.Seed);
        for (var kill = 0; kill < FaultPlan.Kills; kill++)
        {
            var rotating = installation.Start("secrets", "rotate");
            await Task.Delay(chance.Next(100, 1_500), TestContext.Current.CancellationToken);
            rotating.Kill();
            await rotating.WaitForExitAsync(TestContext.Current.CancellationToken);
            File.Exists(Key(installation)).ShouldBeTrue();
            await Opens(installation);
        }
    }

    [Fact]
    public async Task With_keys_from_the_environment_both_are_known_until_it_is_done()
    {
        await using var installation = new TestInstallation();
        var (old, next) = (MasterKey.NewText(), MasterKey.NewText());
        installation.Settings["CAIRN_MASTER_KEY"] = old;
        await FaultCustomer.Create(installation);
        (await installation.Run("secrets", "rotate")).Errors.ShouldContain("CAIRN_MASTER_KEY_NEXT");

        installation.Settings["CAIRN_MASTER_KEY_NEXT"] = next;
        await Opens(installation);
        (await installation.Run("secrets", "rotate")).ExitCode.ShouldBe(0);
        await Opens(installation);
        (await installation.Run("secrets", "rotate")).Errors.ShouldContain("done already");

        installation.Settings.Remove("CAIRN_MASTER_KEY_NEXT");
        (await installation.Run("ledger", "verify")).Errors.ShouldContain("CAIRN_MASTER_KEY is not the key");
        installation.Settings["CAIRN_MASTER_KEY"] = next;
        await Opens(installation);
        File.Exists(Key(installation)).ShouldBeFalse("The environment's keys are never written to a file.");
    }

    [Fact]
    public async Task Nothing_in_the_database_opens_without_a_master_key()
    {
        await using var installation = new TestInstallation();
        await FaultCustomer.Create(installation);
        installation.Settings["CAIRN_MASTER_KEY"] = MasterKey.NewText();
        (await installation.Run("ledger", "verify")).ExitCode.ShouldBe(1);
        installation.Settings["CAIRN_MASTER_KEY"] = "c2hvcnQ=";
        (await installation.Run("ledger", "verify")).Errors.ShouldContain("32 random bytes");
    }

    [Fact]
    public void A_sealed_value_opens_under_its_own_key_and_purpose_only()
    {
        using var box = new SecretBox(new byte[SecretBox.KeyBytes]);
        using var other = new SecretBox([.. Enumerable.Repeat((byte)1, SecretBox.KeyBytes)]);
        var sealedValue = box.Seal("here", "secret"u8);
        box.Unseal("here", sealedValue).ShouldBe("secret"u8.ToArray());
        box.Seal("here", "secret"u8).ShouldNotBe(sealedValue, "Every seal has a nonce of its own.");
        Should.Throw<MasterKeyException>(() => box.Unseal("there", sealedValue));
        Should.Throw<MasterKeyException>(() => other.Unseal("here", sealedValue));
        for (var at = 0; at < sealedValue.Length; at++)
        {
            byte[] damaged = [.. sealedValue];
            damaged[at] ^= 1;
            Should.Throw<MasterKeyException>(() => box.Unseal("here", damaged));
        }
    }

    private static string Key(TestInstallation installation) => Path.Combine(installation.Data.FullName, "master.key");

    /// <summary>A new customer takes sealing a secret and opening the signing key; a verified log takes opening it, too.</summary>
    private static async Task Opens(TestInstallation installation)
    {
        var made = await installation.Run("customer", "create", "--name", $"Customer {NewId.Next()}", "--json");
        made.ExitCode.ShouldBe(0, made.Errors);
        var verified = await installation.Run("ledger", "verify", "--json");
        verified.Json().GetProperty("holds").GetBoolean().ShouldBeTrue(verified.Out);
    }

    private static void IsPrivate(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
