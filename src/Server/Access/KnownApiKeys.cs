using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>
/// The API keys that were shown within the last second. Ingest recognises a key ten thousand times a second, so one
/// look-up serves a second's requests; a revocation is heard at once through the channel, and where it is not (the
/// listener is reconnecting) after that second. Unknown keys are not remembered: there is no end of them.
/// </summary>
internal sealed class KnownApiKeys(Database database)
{
    /// <summary>The PostgreSQL channel on which a changed key's id is announced.</summary>
    public const string Channel = "cairn_access";

    /// <summary>How often a key's use is written down.</summary>
    public static readonly Duration UsedEvery = Duration.FromMinutes(1);

    /// <summary>How long a row is trusted without word from the database.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(1);

    private const int Most = 10_000;

    private readonly ConcurrentDictionary<Guid, Entry> entries = new();

    /// <summary>The key of that id, if it belongs to that customer. Whether it holds is for the caller to check.</summary>
    public async ValueTask<KnownApiKey?> Find(AccessToken token)
    {
        var entry = FreshEntry(token);
        KnownApiKey? known = null;
        try
        {
            known = await entry.Row.Value;
        }
        finally
        {
            if (known is null)
            {
                entries.TryRemove(new KeyValuePair<Guid, Entry>(token.Id, entry));
            }
        }

        return known?.Key.Customer == token.Customer ? known : null;
    }

    /// <summary>Forgets a key that changed. A look-up that began before stays with those who already wait for it.</summary>
    public void Forget(ApiKeyId key) => entries.TryRemove(key.Value, out _);

    /// <summary>Forgets all, after a time in which announcements may have been missed.</summary>
    public void Clear() => entries.Clear();

    private Entry FreshEntry(AccessToken token)
    {
        while (true)
        {
            if (!entries.TryGetValue(token.Id, out var entry))
            {
                if (entries.Count >= Most)
                {
                    entries.Clear();
                }

                var first = new Entry(() => Load(token));
                if (entries.TryAdd(token.Id, first))
                {
                    return first;
                }
            }
            else if (entry.Age < Trust)
            {
                return entry;
            }
            else
            {
                // One request looks the row up again; those that come meanwhile wait for the same look-up.
                var next = new Entry(() => Load(token));
                if (entries.TryUpdate(token.Id, next, entry))
                {
                    return next;
                }
            }
        }
    }

    // Not cancelled with the request that happens to start it: others wait for it too.
    private Task<KnownApiKey?> Load(AccessToken token) => database.ForCustomer(token.Customer, async work =>
        await AccessStore.FindKey(work, token.Customer, new ApiKeyId(token.Id)) is { } row ? new KnownApiKey(row) : null);

    /// <summary>Age is physical time, not the product's clock: a clock that stands still must not keep a revoked key alive.</summary>
    private sealed class Entry(Func<Task<KnownApiKey?>> load)
    {
        private readonly long made = TimeProvider.System.GetTimestamp();

        public TimeSpan Age => TimeProvider.System.GetElapsedTime(made);

        public Lazy<Task<KnownApiKey?>> Row { get; } = new(load);
    }
}

/// <summary>A key as it was in the database at most a second ago.</summary>
internal sealed class KnownApiKey(ApiKeyRow row)
{
    private int isTouched;

    public ApiKey Key { get; } = row.ToKey();

    // What proved it last, for as long as the row is trusted: comparing is quicker than hashing it again.
    private string? proof;

    /// <summary>Whether a secret is the key's, or the one before its last rotation while that is good. Compares in constant time.</summary>
    public bool Matches(string secret, Instant now) =>
        IsCurrent(secret)
        || (row.PreviousSecretHash is { } previous && row.PreviousUntil is { } until && now < Instant.FromDateTimeOffset(until) && AccessSecrets.Matches(secret, previous));

    // Only the secret in force is remembered: the one before it may end at any moment.
    private bool IsCurrent(string secret)
    {
        if (proof is { } known && CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(known.AsSpan()), MemoryMarshal.AsBytes(secret.AsSpan())))
        {
            return true;
        }

        if (!AccessSecrets.Matches(secret, row.SecretHash))
        {
            return false;
        }

        proof = secret;
        return true;
    }

    public Caller Caller { get; } = new()
    {
        Kind = CallerKind.ApiKey,
        Customer = row.CustomerId == CustomerId.Installation.Value ? null : new CustomerId(row.CustomerId),
        Scopes = row.Scopes,
        Actor = new Actor("api-key", new ApiKeyId(row.KeyId).ToString(), row.Name),
        Limit = new RateLimit(row.KeyId, row.RateLimitPerMinute ?? RateLimit.Standard),
    };

    /// <summary>True for the one request that should write the use down.</summary>
    public bool ClaimTouch(Instant now) =>
        (row.LastUsedAt is not { } last || now >= Instant.FromDateTimeOffset(last) + KnownApiKeys.UsedEvery)
        && Interlocked.Exchange(ref isTouched, 1) == 0;
}
