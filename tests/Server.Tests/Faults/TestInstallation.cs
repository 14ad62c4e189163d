using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json;
using Cairn.Server.Platform;
using Cairn.Testing;

namespace Cairn.Server.Tests.Faults;

/// <summary>What a program left that ran to its end.</summary>
internal sealed record Finished(int ExitCode, string Out, string Errors)
{
    /// <summary>Standard output as JSON; fails with everything the program wrote when it is none, or when the program failed.</summary>
    public JsonElement Json()
    {
        ExitCode.ShouldBe(0, Errors + Out);
        return JsonDocument.Parse(Out).RootElement;
    }
}

/// <summary>
/// A data directory on which the real program runs, as its own process. Whatever it starts is gone when it is disposed,
/// also after a failure.
/// </summary>
internal sealed class TestInstallation : IAsyncDisposable
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("cairn-faults-");
    private readonly List<Process> started = [];
    private readonly EmbeddedPostgresFolders folders;

    public TestInstallation()
    {
        folders = EmbeddedPostgresFolders.Prepare(data);
    }

    public DirectoryInfo Data => data;

    /// <summary>The address for <c>serve</c>; the same for the life of the directory, so that clients find the server again.</summary>
    public string Url { get; } = $"http://localhost:{FreePort()}";

    /// <summary>What the environment says to every program started from now on.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>The embedded database's main process, or none.</summary>
    public int? Postmaster => EmbeddedPostgresPostmaster.Find(folders)?.Pid;

    /// <summary>Runs one command on the directory to its end.</summary>
    public async Task<Finished> Run(params string[] arguments)
    {
        var process = Start(arguments);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limits.Program);
        await process.WaitForExitAsync(limit.Token);
        return new Finished(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts <c>serve</c> and waits until it says that it is ready.</summary>
    public async Task<ServeProcess> Serve()
    {
        var server = BeginServe();
        await server.UntilReady();
        return server;
    }

    /// <summary>Starts <c>serve</c> and does not wait.</summary>
    public ServeProcess BeginServe() => new(Start("serve", "--urls", Url), new Uri(Url));

    /// <summary>Starts the program with the directory; the caller reads what it prints.</summary>
    public Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program())
        {
            WorkingDirectory = data.FullName,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        start.Environment["CAIRN_LOG_NAME"] = "faults";
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        foreach (var argument in (string[])[.. arguments, "--data", data.FullName])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        lock (started)
        {
            started.Add(process);
        }

        return process;
    }

    /// <summary>Kills the database as a power cut does: the postmaster and every server process at once.</summary>
    public void KillDatabase()
    {
        if (Postmaster is { } pid)
        {
            EmbeddedPostgresPostmaster.SignalAll([pid, .. EmbeddedPostgresPostmaster.FindOrphans(folders)], EmbeddedPostgresPostmaster.Kill);
        }
    }

    /// <summary>Joins the directory's database, as a command does.</summary>
    public Task<EmbeddedPostgres> Join() => EmbeddedPostgres.JoinOrStartAsync(data, null, TestContext.Current.CancellationToken);

    /// <summary>The processes that work in the directory or were started with it in their arguments. Only Linux tells; elsewhere this is empty.</summary>
    public IReadOnlyList<string> Processes() => OperatingSystem.IsLinux()
        ? [.. Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture, out _))
            .Select(folder => $"{Path.GetFileName(folder)} {Read(folder, "cmdline")} {Target(folder)}")
            .Where(line => line.Contains(data.FullName, StringComparison.Ordinal))]
        : [];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in started)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }

        // The database has a session of its own and outlives the program that started it.
        KillDatabase();
        EmbeddedPostgresPostmaster.SignalAll(EmbeddedPostgresPostmaster.FindOrphans(folders), EmbeddedPostgresPostmaster.Kill);
        await Support.Eventually.Holds(() => Task.FromResult(Processes().Count == 0));
        folders.RemoveFarSocketFolder();
        data.Delete(recursive: true);
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("ConnectionStrings__", StringComparison.Ordinal) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || (name.StartsWith("CAIRN_", StringComparison.Ordinal) && !name.StartsWith("CAIRN_POSTGRES_", StringComparison.Ordinal));

    /// <summary>The server program that was built together with these tests.</summary>
    private static string Program()
    {
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var path = Repository.PathTo("src", "Server", "bin", framework.Parent!.Name, framework.Name, "cairn");
        return File.Exists(path) ? path : throw new FileNotFoundException("The server program is not built.", path);
    }

    /// <summary>
    /// A port below the range from which systems take the ports of outgoing connections: while the server is down, such a
    /// connection (even one to this very port) could otherwise take it, and the restart would find it in use.
    /// </summary>
    private static int FreePort()
    {
        const int First = 15_000;
        const int Last = 32_000;
        while (true)
        {
            var port = Random.Shared.Next(First, Last);
            try
            {
                using var probe = new TcpListener(IPAddress.Loopback, port);
                probe.Start();
                return port;
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Another one, then.
            }
        }
    }

    private static string Read(string folder, string name)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, name)).Replace('\0', ' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static string Target(string folder)
    {
        try
        {
            return new DirectoryInfo(Path.Combine(folder, "cwd")).LinkTarget ?? "";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

/// <summary>Limits that only a hang reaches; nothing is measured by them.</summary>
internal static class Limits
{
    public static readonly TimeSpan Program = TimeSpan.FromSeconds(60);

    public static readonly TimeSpan Ready = TimeSpan.FromSeconds(60);
}
