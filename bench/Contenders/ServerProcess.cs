using System.Diagnostics;
using Cairn.Bench.Load;

namespace Cairn.Bench.Contenders;

/// <summary>A contender in a process of its own, reached over HTTP.</summary>
internal sealed class ServerProcess : IContender
{
    private readonly Process process;
    private ServerProcess(string name, Process process, Uri address, string? key)
    {
        Name = name;
        this.process = process;
        Key = key;
        Address = address;
    }

    public string Name { get; }

    public Uri Address { get; }

    /// <summary>The API key that its requests carry; <see langword="null"/> where it takes none.</summary>
    public string? Key { get; }

    public int? Pid => process.Id;

    /// <summary>Starts the program and waits for the line that names its address.</summary>
    public static async Task<ServerProcess> Start(string name, ProcessStartInfo start, string? key = null)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = true;
        // A choice for the load generator alone: a server must not run its handlers on the thread that polls sockets.
        start.Environment.Remove("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS");
        if (Environment.GetEnvironmentVariable("CAIRN_BENCH_PERF") is not null)
        {
            // So that `perf` can name the compiled methods.
            (start.Environment["DOTNET_PerfMapEnabled"], start.Environment["DOTNET_EnableWriteXorExecute"]) = ("1", "0");
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var at = line.IndexOf("http://", StringComparison.Ordinal);
            if (at >= 0)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                var end = line.AsSpan(at).IndexOfAny(" \",");
                return new ServerProcess(name, process, new Uri(new Uri(end < 0 ? line[at..] : line.Substring(at, end)), "/v1/events"), key);
            }
        }

        throw new InvalidOperationException($"{start.FileName} ended before it listened.");
    }

    public Task<Measurement> Measure(Workload work, TimeSpan duration) => HttpLoad.Closed(Address, Key, work, duration);

    public Task<Measurement> Offer(Workload work, double eventsPerSecond, TimeSpan duration) =>
        HttpLoad.Offered(Address, Key, work, eventsPerSecond, duration);

    /// <summary>Memory of the process in MB: what it holds now, and the most it ever held.</summary>
    public (double Now, double Peak) Memory()
    {
        var status = File.ReadAllLines($"/proc/{process.Id}/status");
        double Kilobytes(string name) => double.Parse(
            status.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2],
            System.Globalization.CultureInfo.InvariantCulture);
        return (Kilobytes("VmRSS:") / 1024, Kilobytes("VmHWM:") / 1024);
    }

    public async ValueTask DisposeAsync()
    {
        // Our own servers stop when their standard input ends; the product stops on the signal.
        process.StandardInput.Close();
        using var kill = Process.Start("kill", [process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
