using System.Security.Cryptography;
using System.Text;

namespace Cairn.Server.Platform;

/// <summary>The master key cannot be used; the message names the fix.</summary>
internal sealed class MasterKeyException(string message) : Exception(message);

/// <summary>The key that opens the data key and nothing else. It never enters the database.</summary>
internal sealed class MasterKey : IDisposable
{
    private const string Purpose = "data key";

    private readonly byte[] key;
    private readonly SecretBox box;

    private MasterKey(byte[] key)
    {
        this.key = key;
        box = new SecretBox(key);
        Id = Convert.ToHexStringLower(SHA256.HashData([.. "cairn master key id\n"u8, .. key]))[..16];
    }

    /// <summary>Tells one master key from another without telling anything of it; stored in the database.</summary>
    public string Id { get; }

    /// <summary>Reads a key from its text, 32 random bytes as base64.</summary>
    public static MasterKey Read(string text, string origin)
    {
        var bytes = new byte[SecretBox.KeyBytes + 16];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == SecretBox.KeyBytes
            ? new MasterKey(bytes[..SecretBox.KeyBytes])
            : throw new MasterKeyException($"{origin} does not hold a master key: it takes 32 random bytes as base64 (openssl rand -base64 32).");
    }

    /// <summary>A new key as text.</summary>
    public static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBox.KeyBytes));

    /// <summary>Seals the data key, as text for a setting.</summary>
    public string Wrap(ReadOnlySpan<byte> dataKey) => Convert.ToBase64String(box.Seal(Purpose, dataKey));

    /// <exception cref="MasterKeyException">It was sealed under another master key.</exception>
    public byte[] Unwrap(string wrapped) => box.Unseal(Purpose, Convert.FromBase64String(wrapped));

    /// <summary>The key itself as a data key, for a database from before there were data keys: what it holds was sealed under the master key.</summary>
    public byte[] AsDataKey() => [.. key];

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(key);
        box.Dispose();
    }
}

/// <summary>
/// The master keys that are at hand: from the environment (<c>CAIRN_MASTER_KEY</c>, and <c>CAIRN_MASTER_KEY_NEXT</c> while
/// it changes), else from files in the data directory: <c>master.key</c>, <c>master.key.next</c> while it changes, and
/// <c>master.key.ID</c> for each earlier one, which older backups need.
/// </summary>
internal sealed class MasterKeyRing : IDisposable
{
    private readonly CairnOptions options;

    private MasterKeyRing(CairnOptions options)
    {
        this.options = options;
        Current = options.MasterKey is { } text ? MasterKey.Read(text, "CAIRN_MASTER_KEY") : ReadFile(CurrentFile);
        Next = options.MasterKey is null
            ? File.Exists(NextFile) ? ReadFile(NextFile) : null
            : options.NextMasterKey is { } next ? MasterKey.Read(next, "CAIRN_MASTER_KEY_NEXT") : null;
    }

    public MasterKey Current { get; }

    public MasterKey? Next { get; private set; }

    /// <summary>Whether the keys are files, so that changing them is this program's work; else it is the operator's.</summary>
    public bool IsOfFiles => options.MasterKey is null;

    private string CurrentFile => Path.Combine(options.Data.FullName, "master.key");

    private string NextFile => CurrentFile + ".next";

    /// <summary>Reads what there is; the first key of an installation is made here.</summary>
    public static MasterKeyRing Open(CairnOptions options)
    {
        var file = Path.Combine(options.Data.FullName, "master.key");
        if (options.MasterKey is null && !File.Exists(file))
        {
            WriteOnce(file, MasterKey.NewText());
        }

        return new MasterKeyRing(options);
    }

    /// <summary>The key of that id, if it is at hand.</summary>
    public MasterKey? Find(string id)
    {
        if (Current.Id == id)
        {
            return Current;
        }

        if (Next?.Id == id)
        {
            return Next;
        }

        // The id comes from the database; only what an id looks like may name a file.
        var kept = $"{CurrentFile}.{id}";
        return IsOfFiles && id.All(char.IsAsciiHexDigitLower) && File.Exists(kept) ? ReadFile(kept) : null;
    }

    /// <summary>Makes sure that there is a key to change to. One that a killed change left is taken up again.</summary>
    public MasterKey EnsureNext()
    {
        if (Next is null && !IsOfFiles)
        {
            throw new MasterKeyException("The master key comes from CAIRN_MASTER_KEY, so the new one comes from CAIRN_MASTER_KEY_NEXT. Set it to the output of: openssl rand -base64 32");
        }

        if (Next is null)
        {
            WriteOnce(NextFile, MasterKey.NewText());
            Next = ReadFile(NextFile);
        }

        return Next;
    }

    /// <summary>
    /// Puts the new key file in the place of the old one, which stays under its id. The new name appears in one step, so
    /// that there is a <c>master.key</c> at every moment; a crash before that leaves both, and the next start comes here again.
    /// </summary>
    public void Promote()
    {
        if (IsOfFiles && File.Exists(NextFile))
        {
            WriteOnce($"{CurrentFile}.{Current.Id}", File.ReadAllText(CurrentFile).Trim());
            File.Move(NextFile, CurrentFile, overwrite: true);
        }
    }

    public void Dispose()
    {
        Current.Dispose();
        Next?.Dispose();
    }

    private static MasterKey ReadFile(string file) => MasterKey.Read(File.ReadAllText(file), file);

    private static void WriteOnce(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Environment.ProcessId}.tmp";
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, create))
        {
            stream.Write(Encoding.ASCII.GetBytes(text + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            // Two programs at once: the first to move wins, and both read the same file afterwards.
            File.Move(temporary, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(temporary);
        }
    }
}
