using System.Diagnostics;
using Cairn.Testing;

namespace Cairn.MerkleLog.Tests;

/// <summary>The commands of the guide for readers without our tools, run as they are printed.</summary>
public sealed class GuideTests
{
    [Fact]
    public void The_commands_for_openssl_and_jq_print_what_the_guide_says()
    {
        foreach (var tool in new[] { "bash", "openssl", "jq", "xxd", "base64" })
        {
            Assert.SkipUnless(IsOnPath(tool), tool + " is not on the PATH.");
        }

        using var folder = LogFolder.Empty();
        folder.Write("receipt.json", Some.Json(Some.Receipt(3)));
        var blocks = Blocks();
        blocks.Count.ShouldBe(4);
        foreach (var block in blocks)
        {
            var lines = Run(folder["."], block).Trim().Split('\n').Select(line => line.Split(' ')[^1]).ToList();
            if (lines.Count == 1)
            {
                lines[0].ShouldBe("true");
            }
            else
            {
                lines.Count.ShouldBe(2);
                lines[0].Length.ShouldBe(64);
                lines[0].ShouldBe(lines[1], block);
            }
        }
    }

    private static List<string> Blocks()
    {
        var guide = File.ReadAllText(Repository.PathTo("docs", "guides", "verify-offline.md"));
        var section = guide[guide.IndexOf("## With openssl and jq alone", StringComparison.Ordinal)..guide.IndexOf("## With cairn-verify", StringComparison.Ordinal)];
        return [.. section.Split("```sh\n").Skip(1).Select(part => part[..part.IndexOf("```", StringComparison.Ordinal)])];
    }

    private static string Run(string folder, string script)
    {
        var start = new ProcessStartInfo("bash", ["-e", "-o", "pipefail", "-c", script]) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["SECRET"] = System.Text.Encoding.ASCII.GetString(Some.Secret);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, script);
        return output;
    }

    private static bool IsOnPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, tool)));
}
