namespace Cairn.Domain.Foundation;

/// <summary>
/// What somebody on the vendor's side does for a customer. Playbooks, hand-offs and escalations address job roles, never
/// people. Not to be mixed up with <see cref="StaffRole"/>, which says what a person may do in the product.
/// </summary>
public static class JobRoles
{
    /// <summary>The roles in the order in which a team is listed. The words stand in files and in the ledger, so they are only ever added to.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "vp-customer-success", "csm-lead", "csm", "csm-technical", "implementation-engineer", "engineer", "testing-lead",
        "support-lead", "support", "sales", "finance", "vp-engineering", "vp-product", "vp-sales", "vp-support", "cfo",
    ];

    /// <summary>Whether a word names a job role.</summary>
    public static bool Exists(string role) => All.Contains(role);
}
