using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>Decides how many requests a minute a key may send, at once and on every server.</summary>
internal sealed class LimitApiKey(Database database, LedgerAppender ledger, KnownApiKeys known)
{
    /// <summary>The most that a limit can be set to.</summary>
    public const int Most = 10_000_000;

    /// <param name="perMinute">The limit; <see langword="null"/> for the standard.</param>
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public async Task<Problem?> Run(CustomerId customer, ApiKeyId key, int? perMinute, Actor actor, CancellationToken cancel) =>
        await database.ForCustomer<Problem?>(customer, async work =>
        {
            if (await AccessStore.FindKey(work, customer, key) is not { } row)
            {
                return AccessProblems.KeyNotFound;
            }

            await AccessStore.SetRateLimit(work, customer, key, perMinute);
            await ledger.Record(work, customer, new RecordChange("api-key.limited", actor, "api-key", key.ToString())
            {
                SubjectName = row.Name,
                Before = new { requestsPerMinute = row.RateLimitPerMinute },
                After = new { requestsPerMinute = perMinute },
            });
            work.AfterCommit(() => known.Forget(key));
            return null;
        }, cancel);
}
