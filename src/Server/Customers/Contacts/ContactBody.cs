using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.Contacts;

/// <summary>One of a customer's own people, as the API shows them.</summary>
internal sealed record ContactBody
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string? Email { get; init; }

    public required string? Phone { get; init; }

    public required string? Title { get; init; }

    /// <summary>What they stand for, one or more.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Whether they are the one to turn to first.</summary>
    public required bool Primary { get; init; }

    /// <summary>The vendor's own notes; a customer's own key never sees them.</summary>
    public required string? Notes { get; init; }

    public required string CreatedAt { get; init; }

    /// <summary>Counts the changes; send it in If-Match with a change.</summary>
    public required long Version { get; init; }

    public static ContactBody Of(Contact contact) => new()
    {
        Id = contact.Id.ToString(),
        Name = contact.Details.Name,
        Email = contact.Details.Email,
        Phone = contact.Details.Phone,
        Title = contact.Details.Title,
        Roles = contact.Details.Roles,
        Primary = contact.Details.IsPrimary,
        Notes = contact.Details.Notes,
        CreatedAt = Rfc3339.Format(contact.CreatedAt),
        Version = contact.Version,
    };

    public ContactBody For(Caller caller) => caller.Customer is null ? this : this with { Notes = null };
}

/// <summary>What may be written about a contact. Name and roles are required; in a change, null clears a member.</summary>
internal sealed record WriteContactBody
{
    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Title { get; init; }

    /// <summary>One or more of executive-sponsor, project-lead, technical-lead, data-owner, process-owner, finance, it, member.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>True makes them the one to turn to first, instead of whoever was.</summary>
    public bool? Primary { get; init; }

    public string? Notes { get; init; }
}

/// <summary>Reads a contact from JSON, whole or as a change (RFC 7396).</summary>
internal static class ContactInput
{
    public static ContactDraft Over(JsonInput input, ContactDraft draft)
    {
        string? Text(string name, string? standing) => input.Has(name) ? input.Text(name) : input.Skip(name, standing);

        var read = new ContactDraft
        {
            Name = Text("name", draft.Name),
            Email = Text("email", draft.Email),
            Phone = Text("phone", draft.Phone),
            Title = Text("title", draft.Title),
            Roles = input.Has("roles") ? input.Texts("roles") : input.Skip("roles", draft.Roles),
            IsPrimary = input.Has("primary") ? input.Flag("primary") ?? false : input.Skip("primary", draft.IsPrimary),
            Notes = Text("notes", draft.Notes),
        };
        input.Finish();
        return read;
    }

    public static ContactDraft DraftOf(ContactDetails details) => new()
    {
        Name = details.Name,
        Email = details.Email,
        Phone = details.Phone,
        Title = details.Title,
        Roles = details.Roles,
        IsPrimary = details.IsPrimary,
        Notes = details.Notes,
    };
}
