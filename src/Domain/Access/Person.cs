using Cairn.Domain.Foundation;

namespace Cairn.Domain.Access;

/// <summary>What somebody asks of a new account with a password, unchecked.</summary>
public sealed record PersonDraft(string? Name, string? Email, string? Password);

/// <summary>What a person shall be, as an administrator wrote it, unchecked.</summary>
public sealed record PersonDetails
{
    /// <summary>The person's name.</summary>
    public string? Name { get; init; }

    /// <summary>A <see cref="StaffRole"/>.</summary>
    public string? Role { get; init; }

    /// <summary>Of <see cref="Foundation.JobRoles"/>; none when <see langword="null"/>.</summary>
    public IReadOnlyList<string>? JobRoles { get; init; }

    /// <summary>Of <see cref="Access.Reach.Words"/>; all when <see langword="null"/>.</summary>
    public string? Reach { get; init; }

    /// <summary>The customers of reach <c>named</c>.</summary>
    public IReadOnlyList<string>? Customers { get; init; }
}

/// <summary>A member of the vendor's staff.</summary>
public sealed record Person(PersonId Id, string Name, string Email, StaffRole Role)
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>The longest mail address (RFC 5321 allows 254).</summary>
    public const int EmailLength = 254;

    /// <summary>What they do for customers, of <see cref="Foundation.JobRoles"/> and in its order.</summary>
    public IReadOnlyList<string> JobRoles { get; init; } = [];

    /// <summary>Whose records they may see.</summary>
    public Reach Reach { get; init; } = Reach.Everything;

    /// <summary>Checks a draft of somebody who sets a password at once; all faults together. Never quotes the password.</summary>
    public static Outcome<Person> Create(PersonDraft draft, PersonId id, StaffRole role, Func<string, bool> isCommon, InputFaults faults)
    {
        var name = faults.Required("/name", draft.Name, NameLength);
        var email = CheckEmail(draft.Email, faults);
        PasswordRules.Check(draft.Password, [name, email], isCommon, faults);
        return faults.Any ? faults.ToProblem() : new Person(id, name, email, role);
    }

    /// <summary>Checks somebody who is invited, and will set a password later.</summary>
    public static Outcome<Person> Invite(string? email, PersonDetails details, PersonId id, InputFaults faults)
    {
        var address = CheckEmail(email, faults);
        return new Person(id, "", address, StaffRole.Viewer).With(details, faults);
    }

    /// <summary>The same person with other details; all faults together.</summary>
    public Outcome<Person> With(PersonDetails details, InputFaults faults)
    {
        var name = faults.Required("/name", details.Name, NameLength);
        var role = CheckRole(details.Role, faults);
        var jobs = details.JobRoles ?? [];
        for (var at = 0; at < jobs.Count; at++)
        {
            faults.OneOf($"/jobRoles/{at}", jobs[at], Foundation.JobRoles.All, "job-role-unknown");
        }

        var reach = Reach.Check(details.Reach, details.Customers, role, faults);
        return faults.Any
            ? faults.ToProblem()
            : this with { Name = name, Role = role, JobRoles = [.. Foundation.JobRoles.All.Where(jobs.Contains)], Reach = reach };
    }

    /// <summary>The person as somebody would have written them.</summary>
    public PersonDetails ToDetails() => new()
    {
        Name = Name,
        Role = Role.ToString(),
        JobRoles = JobRoles,
        Reach = Reach.Word,
        Customers = [.. Reach.Customers.Select(customer => customer.ToString())],
    };

    /// <summary>The form under which an address is stored and looked up: lower case, no outer blanks.</summary>
    public static string CanonicalEmail(string email) => email.Trim().ToLowerInvariant();

    private static string CheckEmail(string? given, InputFaults faults)
    {
        var email = CanonicalEmail(faults.Required("/email", given, EmailLength));
        if (email.Length > 0 && !IsEmail(email))
        {
            faults.Add("/email", "email-unusable", "This is no mail address: it takes the form name@example.com.");
        }

        return email;
    }

    private static StaffRole CheckRole(string? given, InputFaults faults)
    {
        if (given is null)
        {
            faults.Add("/role", InputFaults.MemberMissing, $"'role' is required: {string.Join(", ", Enum.GetNames<StaffRole>())}.");
            return StaffRole.Viewer;
        }

        // By the name alone: a number would be read as a role too.
        return Enum.TryParse<StaffRole>(faults.OneOf("/role", given, Enum.GetNames<StaffRole>(), "role-unknown"), out var role) ? role : StaffRole.Viewer;
    }

    // Whether an address exists is for a mail to find out; this only catches slips.
    private static bool IsEmail(string email)
    {
        var at = email.IndexOf('@');
        return at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1 && !email.Any(char.IsWhiteSpace);
    }
}
