using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>A member of the staff, as other modules show them.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="IsActive">Whether they may still sign in; somebody who left is shown where they stand, and chosen nowhere.</param>
internal sealed record StaffName(PersonId Id, string Name, bool IsActive);

/// <summary>The names of the staff; the access module answers.</summary>
internal interface IPeopleLookup
{
    /// <summary>Everybody on the staff, by name, those who left included. A staff is small: there are no pages.</summary>
    Task<IReadOnlyList<StaffName>> Staff(CancellationToken cancel);
}
