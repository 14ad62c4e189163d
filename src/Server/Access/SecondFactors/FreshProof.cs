using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SecondFactors;

/// <summary>
/// Asks for a recent proof of who somebody is before what would let a stranger at an open screen take the account over.
/// A sign-in counts as one. Keys are not asked: whoever holds one has nothing further to prove.
/// </summary>
internal sealed class FreshProof(Database database, Clock clock)
{
    /// <summary>How long a proof lasts.</summary>
    public static readonly Duration Life = Duration.FromMinutes(10);

    /// <returns>Why it cannot be done now, or <see langword="null"/>.</returns>
    public async Task<Problem?> Refusal(HttpContext context) =>
        context.Caller().Kind != CallerKind.Person ? null
        : await Until(context) is { } until && clock.Now < until ? null
        : SignInProblems.ProofRequired;

    /// <summary>When the last proof of this session ends; <see langword="null"/> without a session.</summary>
    public async Task<Instant?> Until(HttpContext context) =>
        SessionOf(context.Request) is { } session
        && await database.ForCustomer(CustomerId.Installation, work => SecondFactorsStore.ProvedAt(work, session), context.RequestAborted) is { } proved
            ? Instant.FromDateTimeOffset(proved) + Life
            : null;

    /// <summary>The session of a request that was recognised by it.</summary>
    public static SessionId? SessionOf(HttpRequest request) =>
        AccessToken.TryParse(AccessToken.SessionWord, SessionCookie.Read(request), out var token) ? new SessionId(token.Id) : null;
}
