using Cairn.Domain.Foundation;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Cairn.Server.Access.Passkeys;

/// <summary>Somebody with the passkeys that were loaded for them: the framework's verification asks for nothing else.</summary>
internal sealed record PasskeyOwner(PersonId Person, IReadOnlyList<PasskeyRow> Passkeys);

/// <summary>
/// Answers the framework's passkey verification from rows that were loaded before, so that it works inside our own
/// transaction and without the tables of its identity system. It reads; what it would write, the use cases write.
/// </summary>
/// <param name="owner">Whose passkeys they are; <see langword="null"/> when the credential belongs to nobody here.</param>
internal sealed class PasskeyOwners(PasskeyOwner? owner) : IUserPasskeyStore<PasskeyOwner>
{
    public Task<string> GetUserIdAsync(PasskeyOwner user, CancellationToken cancellationToken) => Task.FromResult(user.Person.ToString());

    public Task<PasskeyOwner?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(owner?.Person.ToString() == userId ? owner : null);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyOwner user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. user.Passkeys.Select(row => row.ToInfo())]);

    public Task<PasskeyOwner?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(owner is not null && Find(owner, credentialId) is not null ? owner : null);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(Find(user, credentialId)?.ToInfo());

    public Task<string?> GetUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Unasked();

    public Task SetUserNameAsync(PasskeyOwner user, string? userName, CancellationToken cancellationToken) => throw Unasked();

    public Task<string?> GetNormalizedUserNameAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Unasked();

    public Task SetNormalizedUserNameAsync(PasskeyOwner user, string? normalizedName, CancellationToken cancellationToken) => throw Unasked();

    public Task<IdentityResult> CreateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Unasked();

    public Task<IdentityResult> UpdateAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Unasked();

    public Task<IdentityResult> DeleteAsync(PasskeyOwner user, CancellationToken cancellationToken) => throw Unasked();

    public Task<PasskeyOwner?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Unasked();

    public Task AddOrUpdatePasskeyAsync(PasskeyOwner user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Unasked();

    public Task RemovePasskeyAsync(PasskeyOwner user, byte[] credentialId, CancellationToken cancellationToken) => throw Unasked();

    public void Dispose()
    {
        // It holds rows and nothing that would have to be let go.
    }

    /// <summary>The verification for an owner, set up as this product wants it.</summary>
    public static PasskeyHandler<PasskeyOwner> Verification(PasskeyOwner? owner) => new(
        new UserManager<PasskeyOwner>(
            new PasskeyOwners(owner), Options.Create(new IdentityOptions()), null!, [], [], null!, new IdentityErrorDescriber(), null!, NullLogger()),
        Settings);

    private static readonly IOptions<IdentityPasskeyOptions> Settings = Options.Create(new IdentityPasskeyOptions
    {
        // The device asks for a finger, a face or a PIN, so that a passkey is two factors; and it offers itself, so that
        // nobody types an address. Which make of device it is, is nobody's business here.
        UserVerificationRequirement = "required",
        ResidentKeyRequirement = "required",
        AttestationConveyancePreference = "none",
        AuthenticatorTimeout = PasskeyTicket.Life.ToTimeSpan(),
        ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && context.Origin == $"{context.HttpContext.Request.Scheme}://{context.HttpContext.Request.Host}"),
    });

    private static Microsoft.Extensions.Logging.Abstractions.NullLogger<UserManager<PasskeyOwner>> NullLogger() => new();

    private static PasskeyRow? Find(PasskeyOwner user, byte[] credential) => user.Passkeys.FirstOrDefault(row => row.CredentialId.AsSpan().SequenceEqual(credential));

    private static NotSupportedException Unasked() => new("The verification of passkeys does not ask for this.");
}
