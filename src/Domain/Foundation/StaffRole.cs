namespace Cairn.Domain.Foundation;

/// <summary>What a member of the vendor's staff may do, from least to most. A role may do what those before it may.</summary>
public enum StaffRole
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Works on customers' records.</summary>
    User,

    /// <summary>Creates customers and their keys.</summary>
    Manager,

    /// <summary>Everything, people and settings included.</summary>
    Admin,
}
