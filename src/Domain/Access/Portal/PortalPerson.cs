using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Access.Portal;

/// <summary>Whom somebody wants to invite, or how a person is to be from now on; unchecked.</summary>
/// <param name="Name">How the person is called.</param>
/// <param name="Email">Where the invitation goes; it is what the person is known by and never changes.</param>
/// <param name="Roles">What they stand for, of <see cref="PortalRoles"/>.</param>
public sealed record PortalPersonDraft(string? Name, string? Email, IReadOnlyList<string>? Roles);

/// <summary>
/// One of a customer's own people, who may see in the portal what is shared with them. Somebody whom several customers
/// invite is a separate person at each: nothing joins them but the mail address they share.
/// </summary>
public sealed record PortalPerson
{
    /// <summary>Which person.</summary>
    public required PortalPersonId Id { get; init; }

    /// <summary>Whose person.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>How they are called.</summary>
    public required string Name { get; init; }

    /// <summary>Their mail address in its canonical form.</summary>
    public required string Email { get; init; }

    /// <summary>What they stand for, in the order of <see cref="PortalRoles.All"/>; at least one.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>When somebody first invited them.</summary>
    public required Instant InvitedAt { get; init; }

    /// <summary>When they first came in; <see langword="null"/> before.</summary>
    public Instant? AcceptedAt { get; init; }

    /// <summary>Since when they may come in no more; <see langword="null"/> while they may.</summary>
    public Instant? DeactivatedAt { get; init; }

    /// <summary>Counts changes of the record, for If-Match.</summary>
    public required long Version { get; init; }

    /// <summary>A person to be invited; all faults at once.</summary>
    public static Outcome<PortalPerson> Invite(PortalPersonDraft draft, PortalPersonId id, CustomerId customer, Instant now, InputFaults faults)
    {
        var name = faults.Required("/name", draft.Name, Person.NameLength);
        var email = Person.CanonicalEmail(faults.Required("/email", draft.Email, Person.EmailLength));
        if (email.Length > 0 && !IsMailable(email))
        {
            faults.Add("/email", "email-unusable", "This is no mail address: it takes the form name@example.com.");
        }

        var roles = CheckRoles(draft.Roles, faults);
        return faults.Any
            ? faults.ToProblem()
            : new PortalPerson { Id = id, Customer = customer, Name = name, Email = email, Roles = roles, InvitedAt = now, Version = 1 };
    }

    /// <summary>The same person with another name or other roles; what the draft leaves out stays. The mail address cannot change: it says who they are.</summary>
    public Outcome<PortalPerson> Change(PortalPersonDraft draft, InputFaults faults)
    {
        var name = draft.Name is null ? Name : faults.Required("/name", draft.Name, Person.NameLength);
        var roles = draft.Roles is null ? Roles : CheckRoles(draft.Roles, faults);
        return faults.Any ? faults.ToProblem() : this with { Name = name, Roles = roles };
    }

    /// <summary>Roles in their canonical order, each once; a fault for each word that is none.</summary>
    public static IReadOnlyList<string> CheckRoles(IReadOnlyList<string>? given, InputFaults faults)
    {
        const string pointer = "/roles";
        var all = string.Join(", ", PortalRoles.All);
        if (given is null or { Count: 0 })
        {
            faults.Add(pointer, InputFaults.MemberMissing, $"'roles' is required: one or more of {all}.");
            return [];
        }

        for (var at = 0; at < given.Count; at++)
        {
            faults.OneOf($"{pointer}/{at}", given[at], PortalRoles.All, "portal-role-unknown");
        }

        return [.. PortalRoles.All.Where(given.Contains)];
    }

    // Whether an address exists is for the mail to find out. What would break the line of a mail's header is refused outright.
    private static bool IsMailable(string email)
    {
        var at = email.IndexOf('@');
        return at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1
            && !email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character is '<' or '>' or ',' or ';' or '"' or ':');
    }
}
