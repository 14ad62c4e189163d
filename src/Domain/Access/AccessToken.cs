using Cairn.Domain.Foundation;

namespace Cairn.Domain.Access;

/// <summary>
/// The text that a caller shows to be recognised: a word for its kind, whose it is, which one it is, and the secret.
/// It names its customer so that looking it up touches one shard and one customer's rows.
/// </summary>
/// <param name="Customer">The customer it belongs to; the installation for operators and staff.</param>
/// <param name="Id">The key or session.</param>
/// <param name="Secret">256 random bits as base32, known to the holder alone.</param>
public readonly record struct AccessToken(CustomerId Customer, Guid Id, string Secret)
{
    /// <summary>The word an API key begins with.</summary>
    public const string ApiKeyWord = "cairn";

    /// <summary>The word a session begins with.</summary>
    public const string SessionWord = "session";

    /// <summary>The word a single-use link begins with.</summary>
    public const string LinkWord = "link";

    /// <summary>The characters of a secret: 256 bits, five a character.</summary>
    public const int SecretLength = 52;

    /// <summary>The characters a secret is written in: no capital letters and nothing that a shell, URL or header treats specially.</summary>
    public const string SecretAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>The whole text. Show it once, and never log it.</summary>
    public string Write(string word) => $"{word}_{Crockford.Encode(Customer.Value)}_{Crockford.Encode(Id)}_{Secret}";

    /// <summary>Says what it is without the secret, so that a stray log line gives nothing away.</summary>
    public override string ToString() => $"token {Crockford.Encode(Id)}";

    /// <summary>Reads the text; false for another word, length or alphabet. That the token holds is for its row to say.</summary>
    public static bool TryParse(string word, ReadOnlySpan<char> text, out AccessToken token)
    {
        token = default;
        const int ids = Crockford.Length;
        if (text.Length != word.Length + 1 + ids + 1 + ids + 1 + SecretLength || !text.StartsWith(word, StringComparison.Ordinal))
        {
            return false;
        }

        text = text[word.Length..];
        var secret = text[^SecretLength..];
        if (text[0] != '_' || text[1 + ids] != '_' || text[2 + ids + ids] != '_'
            || secret.ContainsAnyExcept(SecretAlphabet)
            || !Crockford.TryDecode(text.Slice(1, ids), out var customer)
            || !Crockford.TryDecode(text.Slice(2 + ids, ids), out var id))
        {
            return false;
        }

        token = new AccessToken(CustomerId.Of(customer), id, secret.ToString());
        return true;
    }
}
