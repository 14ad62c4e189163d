using Cairn.Domain.Access;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>What the provider says of somebody, believed.</summary>
/// <param name="Subject">Who they are there, for good.</param>
/// <param name="Email">Their address, as the provider has it.</param>
/// <param name="IsEmailVerified">Whether the provider made sure that it is theirs.</param>
internal sealed record ProviderPerson(string Subject, string? Name, string? Email, bool IsEmailVerified, IReadOnlyList<string> Groups);

/// <summary>
/// The configured identity provider: its documents, kept for an hour, and the exchange of a code for what it says of a
/// person. A key that is not known yet makes the keys be fetched anew, at most every half minute, so that a rotation is
/// noticed at once and made-up key names cost the provider nothing.
/// </summary>
internal sealed class IdentityProvider(ProviderOptions options, Clock clock, ILogger<IdentityProvider> log) : IDisposable
{
    private static readonly Duration Kept = Duration.FromHours(1);
    private static readonly Duration Pause = Duration.FromSeconds(30);

    private readonly ProviderClient client = new(options);
    private readonly SemaphoreSlim gate = new(1);
    private (ProviderMetadata Value, Instant At)? metadata;
    private (IReadOnlyList<ProviderKey> Value, Instant At)? keys;
    private Instant? renewedAt;

    public ProviderOptions Options { get; } = options;

    /// <exception cref="ProviderException">It does not answer as it should.</exception>
    public async Task<ProviderMetadata> Metadata(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            if (metadata is { } known && clock.Now < known.At + Kept)
            {
                return known.Value;
            }

            var place = new Uri(Options.IssuerText.TrimEnd('/') + "/.well-known/openid-configuration");
            var read = ProviderMetadata.Read(await client.Get(place, null, cancel), Options)
                ?? throw new ProviderException($"{place} is not the discovery document of {Options.IssuerText}: its issuer differs, or it lacks an address.");
            metadata = (read, clock.Now);
            return read;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Exchanges the code that a browser brought back; <see langword="null"/> when what comes is not believed.</summary>
    /// <exception cref="ProviderException">It does not answer as it should.</exception>
    public async Task<ProviderPerson?> Exchange(string code, string verifier, Uri callback, IdTokenExpectation expected, CancellationToken cancel)
    {
        var known = await Metadata(cancel);
        var answer = await client.Post(known.Token, new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = callback.ToString(),
            ["code_verifier"] = verifier,
        }, cancel);
        if (SignedToken.Read(answer.TextOf("id_token")) is not { } token || !await IsSignedByProvider(token, known, cancel))
        {
            AccessLog.IdTokenRefused(log, "Signature");
            return null;
        }

        var fault = token.ToClaims().FaultAt(clock.Now, expected);
        if (fault != IdTokenFault.None)
        {
            AccessLog.IdTokenRefused(log, fault.ToString());
            return null;
        }

        return await Describe(token, known, answer.TextOf("access_token"), cancel);
    }

    public void Dispose()
    {
        client.Dispose();
        gate.Dispose();
    }

    /// <summary>What the token leaves open is asked of the provider, about the same person.</summary>
    private async Task<ProviderPerson?> Describe(SignedToken token, ProviderMetadata known, string? accessToken, CancellationToken cancel)
    {
        var claims = token.Claims;
        var subject = claims.TextOf("sub")!;
        if (claims.TextOf("email") is null && known.UserInfo is { } place && accessToken is not null)
        {
            claims = await client.Get(place, accessToken, cancel);
            if (claims.TextOf("sub") != subject)
            {
                AccessLog.IdTokenRefused(log, "UserInfo");
                return null;
            }
        }

        var groups = claims.TextsOf(Options.GroupsClaim);
        return new ProviderPerson(
            subject, claims.TextOf("name") ?? token.Claims.TextOf("name"), claims.TextOf("email"), claims.FlagOf("email_verified"),
            groups.Count > 0 ? groups : token.Claims.TextsOf(Options.GroupsClaim));
    }

    private async Task<bool> IsSignedByProvider(SignedToken token, ProviderMetadata known, CancellationToken cancel)
    {
        var candidates = Candidates(await Keys(known, isStale: false, cancel), token);
        if (candidates.Count == 0)
        {
            candidates = Candidates(await Keys(known, isStale: true, cancel), token);
        }

        return candidates.Any(key => key.Verifies(token.Signed, token.Signature));
    }

    // The algorithm is the key's, never the token's word alone: a shared secret or no signature at all matches no key.
    private static List<ProviderKey> Candidates(IReadOnlyList<ProviderKey> all, SignedToken token) =>
        [.. all.Where(key => key.Algorithm == token.Algorithm && (token.KeyId is null || key.Id == token.KeyId))];

    private async Task<IReadOnlyList<ProviderKey>> Keys(ProviderMetadata known, bool isStale, CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            var now = clock.Now;
            var mayRenew = isStale && !(now < renewedAt + Pause);
            if (keys is { } kept && now < kept.At + Kept && !mayRenew)
            {
                return kept.Value;
            }

            renewedAt = isStale ? now : renewedAt;
            keys = (ProviderKey.ReadAll(await client.Get(known.Keys, null, cancel)), clock.Now);
            return keys.Value.Value;
        }
        finally
        {
            gate.Release();
        }
    }
}
