using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>Makes a key for a customer, or for the operator when the customer is the installation. Its text exists in the answer and nowhere else.</summary>
internal sealed class CreateApiKey(Database database, LedgerAppender ledger, Clock clock)
{
    /// <param name="Key">What was recorded.</param>
    /// <param name="Text">The whole key, shown this once.</param>
    public sealed record Created(ApiKey Key, string Text);

    /// <param name="customer">Whose key; the installation for an operator's.</param>
    /// <param name="draft">What it is for and what it may do.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    /// <param name="keep">Keeps the answer for repeats, in the same transaction.</param>
    public async Task<Outcome<Created>> Run(
        CustomerId customer, ApiKeyDraft draft, Actor actor, InputFaults faults, CancellationToken cancel, Func<DbWork, Created, Task>? keep = null)
    {
        var made = ApiKey.Create(draft, new ApiKeyId(NewId.Next()), customer, clock.Now, faults);
        if (!made.IsOk)
        {
            return made.Problem;
        }

        var key = made.Value;
        var token = new AccessToken(customer, key.Id.Value, AccessSecrets.New());
        return await database.ForCustomer<Outcome<Created>>(customer, async work =>
        {
            if (!customer.IsInstallation && !await CustomerScope.Exists(work, customer))
            {
                return PlatformProblems.CustomerNotFound;
            }

            var created = new Created(key, token.Write(AccessToken.ApiKeyWord));
            await AccessStore.AddKey(work, key, AccessSecrets.Hash(token.Secret), actor);
            if (keep is not null)
            {
                await keep(work, created);
            }

            await ledger.Record(work, customer, new RecordChange("api-key.created", actor, "api-key", key.Id.ToString())
            {
                SubjectName = key.Name,
                After = ApiKeyBody.Recorded(key),
            });
            return created;
        }, cancel);
    }
}
