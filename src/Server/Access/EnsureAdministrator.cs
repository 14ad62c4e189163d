using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access;

/// <summary>
/// Sees to it at every start that somebody can sign in. While there is nobody: makes the administrator that the
/// environment names, or else a one-time link. Once there is somebody it changes nothing, whatever the environment says.
/// </summary>
internal sealed class EnsureAdministrator(Database database, LedgerAppender ledger, Passwords passwords, CommonPasswords common, Clock clock)
{
    public const string EmailVariable = "CAIRN_ADMIN_EMAIL";
    public const string PasswordVariable = "CAIRN_ADMIN_PASSWORD";

    /// <summary>How long a setup link may be used.</summary>
    public static readonly Duration LinkLife = Duration.FromHours(24);

    /// <returns>The token of a new setup link, to be printed as <c>&lt;base url&gt;/setup#&lt;token&gt;</c>; <see langword="null"/> when none is needed.</returns>
    /// <exception cref="InstallationException">The environment names an administrator that cannot be made.</exception>
    public async Task<string?> Run(string? email, string? password, CancellationToken cancel)
    {
        if (await database.ForCustomer(CustomerId.Installation, AccessStore.HasPeople, cancel))
        {
            return null;
        }

        if (email is null && password is null)
        {
            return await MakeLink(cancel);
        }

        var person = Check(email, password);
        var passwordHash = await passwords.Hash(password!, cancel);
        return await database.ForCustomer<string?>(CustomerId.Installation, async work =>
        {
            await AccessStore.LockAdministrators(work);
            if (!await AccessStore.HasPeople(work))
            {
                await AccessStore.AddPerson(work, person, passwordHash, clock.Now);
                await ledger.Record(work, CustomerId.Installation, Created(person, Actor.System));
            }

            return null;
        }, cancel);
    }

    /// <summary>How the ledger tells that a person was added.</summary>
    public static RecordChange Created(Person person, Actor actor) => new("person.created", actor, "person", person.Id.ToString())
    {
        SubjectName = person.Name,
        After = new { name = person.Name, email = person.Email, role = person.Role.ToString() },
    };

    private Person Check(string? email, string? password)
    {
        if (email is null || password is null)
        {
            throw new InstallationException(
                $"{(email is null ? EmailVariable : PasswordVariable)} is missing: set both {EmailVariable} and {PasswordVariable} to create the first administrator, or neither to get a setup link.");
        }

        var name = email.Split('@')[0];
        var made = Person.Create(new PersonDraft(name.Length > 0 ? name : null, email, password), new PersonId(NewId.Next()), StaffRole.Admin, common.Contains, new InputFaults());
        return made.IsOk
            ? made.Value
            : throw new InstallationException(
                $"The first administrator cannot be created from {EmailVariable} and {PasswordVariable}: {string.Join(" ", made.Problem.Faults.Select(fault => fault.Detail))}");
    }

    private async Task<string> MakeLink(CancellationToken cancel)
    {
        // Links of earlier starts stay good for their day: with several servers each prints its own. The first to be used ends all.
        var token = AccessSecrets.New();
        var now = clock.Now;
        await database.ForCustomer(CustomerId.Installation, async work =>
        {
            await AccessStore.AddSetupLink(work, AccessSecrets.Hash(token), now, now + LinkLife);
            return true;
        }, cancel);
        return token;
    }
}
