using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Domain.Access.Portal;

/// <summary>Everything that the portal's entrance and its administration refuse, in the order in which it is checked.</summary>
public static class PortalProblems
{
    /// <summary>No such invitation or link, or the secret is another; the two are not told apart.</summary>
    public static Problem TokenUnknown { get; } = new(
        ProblemKind.NotFound, "portal-link-unknown", "This link is not known. Open it exactly as it stands in the mail, or ask for a new one.");

    /// <summary>The link brought somebody in before.</summary>
    public static Problem TokenUsed { get; } = new(
        ProblemKind.Conflict, "portal-link-used", "This link was used before, and each works once. Ask for a new one with your mail address.");

    /// <summary>Somebody took the invitation back, or a newer one replaced it.</summary>
    public static Problem TokenRevoked { get; } = new(
        ProblemKind.Conflict, "portal-link-revoked", "This invitation does not hold any more. Open the newest mail, or ask who invited you.");

    /// <summary>The time of the link is over.</summary>
    public static Problem TokenExpired { get; } = new(
        ProblemKind.Conflict, "portal-link-expired", "The time of this link is over. Ask for a new one with your mail address, or ask who invited you.");

    /// <summary>The person may come in no more.</summary>
    public static Problem PersonDeactivated { get; } = new(
        ProblemKind.Conflict, "portal-person-deactivated", "This person has no access to the portal any more. Reactivate them first.");

    /// <summary>The session timed out, was ended, or never was.</summary>
    public static Problem SessionEnded { get; } = new(
        ProblemKind.Unauthenticated, "portal-session-ended", "You are signed out. Ask for a sign-in link with your mail address.");

    /// <summary>The look through somebody's eyes is over, or is another's.</summary>
    public static Problem ViewEnded { get; } = new(
        ProblemKind.Unauthenticated, "portal-view-ended", "This view through a customer's eyes is over. Start a new one from the customer's page.");

    /// <summary>No person of that id is the customer's.</summary>
    public static Problem PersonNotFound { get; } = new(
        ProblemKind.NotFound, "portal-person-not-found", "This customer has no person of that id in the portal.");

    /// <summary>The customer has a person with this address already.</summary>
    public static Problem PersonKnown { get; } = new(
        ProblemKind.Conflict, "portal-person-known", "This mail address is a person of this customer's portal already. Send them a new invitation, or reactivate them.");

    /// <summary>The customer has as many people in the portal as one may.</summary>
    public static Problem TooManyPeople(int most) => new(
        ProblemKind.Conflict, "portal-people-too-many", $"A customer has at most {most} people in the portal.");

    /// <summary>There is nothing that could be taken back.</summary>
    public static Problem NoPendingInvitation { get; } = new(
        ProblemKind.Conflict, "portal-invitation-not-pending", "This person has no invitation that could be taken back.");

    /// <summary>The person has come in before and needs no invitation.</summary>
    public static Problem AlreadyAccepted { get; } = new(
        ProblemKind.Conflict, "portal-invitation-accepted", "This person has accepted already. They ask for a sign-in link at /portal whenever they need one.");

    /// <summary>Only who works for the customer may look through its people's eyes.</summary>
    public static Problem NotOfTheTeam { get; } = new(
        ProblemKind.Forbidden, "view-not-permitted", "Seeing the portal as a customer's person takes the role Manager or above, or a place in the customer's team.");

    /// <summary>No module calls a kind of record so.</summary>
    public static Problem KindUnknown(string kind, IEnumerable<string> known) => new(
        ProblemKind.Unacceptable, "share-kind-unknown", $"'{InputFaults.Shorten(kind)}' cannot be shared. What can: {string.Join(", ", known)}.");

    /// <summary>The customer has no such record to share.</summary>
    public static Problem RecordUnknown(string kind, string record) => new(
        ProblemKind.NotFound, "share-record-unknown", $"This customer has no record '{InputFaults.Shorten(record)}' of the kind {kind} that could be shared.");

    /// <summary>Nothing of that id is shared.</summary>
    public static Problem ShareNotFound { get; } = new(
        ProblemKind.NotFound, "share-not-found", "Nothing of that id is shared with this customer's people.");

    /// <summary>The customer's people see as much as anybody can keep track of.</summary>
    public static Problem TooManyShares { get; } = new(
        ProblemKind.Conflict, "shares-too-many", $"At most {Share.MostOfACustomer} things can be shared with one customer's people. Share all of a kind instead.");

    /// <summary>Opened elsewhere than where it was asked for: a person confirms it, a mail scanner does not.</summary>
    /// <param name="customer">The customer's name.</param>
    /// <param name="person">Who would be signed in.</param>
    /// <param name="email">Their mail address.</param>
    /// <param name="isInvitation">Whether it is their first time.</param>
    public static Problem ConfirmationRequired(string customer, string person, string email, bool isInvitation) => new(
        ProblemKind.Conflict, "portal-confirmation-required", "Nothing was used up. Send the same again with \"confirmed\": true to come in.")
    {
        Extensions = new Dictionary<string, object?> { ["customer"] = customer, ["person"] = person, ["email"] = email, ["invitation"] = isInvitation },
    };

    /// <summary>Too many asked for links from one place.</summary>
    public static Problem AskWait(Duration wait) => new(
        ProblemKind.TooMany, "portal-ask-wait", $"Too many links were asked for from here. Try again in {(long)Math.Ceiling(wait.TotalSeconds)} seconds.")
    {
        Extensions = new Dictionary<string, object?> { ["retryAfter"] = (long)Math.Ceiling(wait.TotalSeconds) },
    };
}
