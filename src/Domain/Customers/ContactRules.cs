using Cairn.Domain.Foundation;

namespace Cairn.Domain.Customers;

/// <summary>What a contact takes. Every fault is found, not only the first.</summary>
public static class ContactRules
{
    /// <summary>The most contacts of one customer.</summary>
    public const int MostContacts = 500;

    /// <summary>The longest name and title, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>The longest telephone number, in characters.</summary>
    public const int PhoneLength = 40;

    /// <summary>The longest notes, in characters.</summary>
    public const int NotesLength = 4_000;

    private const int FewestDigits = 3;

    /// <summary>Checks a draft. Faults that reading it found are handed in, so that one answer tells all.</summary>
    public static Outcome<ContactDetails> Check(ContactDraft draft, InputFaults faults)
    {
        var details = new ContactDetails
        {
            Name = faults.Required("/name", draft.Name, NameLength),
            Email = faults.Email("/email", draft.Email),
            Phone = Phone(draft.Phone, faults),
            Title = faults.Optional("/title", draft.Title, NameLength),
            Roles = Roles(draft.Roles, faults),
            IsPrimary = draft.IsPrimary,
            Notes = faults.Paragraphs("/notes", draft.Notes, NotesLength),
        };
        return faults.Any ? faults.ToProblem() : details;
    }

    private static string? Phone(string? value, InputFaults faults)
    {
        var text = faults.Optional("/phone", value, PhoneLength);
        if (text is not null && (text.Count(char.IsAsciiDigit) < FewestDigits || !text.All(one => char.IsAsciiLetterOrDigit(one) || " +-/().,#*".Contains(one))))
        {
            faults.Add("/phone", "phone-unusable", "This is no telephone number: write it as +44 20 7946 0000, with an extension as x12.");
        }

        return text;
    }

    private static IReadOnlyList<string> Roles(IReadOnlyList<string>? given, InputFaults faults)
    {
        if (given is null)
        {
            faults.Add("/roles", InputFaults.MemberMissing, $"'roles' is required: one or more of {string.Join(", ", PortalRoles.All)}.");
            return [];
        }

        if (given.Count == 0 || given.Count > PortalRoles.All.Count)
        {
            faults.Add("/roles", "roles-count", $"A contact stands for one or more of {string.Join(", ", PortalRoles.All)}, each once.");
            return [];
        }

        for (var at = 0; at < given.Count; at++)
        {
            faults.OneOf($"/roles/{at}", given[at], PortalRoles.All, "portal-role-unknown");
        }

        return [.. PortalRoles.All.Where(given.Contains)];
    }
}
