using System.Security.Cryptography;
using System.Text;

namespace Cairn.Server.Platform;

/// <summary>
/// Seals secrets at rest with AES-256-GCM under one key. The purpose (which row, which column) is authenticated too, so
/// that a sealed value moved to another row does not open. The installation's box seals under the data key, which is itself
/// sealed under the master key (<see cref="MasterKeys"/>), so that a new master key leaves all rows alone.
/// </summary>
internal sealed class SecretBox : IDisposable
{
    /// <summary>The bytes of a key.</summary>
    public const int KeyBytes = 32;

    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly byte[] key;

    public SecretBox(ReadOnlySpan<byte> key) => this.key = key.ToArray();

    public byte[] Seal(string purpose, ReadOnlySpan<byte> secret)
    {
        using var cipher = Cipher();
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

        using var cipher = Cipher();
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

    public void Dispose() => CryptographicOperations.ZeroMemory(key);

    /// <summary>One for each use: a cipher holds the state of what it works on, and many requests seal at the same time.</summary>
    private AesGcm Cipher() => new(key, TagBytes);
}
