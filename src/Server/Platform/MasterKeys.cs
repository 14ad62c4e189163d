using System.Security.Cryptography;
using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>
/// Which master key the database goes with, and the data key sealed under it: two settings that only ever change together,
/// in one transaction. So at every moment exactly one master key opens the data key, and the setting names it.
/// </summary>
internal static class MasterKeys
{
    private const string IdSetting = "master_key_id";
    private const string DataKeySetting = "data_key";

    /// <summary>Opens the box that all secrets are sealed in. Ends a change of master keys that was killed after its commit.</summary>
    /// <exception cref="MasterKeyException">None of the keys at hand is the database's.</exception>
    public static async Task<SecretBox> OpenBox(DbWork work, CairnOptions options)
    {
        using var ring = MasterKeyRing.Open(options);
        var isNew = await work.Execute(
            "insert into platform_settings (name, value) values (@IdSetting, @id) on conflict do nothing", new { IdSetting, id = ring.Current.Id }) == 1;
        var id = await work.Single<string>("select value from platform_settings where name = @IdSetting", new { IdSetting });
        var master = ring.Find(id) ?? throw new MasterKeyException(ring.IsOfFiles
            ? $"The master key in {Path.Combine(options.Data.FullName, "master.key")} is not the one this database goes with. Put the right file back, or give it as CAIRN_MASTER_KEY."
            : "CAIRN_MASTER_KEY is not the key this database goes with. Give the right one.");
        if (ring.Next?.Id == id)
        {
            ring.Promote();
        }

        if (await work.Maybe<string>("select value from platform_settings where name = @DataKeySetting", new { DataKeySetting }) is null)
        {
            var made = isNew ? RandomNumberGenerator.GetBytes(SecretBox.KeyBytes) : master.AsDataKey();
            await work.Execute(
                "insert into platform_settings (name, value) values (@DataKeySetting, @wrapped) on conflict do nothing", new { DataKeySetting, wrapped = master.Wrap(made) });
            CryptographicOperations.ZeroMemory(made);
        }

        var key = master.Unwrap(await work.Single<string>("select value from platform_settings where name = @DataKeySetting", new { DataKeySetting }));
        var box = new SecretBox(key);
        CryptographicOperations.ZeroMemory(key);
        return box;
    }

    /// <summary>Seals the data key under the next master key. Before the commit the old one opens it, after it the new one.</summary>
    /// <returns>The id of the master key before.</returns>
    /// <exception cref="MasterKeyException">Another change was faster.</exception>
    public static async Task<string> Rewrap(DbWork work, MasterKeyRing ring, MasterKey next)
    {
        var id = await work.Single<string>("select value from platform_settings where name = @IdSetting for update", new { IdSetting });
        if (id == next.Id)
        {
            throw new MasterKeyException("This change of master keys is done already. With keys from the environment, start the servers with the new one as CAIRN_MASTER_KEY.");
        }

        var current = ring.Find(id) ?? throw new MasterKeyException("The master key was changed meanwhile, by another program. Nothing was done; run the command again.");
        var key = current.Unwrap(await work.Single<string>("select value from platform_settings where name = @DataKeySetting for update", new { DataKeySetting }));
        await work.Execute("update platform_settings set value = @wrapped where name = @DataKeySetting", new { DataKeySetting, wrapped = next.Wrap(key) });
        await work.Execute("update platform_settings set value = @id where name = @IdSetting", new { IdSetting, id = next.Id });
        CryptographicOperations.ZeroMemory(key);
        return id;
    }
}

/// <summary>
/// Changes the master key. The new key is written beside the old one first; then one transaction seals the data key under
/// it; then the files change places. Killed before the commit, the old key still is the database's; killed after it, the
/// next start finds the new key beside the old one and ends the change. Running servers have the data key and notice nothing.
/// </summary>
internal sealed class RotateMasterKey(Database database, LedgerAppender ledger, CairnOptions options)
{
    /// <summary>The ids of the keys before and after, and whether the operator has to put the new one in place.</summary>
    public sealed record Rotated(string Before, string After, bool IsOfFiles);

    public async Task<Rotated> Run(Actor actor, CancellationToken cancel)
    {
        using var ring = MasterKeyRing.Open(options);
        var next = ring.EnsureNext();
        var before = await database.ForOperator(async work =>
        {
            var id = await MasterKeys.Rewrap(work, ring, next);
            await ledger.Record(work, CustomerId.Installation, new RecordChange("master-key.rotated", actor, "master-key", next.Id)
            {
                Before = new { id },
                After = new { id = next.Id },
            });
            return id;
        }, cancel);
        ring.Promote();
        return new Rotated(before, next.Id, ring.IsOfFiles);
    }
}
