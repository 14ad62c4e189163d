using System.Security.Cryptography;
using System.Text;
using Cairn.Domain.Access;

namespace Cairn.Server.Access;

/// <summary>
/// Makes and checks the secrets of tokens. They are 256 random bits, so a plain SHA-256 keeps them: nothing is gained by
/// a slow hash where there is nothing to guess.
/// </summary>
internal static class AccessSecrets
{
    public static string New() => RandomNumberGenerator.GetString(AccessToken.SecretAlphabet, AccessToken.SecretLength);

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    /// <summary>Compares in constant time.</summary>
    public static bool Matches(string secret, ReadOnlySpan<byte> hash)
    {
        Span<byte> text = stackalloc byte[AccessToken.SecretLength];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (!Encoding.ASCII.TryGetBytes(secret, text, out var length))
        {
            return false;
        }

        SHA256.HashData(text[..length], digest);
        return CryptographicOperations.FixedTimeEquals(digest, hash);
    }
}
