using System.Text.Json;

namespace Cairn.Server.Platform;

/// <summary>The server that runs on a data directory.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Url">Where it answers.</param>
internal sealed record RunningServer(int Pid, string Url);

/// <summary>
/// The right to be the one server of a data directory. The kernel gives it back when its holder
/// ends, however it ends. Beside the lock, <c>serve.json</c> tells others which process it is and
/// where it answers; that file means nothing while the lock is free.
/// </summary>
internal sealed class ServerLock : IDisposable
{
    // A look at the lock holds it for an instant, so one refusal is not yet an answer.
    private const int Attempts = 10;
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(20);

    private readonly EmbeddedPostgresLock held;
    private readonly string note;

    private ServerLock(EmbeddedPostgresLock held, string note)
    {
        this.held = held;
        this.note = note;
    }

    /// <summary>Takes the lock of <paramref name="data"/> (which must exist), or returns <see langword="null"/> where another server has it.</summary>
    public static ServerLock? TryTake(DirectoryInfo data)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            if (EmbeddedPostgresLock.TryTake(LockIn(data), shared: false) is { } held)
            {
                var taken = new ServerLock(held, NoteIn(data));
                File.Delete(taken.note);
                return taken;
            }

            Thread.Sleep(BetweenAttempts);
        }

        return null;
    }

    /// <summary>The server of <paramref name="data"/>, or <see langword="null"/> where none runs or it is still starting.</summary>
    public static RunningServer? Find(DirectoryInfo data)
    {
        if (!File.Exists(LockIn(data)))
        {
            return null;
        }

        using var free = EmbeddedPostgresLock.TryTake(LockIn(data), shared: true);
        if (free is not null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<RunningServer>(File.ReadAllText(NoteIn(data)), JsonSerializerOptions.Web);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Tells others where this server answers; called once it does.</summary>
    public void Publish(string url)
    {
        // Written aside and renamed, so that a reader sees a whole note or none.
        var aside = note + ".new";
        File.WriteAllText(aside, JsonSerializer.Serialize(new RunningServer(Environment.ProcessId, url), JsonSerializerOptions.Web));
        File.Move(aside, note, overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(note);
        held.Dispose();
    }

    private static string LockIn(DirectoryInfo data) => Path.Combine(data.FullName, "serve.lock");

    private static string NoteIn(DirectoryInfo data) => Path.Combine(data.FullName, "serve.json");
}
