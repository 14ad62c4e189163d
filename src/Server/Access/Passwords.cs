using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Cairn.Server.Access;

/// <summary>
/// Hashes passwords slowly (PBKDF2-HMAC-SHA512, 210,000 rounds, as OWASP's password storage sheet asks), a few at a time,
/// so that a flood of sign-ins cannot take all processors.
/// </summary>
internal sealed class Passwords : IDisposable
{
    private const int Rounds = 210_000;

    private readonly PasswordHasher<Passwords> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly SemaphoreSlim atOnce = new(Math.Max(1, Environment.ProcessorCount / 2));
    private readonly string nobodys;

    private readonly CommonPasswords common;

    public Passwords(CommonPasswords common)
    {
        this.common = common;
        nobodys = hasher.HashPassword(this, AccessSecrets.New());
    }

    /// <summary>What comes of checking a password.</summary>
    /// <param name="IsRight">Whether it is the one.</param>
    /// <param name="NewHash">A hash to store instead, where the stored one is of an older, weaker kind.</param>
    public readonly record struct Check(bool IsRight, string? NewHash);

    /// <summary>Whether a password is among those that are tried first.</summary>
    public bool IsCommon(string password) => common.Contains(password);

    public Task<string> Hash(string password, CancellationToken cancel) => InTurn(() => hasher.HashPassword(this, password), cancel);

    /// <summary>Checks a password; without a hash it does the same work and says no, so that the time tells nothing.</summary>
    public Task<Check> Verify(string? hash, string password, CancellationToken cancel) => InTurn(
        () => hasher.VerifyHashedPassword(this, hash ?? nobodys, password) switch
        {
            PasswordVerificationResult.Success => new Check(hash is not null, null),
            PasswordVerificationResult.SuccessRehashNeeded => new Check(hash is not null, hasher.HashPassword(this, password)),
            _ => new Check(false, null),
        },
        cancel);

    public void Dispose() => atOnce.Dispose();

    private async Task<T> InTurn<T>(Func<T> work, CancellationToken cancel)
    {
        await atOnce.WaitAsync(cancel);
        try
        {
            return work();
        }
        finally
        {
            atOnce.Release();
        }
    }
}
