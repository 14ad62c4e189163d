using System.Diagnostics;

namespace Cairn.Bench;

/// <summary>
/// With <c>--lock FILE</c>: holds the lock of that file around each round by way of the <c>flock</c> program, so that
/// several people who measure or build on one machine take turns.
/// </summary>
internal sealed class MachineLock(string? path)
{
    /// <summary>Waits for the lock; disposing gives it back.</summary>
    public async Task<IDisposable> Take()
    {
        if (path is null)
        {
            return new MemoryStream();
        }

        var start = new ProcessStartInfo("flock", [path, "sh", "-c", "echo held; cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var holder = Process.Start(start) ?? throw new InvalidOperationException("flock did not start.");
        return await holder.StandardOutput.ReadLineAsync() == "held" ? new Held(holder) : throw new IOException($"{path} cannot be locked.");
    }

    // The holder ends with its input, also when this program dies.
    private sealed class Held(Process holder) : IDisposable
    {
        public void Dispose()
        {
            holder.StandardInput.Close();
            holder.WaitForExit();
            holder.Dispose();
        }
    }
}
