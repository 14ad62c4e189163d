using System.Diagnostics;
using System.Text;
using Cairn.Server.Platform;

namespace Cairn.Server.Tests.Faults;

/// <summary>One run of <c>cairn serve</c> as a process of its own.</summary>
internal sealed class ServeProcess
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private readonly Process process;
    private readonly Stopwatch sinceStart = Stopwatch.StartNew();
    private readonly StringBuilder printed = new();

    public ServeProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    /// <summary>From the start of the process to the first 200 of <c>/readyz</c>.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    public bool HasExited => process.HasExited;

    /// <summary>Everything that it printed so far.</summary>
    public string Printed
    {
        get
        {
            lock (printed)
            {
                return printed.ToString();
            }
        }
    }

    /// <summary>When disposed, tells the test's output what the server called its own bugs: a failure without that is a riddle.</summary>
    public IDisposable TellBugs(ITestOutputHelper output) => new Telling(() =>
    {
        foreach (var line in Printed.Split('\n').Where(line => line.Contains("met a bug", StringComparison.Ordinal)))
        {
            output.WriteLine(line[..Math.Min(line.Length, 2_000)]);
        }
    });

    /// <summary>Waits for the first 200 of <c>/readyz</c>.</summary>
    public async Task UntilReady()
    {
        using var client = new HttpClient { BaseAddress = Address };
        while (!await IsReady(client))
        {
            if (process.HasExited || sinceStart.Elapsed > Limits.Ready)
            {
                throw new InvalidOperationException($"The server {(process.HasExited ? "ended" : "is not ready")} after {sinceStart.Elapsed}. It printed:\n{Printed}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }

        ReadyAfter = sinceStart.Elapsed;
    }

    /// <summary><c>kill -9</c>.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>What Ctrl-C sends.</summary>
    public void PressCtrlC() => Signal(Interrupt);

    /// <summary>What a process manager sends.</summary>
    public void AskToEnd() => Signal(Terminate);

    /// <summary>Waits for the end and returns the exit code.</summary>
    public async Task<int> UntilEnded()
    {
        using var limit = new CancellationTokenSource(Limits.Program);
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    private static async Task<bool> IsReady(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Signal(int signal) => EmbeddedPostgresPostmaster.SignalAll([process.Id], signal);

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (printed)
        {
            printed.AppendLine(line.Data);
        }
    }

    private sealed class Telling(Action tell) : IDisposable
    {
        public void Dispose() => tell();
    }
}
