using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>Ends a key, at once and on every server. Ending an ended key changes nothing and succeeds.</summary>
internal sealed class RevokeApiKey(Database database, LedgerAppender ledger, KnownApiKeys known, Clock clock)
{
    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public async Task<Problem?> Run(CustomerId customer, ApiKeyId key, Actor actor, CancellationToken cancel)
    {
        var now = clock.Now;
        return await database.ForCustomer<Problem?>(customer, async work =>
        {
            if (await AccessStore.FindKey(work, customer, key) is not { } row)
            {
                return AccessProblems.KeyNotFound;
            }

            if (!await AccessStore.RevokeKey(work, customer, key, now))
            {
                return null;
            }

            await ledger.Record(work, customer, new RecordChange("api-key.revoked", actor, "api-key", key.ToString())
            {
                SubjectName = row.Name,
                Before = ApiKeyBody.Recorded(row.ToKey()),
                After = ApiKeyBody.Recorded(row.ToKey() with { RevokedAt = now }),
            });

            // Other servers hear of it through the channel; this one need not wait for that.
            work.AfterCommit(() => known.Forget(key));
            return null;
        }, cancel);
    }
}
