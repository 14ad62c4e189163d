namespace Cairn.Domain.Foundation;

/// <summary>
/// What one of the customer's own people stands for: a contact carries one or more of them, and so does whoever is
/// invited to the portal. Gates, sign-offs and forms address these roles.
/// </summary>
public static class PortalRoles
{
    /// <summary>The roles in the order in which contacts are listed. The words stand in files and in the ledger, so they are only ever added to.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "executive-sponsor", "project-lead", "technical-lead", "data-owner", "process-owner", "finance", "it", "member",
    ];

    /// <summary>Whether a word names a role of the customer's people.</summary>
    public static bool Exists(string role) => All.Contains(role);
}
