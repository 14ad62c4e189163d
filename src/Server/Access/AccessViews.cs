using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>An API key as the API shows it; the text of the key is in no list.</summary>
/// <param name="Id">Which key.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Status"><c>active</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="CreatedBy">Who made it: <c>per_…</c>, <c>key_…</c> or <c>command line</c>.</param>
internal sealed record ApiKeyBody(string Id, string Name, IReadOnlyList<string> Scopes, string Status, string CreatedAt, string CreatedBy)
{
    public string? ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public string? LastUsedAt { get; init; }

    public string? RevokedAt { get; init; }

    public string? RotatedAt { get; init; }

    /// <summary>Until when the text before the last rotation still works; null once it does not.</summary>
    public string? PreviousUntil { get; init; }

    /// <summary>How many requests a minute the key may send to each server.</summary>
    public int RequestsPerMinute { get; init; }

    public static ApiKeyBody Of(ApiKeyRow row, Instant now)
    {
        var key = row.ToKey();
        var status = key.RevokedAt is not null ? "revoked" : key.RefusalAt(now) is null ? "active" : "expired";
        return new ApiKeyBody(key.Id.ToString(), key.Name, key.Scopes, status, Rfc3339.Format(key.CreatedAt), row.CreatedBy)
        {
            ExpiresAt = Text(key.ExpiresAt),
            LastUsedAt = Text(AccessStore.ToInstant(row.LastUsedAt)),
            RevokedAt = Text(key.RevokedAt),
            RotatedAt = Text(AccessStore.ToInstant(row.RotatedAt)),
            PreviousUntil = AccessStore.ToInstant(row.PreviousUntil) is { } until && until > now ? Text(until) : null,
            RequestsPerMinute = row.RateLimitPerMinute ?? RateLimit.Standard,
        };
    }

    /// <summary>What the ledger keeps of a key.</summary>
    public static object Recorded(ApiKey key) => new
    {
        name = key.Name,
        scopes = key.Scopes,
        expiresAt = Text(key.ExpiresAt),
        revokedAt = Text(key.RevokedAt),
    };

    private static string? Text(Instant? time) => time is { } value ? Rfc3339.Format(value) : null;
}

/// <summary>A member of the staff as the API shows them.</summary>
internal sealed record PersonBody(string Id, string Name, string Email, string Role)
{
    public static PersonBody Of(Person person) => new(person.Id.ToString(), person.Name, person.Email, person.Role.ToString());
}

/// <summary>Who is signed in.</summary>
internal sealed record SessionBody(PersonBody Person);

/// <summary>The lists of Access.</summary>
internal sealed class AccessViews(Database database, Clock clock)
{
    /// <summary>A page of a customer's keys, oldest first.</summary>
    public Task<Page<ApiKeyBody>> ApiKeys(CustomerId customer, ApiKeyId? after, int limit, CancellationToken cancel) =>
        database.ForCustomer(customer, async work =>
        {
            var rows = await AccessStore.ListKeys(work, customer, after, limit + 1);
            var now = clock.Now;
            var shown = rows.Take(limit).Select(row => ApiKeyBody.Of(row, now)).ToList();
            return new Page<ApiKeyBody>(shown, rows.Count > limit ? PageCursor.Write(shown[^1].Id) : null);
        }, cancel);

    /// <summary>The person of a recognised session.</summary>
    public async Task<PersonBody?> Person(string id, CancellationToken cancel) =>
        TypedId.TryParse<PersonId>(id, out var person)
        && await database.ForCustomer(CustomerId.Installation, work => AccessStore.FindPerson(work, person), cancel) is { } row
            ? PersonBody.Of(row.ToPerson())
            : null;
}
