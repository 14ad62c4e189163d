using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Cairn.Domain.Access;
using NodaTime;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>What a provider says of itself (OpenID Connect Discovery 1.0, 3), as far as it is used.</summary>
internal sealed record ProviderMetadata(Uri Authorization, Uri Token, Uri Keys, Uri? UserInfo)
{
    /// <summary>Reads the document; <see langword="null"/> when it is another issuer's, lacks something, or names an address that may not be asked.</summary>
    public static ProviderMetadata? Read(JsonElement document, ProviderOptions options) =>
        document.TextOf("issuer") == options.IssuerText
        && Address(document, "authorization_endpoint", options) is { } authorization
        && Address(document, "token_endpoint", options) is { } token
        && Address(document, "jwks_uri", options) is { } keys
            ? new ProviderMetadata(authorization, token, keys, Address(document, "userinfo_endpoint", options))
            : null;

    private static Uri? Address(JsonElement document, string member, ProviderOptions options) =>
        Uri.TryCreate(document.TextOf(member), UriKind.Absolute, out var address) && ProviderOptions.IsAllowed(address, options.AllowsLoopback) ? address : null;
}

/// <summary>One public key of a provider, with the one way in which it signs.</summary>
internal sealed record ProviderKey(string? Id, string Algorithm, JsonElement Key)
{
    /// <summary>The keys of a JWK set that can check an id_token; others are passed over, as the standard asks.</summary>
    public static IReadOnlyList<ProviderKey> ReadAll(JsonElement document) =>
        document.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Where(key => key.ValueKind == JsonValueKind.Object && key.TextOf("use") is null or "sig").SelectMany(Read)]
            : [];

    /// <summary>Whether this key made the signature.</summary>
    public bool Verifies(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        try
        {
            return Algorithm == "ES256" ? VerifiesEc(signed, signature) : VerifiesRsa(signed, signature);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            // A key that is none verifies nothing; the provider's other keys may.
            return false;
        }
    }

    private static IEnumerable<ProviderKey> Read(JsonElement key)
    {
        // A key that names its algorithm is used for no other; one that names none, for those of its kind.
        string[] able = key.TextOf("kty") switch
        {
            "RSA" => ["RS256", "PS256"],
            "EC" when key.TextOf("crv") == "P-256" => ["ES256"],
            _ => [],
        };
        return able.Where(algorithm => key.TextOf("alg") is null || key.TextOf("alg") == algorithm).Select(algorithm => new ProviderKey(key.TextOf("kid"), algorithm, key.Clone()));
    }

    private bool VerifiesEc(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        using var ec = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Part("x"), Y = Part("y") } });
        return ec.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private bool VerifiesRsa(ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        const int leastBits = 2048;
        using var rsa = RSA.Create(new RSAParameters { Modulus = Part("n"), Exponent = Part("e") });
        return rsa.KeySize >= leastBits
            && rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, Algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1);
    }

    private byte[] Part(string name) => Base64Url.DecodeFromChars(Key.TextOf(name));
}

/// <summary>A token as it came: three parts, the first two of which are signed.</summary>
internal sealed record SignedToken(string Algorithm, string? KeyId, byte[] Signed, byte[] Signature, JsonElement Claims)
{
    private const int Longest = 64 * 1024;

    /// <summary><see langword="null"/> when it is no JWS in compact form (RFC 7515, 7.1).</summary>
    public static SignedToken? Read(string? text)
    {
        var parts = text is { Length: <= Longest } ? text.Split('.') : [];
        if (parts.Length != 3 || parts.Any(part => !Base64Url.IsValid(part)))
        {
            return null;
        }

        try
        {
            var header = Json(parts[0]);
            // Extensions that must be understood are none of ours.
            return header.ValueKind == JsonValueKind.Object && header.TextOf("alg") is { } algorithm && !header.TryGetProperty("crit", out _)
                ? new SignedToken(algorithm, header.TextOf("kid"), System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), Json(parts[1]))
                : null;
        }
        catch (JsonException)
        {
            // What a provider sends may be anything; this is no token.
            return null;
        }
    }

    /// <summary>The claims that decide whether it is believed.</summary>
    public IdTokenClaims ToClaims() => new()
    {
        Issuer = Claims.TextOf("iss"),
        Subject = Claims.TextOf("sub"),
        Audience = Claims.TextsOf("aud"),
        AuthorizedParty = Claims.TextOf("azp"),
        Nonce = Claims.TextOf("nonce"),
        ExpiresAt = Claims.InstantOf("exp"),
        IssuedAt = Claims.InstantOf("iat"),
        AuthenticatedAt = Claims.InstantOf("auth_time"),
    };

    private static JsonElement Json(string part)
    {
        using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part), new JsonDocumentOptions { AllowDuplicateProperties = false });
        return document.RootElement.Clone();
    }
}

/// <summary>Members of a document that somebody else wrote: of the type that is expected, or not there.</summary>
internal static class ForeignMembers
{
    public static string? TextOf(this JsonElement document, string member) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A list of texts, or a single one.</summary>
    public static IReadOnlyList<string> TextsOf(this JsonElement document, string member) =>
        document.ValueKind != JsonValueKind.Object || !document.TryGetProperty(member, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];

    /// <summary>A flag; some providers write it as a text.</summary>
    public static bool FlagOf(this JsonElement document, string member) =>
        document.ValueKind == JsonValueKind.Object && document.TryGetProperty(member, out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.GetString() == "true"));

    /// <summary>Seconds since 1970.</summary>
    public static Instant? InstantOf(this JsonElement document, string member)
    {
        const double farthest = 253_402_300_799;
        return document.ValueKind == JsonValueKind.Object && document.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var seconds) && seconds >= 0 && seconds <= farthest
            ? Instant.FromUnixTimeSeconds((long)seconds)
            : null;
    }
}
