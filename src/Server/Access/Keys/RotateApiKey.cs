using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Keys;

/// <summary>
/// Gives a key another secret under the same id, name and scopes. The one before works on for a while, so that programs
/// are moved one after the other; a further rotation ends it at once, since two are enough to tell apart.
/// </summary>
internal sealed class RotateApiKey(Database database, LedgerAppender ledger, KnownApiKeys known, Clock clock)
{
    /// <param name="Key">The key as it stands now.</param>
    /// <param name="Text">The whole new key, shown this once.</param>
    /// <param name="PreviousUntil">Until when the text before works.</param>
    public sealed record Rotated(ApiKey Key, string Text, Instant PreviousUntil);

    /// <param name="customer">Whose key; the installation for the operator's own.</param>
    /// <param name="key">Which key.</param>
    /// <param name="overlap">How long the text before works; zero ends it at once.</param>
    /// <param name="actor">Who rotates it.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public Task<Outcome<Rotated>> Run(CustomerId customer, ApiKeyId key, Duration overlap, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Outcome<Rotated>>(customer, async work =>
        {
            if (await AccessStore.FindKey(work, customer, key) is not { } row)
            {
                return AccessProblems.KeyNotFound;
            }

            var now = clock.Now;
            var standing = row.ToKey();
            if (standing.RefusalAt(now) is not null)
            {
                return AccessProblems.KeyNotActive;
            }

            var token = new AccessToken(customer, key.Value, AccessSecrets.New());
            var until = now + overlap;
            await AccessStore.RotateKey(work, standing, AccessSecrets.Hash(token.Secret), now, until);
            await ledger.Record(work, customer, new RecordChange("api-key.rotated", actor, "api-key", key.ToString())
            {
                SubjectName = standing.Name,
                After = new { previousUntil = Rfc3339.Format(until) },
            });
            work.AfterCommit(() => known.Forget(key));
            return new Rotated(standing, token.Write(AccessToken.ApiKeyWord), until);
        }, cancel);
}
