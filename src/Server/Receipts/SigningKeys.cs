using Cairn.MerkleLog;
using Cairn.Server.Platform;

namespace Cairn.Server.Receipts;

/// <summary>The installation's Ed25519 key: made at first start, sealed in the database, opened once a process.</summary>
internal sealed class SigningKeys(SecretBox box, Clock clock) : IDisposable
{
    private const string Purpose = "checkpoint signing key 1";

    private readonly Lock gate = new();
    private Ed25519Signer? signer;

    /// <summary>Makes the key if there is none. Two first starts at once keep the first one's.</summary>
    public async Task Ensure(DbWork work)
    {
        var seed = Ed25519Signer.NewSeed();
        using var made = new Ed25519Signer(seed);
        await ReceiptsStore.AddSigningKey(work, made.PublicKey, box.Seal(Purpose, seed), clock.Now);
    }

    /// <summary>Signs a checkpoint under the log's origin, which is also the name of the key.</summary>
    public async Task<string> Sign(DbWork work, string body, string origin)
    {
        var key = await Open(work);
        lock (gate)
        {
            return SignedNote.Sign(body, origin, key).Format();
        }
    }

    /// <summary>The verifier key of a log: what a customer or an auditor keeps to check checkpoints with.</summary>
    public async Task<VerifierKey> VerifierKey(DbWork work, string origin)
    {
        var (publicKey, _) = await ReceiptsStore.SigningKey(work);
        return MerkleLog.VerifierKey.For(origin, publicKey);
    }

    public void Dispose() => signer?.Dispose();

    private async Task<Ed25519Signer> Open(DbWork work)
    {
        if (signer is { } known)
        {
            return known;
        }

        var (_, sealedSeed) = await ReceiptsStore.SigningKey(work);
        lock (gate)
        {
            return signer ??= new Ed25519Signer(box.Unseal(Purpose, sealedSeed));
        }
    }
}
