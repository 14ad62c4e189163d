using System.ComponentModel;
using System.Diagnostics;

namespace Cairn.Server.Platform;

/// <summary>What a finished program left: its exit code and everything it wrote.</summary>
internal readonly record struct EmbeddedPostgresOutput(int ExitCode, string Text);

/// <summary>Runs one of the small programs around the database to its end.</summary>
internal static class EmbeddedPostgresProgram
{
    // Only what the programs need. The server's own environment may hold passwords, a connection
    // string or PG* settings of another database, and whatever the postmaster inherits stays
    // readable in its environment for as long as it runs.
    private static readonly string[] KeptVariables = ["PATH", "HOME", "TMPDIR"];

    // The shell closes what this process itself inherited: a postmaster that keeps somebody's lock
    // file or pipe open would hold it long after we are gone.
    private const string CloseInherited = "exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-; exec \"$@\"";

    /// <summary>Runs <paramref name="command"/> (program, then arguments) in <paramref name="folder"/>.</summary>
    /// <exception cref="EmbeddedPostgresException">The program does not exist or may not be run.</exception>
    public static async Task<EmbeddedPostgresOutput> RunAsync(
        IEnumerable<string> command, string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var name in KeptVariables)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["LC_ALL"] = "C";
        foreach (var argument in (string[])["-c", CloseInherited, "sh", .. command])
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            return await FinishAsync(process, cancellation);
        }
        catch (Win32Exception missing)
        {
            throw new EmbeddedPostgresException($"/bin/sh could not be started: {missing.Message}.", missing);
        }
    }

    private static async Task<EmbeddedPostgresOutput> FinishAsync(Process process, CancellationToken cancellation)
    {
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellation);
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            return new EmbeddedPostgresOutput(process.ExitCode, (await output + await errors).Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
