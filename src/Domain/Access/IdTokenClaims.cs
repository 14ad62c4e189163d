using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Cairn.Domain.Access;

/// <summary>Why an id_token is not believed; for the program's log, since whoever shows one learns only that it was refused.</summary>
public enum IdTokenFault
{
    /// <summary>It is believed.</summary>
    None,

    /// <summary>Another provider issued it.</summary>
    Issuer,

    /// <summary>It is meant for another application.</summary>
    Audience,

    /// <summary>It was issued to another application (azp).</summary>
    AuthorizedParty,

    /// <summary>It answers another request.</summary>
    Nonce,

    /// <summary>Its time is over, or it has none.</summary>
    Expired,

    /// <summary>It was issued in the future, or too long ago.</summary>
    IssuedAt,

    /// <summary>It names nobody.</summary>
    Subject,

    /// <summary>It tells of a sign-in that is too long ago to prove anything now.</summary>
    AuthenticatedAt,
}

/// <summary>What is expected of an id_token.</summary>
/// <param name="Issuer">The provider, letter by letter.</param>
/// <param name="ClientId">Ourselves, as the provider knows us.</param>
/// <param name="Nonce">What the request carried.</param>
/// <param name="AuthenticatedAfter">For a fresh proof: the sign-in must not be older. Otherwise <see langword="null"/>.</param>
public sealed record IdTokenExpectation(string Issuer, string ClientId, string Nonce, Instant? AuthenticatedAfter = null);

/// <summary>What an id_token says, after its signature was found to be the provider's (OpenID Connect Core, 2 and 3.1.3.7).</summary>
public sealed record IdTokenClaims
{
    /// <summary>How far two clocks may be apart.</summary>
    public static readonly Duration Skew = Duration.FromMinutes(2);

    /// <summary>The oldest token that is taken: it comes straight from the provider, so that it is seconds old.</summary>
    public static readonly Duration Oldest = Duration.FromMinutes(10);

    /// <summary>The longest subject that the standard allows.</summary>
    public const int SubjectLength = 255;

    /// <summary>Who issued it (iss).</summary>
    public string? Issuer { get; init; }

    /// <summary>Who it is about, at that issuer (sub).</summary>
    public string? Subject { get; init; }

    /// <summary>For whom it is meant (aud).</summary>
    public IReadOnlyList<string> Audience { get; init; } = [];

    /// <summary>To whom it was issued (azp).</summary>
    public string? AuthorizedParty { get; init; }

    /// <summary>What the request carried (nonce).</summary>
    public string? Nonce { get; init; }

    /// <summary>Until when it holds (exp).</summary>
    public Instant? ExpiresAt { get; init; }

    /// <summary>Since when it is (iat).</summary>
    public Instant? IssuedAt { get; init; }

    /// <summary>When the person gave proof to the provider (auth_time).</summary>
    public Instant? AuthenticatedAt { get; init; }

    /// <summary>The first fault, in the order in which the standard checks.</summary>
    public IdTokenFault FaultAt(Instant now, IdTokenExpectation expected) =>
        Issuer != expected.Issuer ? IdTokenFault.Issuer
        : !Audience.Contains(expected.ClientId, StringComparer.Ordinal) ? IdTokenFault.Audience
        : AuthorizedParty is null ? Audience.Count == 1 ? RestAt(now, expected) : IdTokenFault.AuthorizedParty
        : AuthorizedParty != expected.ClientId ? IdTokenFault.AuthorizedParty
        : RestAt(now, expected);

    private IdTokenFault RestAt(Instant now, IdTokenExpectation expected) =>
        !IsSame(Nonce, expected.Nonce) ? IdTokenFault.Nonce
        : ExpiresAt is not { } expires || now >= expires + Skew ? IdTokenFault.Expired
        : IssuedAt is not { } issued || issued > now + Skew || issued < now - Oldest ? IdTokenFault.IssuedAt
        : Subject is not { Length: > 0 and <= SubjectLength } ? IdTokenFault.Subject
        : expected.AuthenticatedAfter is { } after && !(AuthenticatedAt >= after - Skew) ? IdTokenFault.AuthenticatedAt
        : IdTokenFault.None;

    private static bool IsSame(string? nonce, string expected) =>
        nonce is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(expected));
}
