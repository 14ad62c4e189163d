using System.Security.Cryptography;
using Cairn.MerkleLog;

namespace Cairn.Server.Platform;

/// <summary>Salts from the system's random numbers, fetched many at a time: one call for each costs more than hashing an event.</summary>
internal static class LedgerSalts
{
    private const int AtATime = 64;

    [ThreadStatic]
    private static byte[]? store;

    [ThreadStatic]
    private static int left;

    /// <summary>A new salt, which stands nowhere else.</summary>
    public static byte[] Next()
    {
        store ??= new byte[AtATime * SignedText.SaltSize];
        if (left == 0)
        {
            RandomNumberGenerator.Fill(store);
            left = AtATime;
        }

        var next = store.AsSpan(--left * SignedText.SaltSize, SignedText.SaltSize);
        var salt = next.ToArray();
        CryptographicOperations.ZeroMemory(next);
        return salt;
    }
}
