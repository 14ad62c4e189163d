using System.Security.Cryptography;
using System.Text;

namespace Cairn.Server.Platform;

/// <summary>The master key cannot be used; the message names the fix.</summary>
internal sealed class MasterKeyException(string message) : Exception(message);

/// <summary>
/// Seals secrets at rest with AES-256-GCM under the master key, which never enters the database. The purpose (which
/// row, which column) is authenticated too, so that a sealed value moved to another row does not open.
/// </summary>
internal sealed class SecretBox : IDisposable
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    private readonly AesGcm cipher;

    private SecretBox(byte[] key)
    {
        cipher = new AesGcm(key, TagBytes);
        KeyId = Convert.ToHexStringLower(SHA256.HashData([.. "cairn master key id\n"u8, .. key]))[..16];
        CryptographicOperations.ZeroMemory(key);
    }

    /// <summary>Tells one master key from another without telling anything of it; stored in the database at first start.</summary>
    public string KeyId { get; }

    /// <summary>Reads the key from <c>CAIRN_MASTER_KEY</c>, else from <c>master.key</c> in the data directory, which is made at first use.</summary>
    public static SecretBox Open(CairnOptions options)
    {
        if (options.MasterKey is { } text)
        {
            return new SecretBox(Decode(text, "CAIRN_MASTER_KEY"));
        }

        var file = new FileInfo(Path.Combine(options.Data.FullName, "master.key"));
        if (!file.Exists)
        {
            CreateOnce(file);
        }

        return new SecretBox(Decode(File.ReadAllText(file.FullName), file.FullName));
    }

    public byte[] Seal(string purpose, ReadOnlySpan<byte> secret)
    {
        var box = new byte[1 + NonceBytes + secret.Length + TagBytes];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, secret, box.AsSpan(1 + NonceBytes, secret.Length), box.AsSpan(box.Length - TagBytes), Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <exception cref="MasterKeyException">Another key, another purpose, or a damaged value.</exception>
    public byte[] Unseal(string purpose, ReadOnlySpan<byte> box)
    {
        if (box.Length < 1 + NonceBytes + TagBytes || box[0] != Version)
        {
            throw new MasterKeyException($"The sealed secret '{purpose}' has a form this program does not know; it may be damaged or newer.");
        }

        var secret = new byte[box.Length - 1 - NonceBytes - TagBytes];
        try
        {
            cipher.Decrypt(box.Slice(1, NonceBytes), box.Slice(1 + NonceBytes, secret.Length), box[^TagBytes..], secret, Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new MasterKeyException($"The sealed secret '{purpose}' does not open with this master key. Start with the key that this database was made with.");
        }

        return secret;
    }

    public void Dispose() => cipher.Dispose();

    private static void CreateOnce(FileInfo file)
    {
        file.Directory!.Create();
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
        var temporary = file.FullName + "." + Environment.ProcessId;
        var create = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(temporary, create))
        {
            stream.Write(Encoding.ASCII.GetBytes(key + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            // Two programs at their first start: the first to move wins, and both read the same file afterwards.
            File.Move(temporary, file.FullName, overwrite: false);
        }
        catch (IOException) when (File.Exists(file.FullName))
        {
            File.Delete(temporary);
        }
    }

    private static byte[] Decode(string text, string origin)
    {
        var key = new byte[KeyBytes + 16];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == KeyBytes
            ? key[..KeyBytes]
            : throw new MasterKeyException($"{origin} does not hold a master key: it takes 32 random bytes as base64 (openssl rand -base64 32).");
    }
}
