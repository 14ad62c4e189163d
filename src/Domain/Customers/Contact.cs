using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Customers;

/// <summary>Names one of a customer's own people: <c>con_…</c>.</summary>
public readonly record struct ContactId(Guid Value) : ITypedId<ContactId>
{
    /// <inheritdoc/>
    public static string Prefix => "con";

    /// <inheritdoc/>
    public static ContactId Of(Guid value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => TypedId.Format(this);
}

/// <summary>One of a customer's own people, as recorded.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Details">What is known of them.</param>
/// <param name="CreatedAt">Since when they are recorded.</param>
/// <param name="Version">Counts the changes, from 1; an update names the one it is based on.</param>
public sealed record Contact(ContactId Id, ContactDetails Details, Instant CreatedAt, long Version);

/// <summary>What is known of a contact, checked.</summary>
public sealed record ContactDetails
{
    /// <summary>Their name.</summary>
    public required string Name { get; init; }

    /// <summary>Their mail address, as they write it.</summary>
    public string? Email { get; init; }

    /// <summary>Their telephone number, as they write it.</summary>
    public string? Phone { get; init; }

    /// <summary>What they are at the customer.</summary>
    public string? Title { get; init; }

    /// <summary>What they stand for: one or more of <see cref="PortalRoles"/>, in its order.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>Whether they are the one to turn to first. A customer has at most one.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>What the vendor wants to remember; paragraphs.</summary>
    public string? Notes { get; init; }
}

/// <summary>What somebody writes about a contact, unchecked.</summary>
public sealed record ContactDraft
{
    /// <summary>Their name, 1 to 200 characters; required.</summary>
    public string? Name { get; init; }

    /// <summary>Their mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Their telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>What they are at the customer.</summary>
    public string? Title { get; init; }

    /// <summary>One or more of <see cref="PortalRoles"/>; required.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Whether they are the one to turn to first.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>What the vendor wants to remember.</summary>
    public string? Notes { get; init; }
}
