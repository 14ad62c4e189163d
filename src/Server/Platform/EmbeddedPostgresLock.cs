using System.Diagnostics;

namespace Cairn.Server.Platform;

/// <summary>
/// A lock on a file that the kernel gives back when its holder ends, however it ends. The runtime
/// takes it by <c>flock</c>, so it belongs to the open file and not to the process: two holders
/// inside one process exclude each other as two processes do.
/// </summary>
internal sealed class EmbeddedPostgresLock : IDisposable
{
    // EWOULDBLOCK of Linux and of macOS; the runtime hands the bare number through.
    private const int BusyOnLinux = 11;
    private const int BusyOnMac = 35;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    private readonly FileStream file;

    private EmbeddedPostgresLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock at once, or returns <see langword="null"/> where somebody else has it.</summary>
    /// <param name="path">The lock file; it is made where it is missing and never removed, since removing it would let two holders lock two different files of one name.</param>
    /// <param name="shared">Any number of shared holders, or one exclusive one.</param>
    public static EmbeddedPostgresLock? TryTake(string path, bool shared)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = shared ? FileAccess.Read : FileAccess.ReadWrite,
                Share = shared ? FileShare.Read : FileShare.None,
                BufferSize = 0,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new EmbeddedPostgresLock(new FileStream(path, options));
        }
        catch (IOException busy) when (busy.HResult is BusyOnLinux or BusyOnMac)
        {
            return null;
        }
    }

    /// <summary>
    /// Takes the lock, waiting for its holder up to <paramref name="limit"/>; then returns
    /// <see langword="null"/>. The waiting is a poll, because a wait in the kernel could not be cancelled.
    /// </summary>
    public static async Task<EmbeddedPostgresLock?> TakeAsync(
        string path, bool shared, TimeSpan limit, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(path, shared) is { } taken)
            {
                return taken;
            }

            if (waited.Elapsed > limit)
            {
                return null;
            }

            await Task.Delay(PollInterval, cancellation);
        }
    }

    public void Dispose() => file.Dispose();
}
