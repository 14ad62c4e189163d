using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Server.Access.Portal;

/// <summary>One of a customer's people as the staff see them.</summary>
/// <param name="Id">Which person.</param>
/// <param name="Name">How they are called.</param>
/// <param name="Email">Where they get their mail.</param>
/// <param name="Roles">What they stand for at the customer.</param>
/// <param name="Status"><c>invited</c>, <c>active</c> or <c>deactivated</c>.</param>
/// <param name="Invitation">The newest invitation: <c>pending</c>, <c>accepted</c>, <c>revoked</c> or <c>expired</c>.</param>
/// <param name="Version">Counts its changes; send it in If-Match with a change.</param>
internal sealed record PortalPersonBody(
    string Id, string Name, string Email, IReadOnlyList<string> Roles, string Status, InvitationBody? Invitation, long Version)
{
    public required string InvitedAt { get; init; }

    public string? AcceptedAt { get; init; }

    public string? DeactivatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public string? LastSeenAt { get; init; }

    public static PortalPersonBody Of(PortalPersonRow row, Instant now) => Of(row.ToPerson(), row.ToInvitation(), AccessStore.ToInstant(row.LastSeenAt), now);

    public static PortalPersonBody Of(PortalPerson person, PortalInvitation? invitation, Instant? lastSeen, Instant now) => new(
        person.Id.ToString(), person.Name, person.Email, person.Roles, StatusOf(person), invitation is { } newest ? InvitationBody.Of(newest, now) : null, person.Version)
    {
        InvitedAt = Rfc3339.Format(person.InvitedAt),
        AcceptedAt = Text(person.AcceptedAt),
        DeactivatedAt = Text(person.DeactivatedAt),
        LastSeenAt = Text(lastSeen),
    };

    /// <summary>What the ledger keeps of a person.</summary>
    public static object Recorded(PortalPerson person) => new
    {
        name = person.Name,
        email = person.Email,
        roles = person.Roles,
        status = StatusOf(person),
    };

    private static string StatusOf(PortalPerson person) =>
        person.DeactivatedAt is not null ? "deactivated" : person.AcceptedAt is null ? "invited" : "active";

    private static string? Text(Instant? time) => time is { } value ? Rfc3339.Format(value) : null;
}

/// <summary>An invitation as the staff see it; its link is in no list.</summary>
/// <param name="State"><c>pending</c>, <c>accepted</c>, <c>revoked</c> or <c>expired</c>.</param>
/// <param name="SentAt">When it was made.</param>
/// <param name="ExpiresAt">From when on it cannot be accepted.</param>
internal sealed record InvitationBody(string State, string SentAt, string ExpiresAt)
{
    public static InvitationBody Of(PortalInvitation invitation, Instant now) => new(
        invitation.StateAt(now).ToString().ToLowerInvariant(), Rfc3339.Format(invitation.CreatedAt), Rfc3339.Format(invitation.ExpiresAt));
}

/// <summary>A person who has just been invited.</summary>
/// <param name="Person">Who.</param>
/// <param name="IsMailed">Whether the invitation goes out by mail.</param>
/// <param name="Link">Without mail, the path of the one-time link: hand it over yourself. It is shown this once.</param>
internal sealed record InvitedBody(PortalPersonBody Person, bool IsMailed, string? Link);
