using System.Diagnostics;
using System.Text.RegularExpressions;
using Cairn.Testing;

namespace Cairn.Tidy.Tests;

/// <summary>Documents, scripts, and what no file may say.</summary>
public sealed partial class TextTests
{
    [Fact]
    public void Every_link_in_the_documents_leads_somewhere() => Findings.None(
        from file in Checkout.Files
        where file.EndsWith(".md", StringComparison.Ordinal)
        let text = CodePattern().Replace(Checkout.Text(file), "")
        from Match match in LinkPattern().Matches(text)
        let target = match.Groups[1].Value
        where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal) && !Leads(file, target)
        select new Finding($"{file} -> {target}", file),
        "A link in a document leads to nothing. Link relative to the file; an anchor is a heading in lower case with hyphens.");

    [Fact]
    public void Every_script_can_be_started_and_read_by_its_shell() => Findings.None(
        from file in Checkout.TextFiles
        let first = File.ReadLines(Checkout.Full(file)).FirstOrDefault() ?? ""
        where first.StartsWith("#!", StringComparison.Ordinal) && first.Contains("sh", StringComparison.Ordinal)
        from fault in Faults(file, first)
        select new Finding($"{file}: {fault}", file),
        "A script has its executable bit (git update-index --chmod=+x) and passes 'bash -n'.");

    [Fact]
    public void No_file_names_a_machine() => Findings.None(
        from file in Checkout.TextFiles
        where !file.StartsWith("tests/Tidy.Tests/", StringComparison.Ordinal) && !file.EndsWith("package-lock.json", StringComparison.Ordinal)
        from line in File.ReadLines(Checkout.Full(file)).Select((text, at) => (text, at))
        from Match match in MachinePattern().Matches(line.text)
        where !(match.Value == "/tmp/" && IsAboutTemporaryFiles(file))
        select new Finding($"{file}: {match.Value}", $"{file}:{line.at + 1}"),
        "A path of one machine means nothing on another. Find the checkout by Cairn.slnx, take a folder as an argument, or ask the system for a temporary one.",
        new Dictionary<string, string>
        {
            ["src/Server/Platform/EmbeddedPostgresFolders.cs: /tmp/"] = "where a PostgreSQL socket goes when the data directory's path is too long for one; the operating system's own convention",
        });

    [Fact]
    public void No_lock_file_names_a_registry_of_one_machine() => Findings.None(
        from file in Checkout.Files
        where file.EndsWith("package-lock.json", StringComparison.Ordinal)
        from Match match in ResolvedPattern().Matches(Checkout.Text(file))
        let host = new Uri(match.Groups[1].Value).Host
        where host != "registry.npmjs.org"
        select new Finding($"{file}: {host}", file),
        "A lock file that names another registry restores nowhere else. Install with --registry https://registry.npmjs.org, or with omit-lockfile-registry-resolved.");

    [Fact]
    public void Text_files_end_with_one_line_end_and_have_no_carriage_returns() => Findings.None(
        from file in Checkout.TextFiles
        where Path.GetExtension(file) is ".cs" or ".md" or ".sql" or ".sh" or ".yaml" or ".ts" or ".tsx"
        let text = Checkout.Text(file)
        where text.Length > 0 && (!text.EndsWith('\n') || text.EndsWith("\n\n", StringComparison.Ordinal) || text.Contains('\r', StringComparison.Ordinal))
        select new Finding(file, file),
        "A text file ends with exactly one line feed and has no carriage returns.");

    private static bool IsAboutTemporaryFiles(string file) => file.StartsWith("tests/", StringComparison.Ordinal);

    private static bool Leads(string file, string target)
    {
        var parts = Uri.UnescapeDataString(target).Split('#', 2);
        var folder = Path.GetDirectoryName(Checkout.Full(file))!;
        var path = parts[0].Length == 0 ? Checkout.Full(file)
            : parts[0].StartsWith('/') ? Repository.PathTo(parts[0].TrimStart('/'))
            : Path.GetFullPath(Path.Combine(folder, parts[0]));
        if (parts.Length == 1 || !path.EndsWith(".md", StringComparison.Ordinal))
        {
            return File.Exists(path) || Directory.Exists(path);
        }

        return File.Exists(path) && HeadingPattern().Matches(File.ReadAllText(path)).Any(match => Anchor(match.Groups[1].Value) == parts[1]);
    }

    private static string Anchor(string heading) => AnchorPattern().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static IEnumerable<string> Faults(string file, string first)
    {
        var full = Checkout.Full(file);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(full) & UnixFileMode.UserExecute) == 0)
        {
            yield return "is not executable";
        }

        using var shell = Process.Start(new ProcessStartInfo(first.Contains("bash", StringComparison.Ordinal) ? "bash" : "sh", ["-n", full]) { RedirectStandardError = true })!;
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        if (shell.ExitCode != 0)
        {
            yield return errors.Trim();
        }
    }

    [GeneratedRegex(@"```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\]\(([^)\s]+)(?:\s+""[^""]*"")?\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"^#+\s+(.*)$", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();

    [GeneratedRegex(@"[^\p{L}\p{N}\s_-]")]
    private static partial Regex AnchorPattern();

    [GeneratedRegex(@"(?<![\w.$}])/(?:work|root|tmp|home/\w+)/")]
    private static partial Regex MachinePattern();

    [GeneratedRegex(@"""resolved"":\s*""(https?://[^""]+)""")]
    private static partial Regex ResolvedPattern();
}
