using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Cairn.Domain.Foundation;
using Cairn.MerkleLog;

namespace Cairn.Server.Platform;

/// <summary>
/// The customers' receipt secrets: HMAC keys that they hold too. Stored sealed, one row a version; old versions stay as
/// long as receipts signed under them live. Opened ones are kept in memory, because every receipt needs one.
/// </summary>
internal sealed class LedgerSecrets(SecretBox box, Clock clock)
{
    private readonly ConcurrentDictionary<(CustomerId, int), LedgerSecret> opened = new();

    /// <summary>The secret of that version, ready to sign with.</summary>
    public async Task<LedgerSecret> Get(DbWork work, CustomerId customer, int version)
    {
        if (opened.TryGetValue((customer, version), out var known))
        {
            return known;
        }

        var secret = box.Unseal(Purpose(customer, version), await LedgerStore.SealedSecret(work, customer, version));
        return opened.GetOrAdd((customer, version), new LedgerSecret(version, secret));
    }

    /// <summary>Makes the secret of a version and stores it sealed; its text is shown to the caller once.</summary>
    public async Task<string> Create(DbWork work, CustomerId customer, int version)
    {
        var text = "rcs_" + Token(32);
        await LedgerStore.AddSecret(work, customer, version, box.Seal(Purpose(customer, version), Encoding.ASCII.GetBytes(text)), clock.Now);
        return text;
    }

    /// <summary>Random bytes as lowercase letters and digits, safe in shells, URLs and headers.</summary>
    public static string Token(int bytes)
    {
        const string alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        return RandomNumberGenerator.GetString(alphabet, (bytes * 8 + 4) / 5);
    }

    private static string Purpose(CustomerId customer, int version) => $"receipt secret {customer} v{version}";
}

/// <summary>One version of a customer's receipt secret, opened. Any number of threads may sign with it.</summary>
internal sealed class LedgerSecret(int version, byte[] ascii)
{
    private readonly ReceiptSecret ready = new(ascii);

    public int Version => version;

    /// <summary>Its printed ASCII text, which is the HMAC key itself.</summary>
    public byte[] Ascii => ascii;

    public string Sign(ReadOnlySpan<byte> signedText) => ready.Sign(signedText);
}
