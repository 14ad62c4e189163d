using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access;

/// <summary>What other modules may look up about the staff.</summary>
internal sealed class AccessDirectory(Database database) : IPeopleLookup
{
    public async Task<IReadOnlyList<StaffName>> Staff(CancellationToken cancel) =>
    [
        .. (await database.ForCustomer(CustomerId.Installation, AccessStore.ListPeople, cancel))
            .Select(row => new StaffName(new PersonId(row.PersonId), row.Name, row.DeactivatedAt is null)),
    ];
}
