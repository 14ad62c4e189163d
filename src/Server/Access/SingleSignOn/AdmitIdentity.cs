using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.SecondFactors;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.SingleSignOn;

/// <summary>
/// What an identity at the provider means here. It is its issuer and its subject, never its mail address: an address is
/// given to somebody else one day, and is not verified everywhere. Within the caller's transaction.
/// </summary>
internal sealed class AdmitIdentity(ProviderOptions options, AdmitPerson admit, LedgerAppender ledger)
{
    /// <returns>The text of a new session.</returns>
    public async Task<Outcome<string>> Enter(DbWork work, ProviderPerson who, string address, Instant now)
    {
        var role = options.Roles.RoleOf(who.Groups);
        if (options.Roles.Decide && role is null)
        {
            return SignInProblems.SingleSignOnNoRole;
        }

        Person person;
        if (await SingleSignOnStore.Find(work, options.IssuerText, who.Subject) is { } known)
        {
            if (await AccessStore.FindPerson(work, new PersonId(known.PersonId)) is not { DeactivatedAt: null } row)
            {
                return SignInProblems.SingleSignOnUnknown;
            }

            person = await WithRole(work, row.ToPerson(), role);
            await SingleSignOnStore.Use(work, known.IdentityId, who.Email, now);
        }
        else
        {
            var made = await Create(work, who, role ?? options.NewRole, now);
            if (!made.IsOk)
            {
                work.Abandon();
                return made.Problem;
            }

            person = made.Value;
        }

        return await admit.Enter(work, person, new SignInWay("single-sign-on", address), now);
    }

    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public async Task<Problem?> Link(DbWork work, PersonId person, ProviderPerson who, Instant now)
    {
        var known = await SingleSignOnStore.Find(work, options.IssuerText, who.Subject);
        if (known is not null)
        {
            return known.PersonId == person.Value ? null : SignInProblems.IdentityTaken;
        }

        var id = new IdentityId(NewId.Next());
        var row = await AccessStore.FindPerson(work, person);
        if (!await SingleSignOnStore.Add(work, id, person, options.IssuerText, who, now))
        {
            return SignInProblems.IdentityTaken;
        }

        await ledger.Record(work, CustomerId.Installation, new RecordChange("identity.linked", ActorOf(row!.ToPerson()), "identity", id.ToString())
        {
            SubjectName = row.Name,
            After = new { person = person.ToString(), issuer = options.IssuerText },
        });
        return null;
    }

    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public async Task<Problem?> Prove(DbWork work, PersonId person, SessionId session, ProviderPerson who, Instant now)
    {
        if (await SingleSignOnStore.Find(work, options.IssuerText, who.Subject) is not { } known || known.PersonId != person.Value)
        {
            return SignInProblems.ProofRefused;
        }

        await SecondFactorsStore.SetProved(work, session, now);
        return null;
    }

    /// <summary>Somebody whom the provider vouches for, where the operator lets it.</summary>
    private async Task<Outcome<Person>> Create(DbWork work, ProviderPerson who, StaffRole role, Instant now)
    {
        var email = who.Email is null ? null : Person.CanonicalEmail(who.Email);
        if (email is not null && await AccessStore.FindPersonByEmail(work, email) is not null && who.IsEmailVerified)
        {
            return SignInProblems.SingleSignOnMailTaken;
        }

        if (!options.CreatesPeople)
        {
            return SignInProblems.SingleSignOnUnknown;
        }

        if (email is null || email.Length > Person.EmailLength || !who.IsEmailVerified)
        {
            return SignInProblems.SingleSignOnMailUnverified;
        }

        var name = who.Name?.Trim() is { Length: > 0 and <= Person.NameLength } given && !given.Any(char.IsControl) ? given : email.Split('@')[0];
        var person = new Person(new PersonId(NewId.Next()), name, email, role);
        if (!await SingleSignOnStore.AddPerson(work, person, now)
            || !await SingleSignOnStore.Add(work, new IdentityId(NewId.Next()), person.Id, options.IssuerText, who, now))
        {
            return SignInProblems.SingleSignOnMailTaken;
        }

        await ledger.Record(work, CustomerId.Installation, EnsureAdministrator.Created(person, Actor.System));
        return person;
    }

    /// <summary>The provider's groups decide over the role at every sign-in; but they never take the last administrator away.</summary>
    private async Task<Person> WithRole(DbWork work, Person person, StaffRole? role)
    {
        if (role is not { } given || given == person.Role)
        {
            return person;
        }

        await AccessStore.LockAdministrators(work);
        if (!await SingleSignOnStore.SetRole(work, person.Id, given))
        {
            return person;
        }

        await ledger.Record(work, CustomerId.Installation, new RecordChange("person.role-changed", Actor.System, "person", person.Id.ToString())
        {
            SubjectName = person.Name,
            Before = new { role = person.Role.ToString() },
            After = new { role = given.ToString(), by = "single-sign-on" },
        });
        return person with { Role = given };
    }

    private static Actor ActorOf(Person person) => new("person", person.Id.ToString(), person.Name);
}
