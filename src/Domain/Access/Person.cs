using Cairn.Domain.Foundation;

namespace Cairn.Domain.Access;

/// <summary>What somebody asks of a new account, unchecked.</summary>
public sealed record PersonDraft(string? Name, string? Email, string? Password);

/// <summary>A member of the vendor's staff.</summary>
public sealed record Person(PersonId Id, string Name, string Email, StaffRole Role)
{
    /// <summary>The longest name, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>The longest mail address (RFC 5321 allows 254).</summary>
    public const int EmailLength = 254;

    /// <summary>The shortest password, in characters (ASVS 5.0, 6.2.1 asks for 8 and advises 15; there is no second factor yet).</summary>
    public const int PasswordMin = 12;

    /// <summary>The longest password: longer ones only cost hashing time.</summary>
    public const int PasswordMax = 200;

    /// <summary>Checks a draft; all faults at once. Never quotes the password.</summary>
    public static Outcome<Person> Create(PersonDraft draft, PersonId id, StaffRole role, InputFaults faults)
    {
        var name = faults.Required("/name", draft.Name, NameLength);
        var email = CanonicalEmail(faults.Required("/email", draft.Email, EmailLength));
        if (email.Length > 0 && !IsEmail(email))
        {
            faults.Add("/email", "email-unusable", "This is no mail address: it takes the form name@example.com.");
        }

        CheckPassword(draft.Password, faults);
        return faults.Any ? faults.ToProblem() : new Person(id, name, email, role);
    }

    /// <summary>The form under which an address is stored and looked up: lower case, no outer blanks.</summary>
    public static string CanonicalEmail(string email) => email.Trim().ToLowerInvariant();

    private static void CheckPassword(string? password, InputFaults faults)
    {
        const string pointer = "/password";
        if (password is null)
        {
            faults.Add(pointer, InputFaults.MemberMissing, $"'password' is required: {PasswordMin} characters or more.");
        }
        else if (password.Length is < PasswordMin or > PasswordMax)
        {
            faults.Add(pointer, "password-length", $"A password takes {PasswordMin} to {PasswordMax} characters.");
        }
    }

    // Whether an address exists is for a mail to find out; this only catches slips.
    private static bool IsEmail(string email)
    {
        var at = email.IndexOf('@');
        return at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1 && !email.Any(char.IsWhiteSpace);
    }
}
