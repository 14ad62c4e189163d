using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>Who has which role in a new plan.</summary>
internal sealed class PlanOwners(IPortfolioLookup portfolio, ICustomerLookup customers)
{
    /// <summary>The customer's name, for messages.</summary>
    public Task<string> NameOf(CustomerId customer, CancellationToken cancel) => customers.NameOf(customer, cancel);

    /// <summary>Who has which role: whoever was named, else the first of the customer's team.</summary>
    public async Task<Outcome<IReadOnlyDictionary<string, PersonId>>> Of(
        CustomerId customer, PlanStartOrder order, IReadOnlyDictionary<PersonId, StaffName> names, CancellationToken cancel)
    {
        var faults = new InputFaults();
        foreach (var (role, _) in order.Owners.Where(owner => names.GetValueOrDefault(owner.Value) is not { IsActive: true }))
        {
            faults.Add($"/owners/{role}", "person-unknown", "No member of the staff has that id, or they left.");
        }

        if (faults.Any)
        {
            return faults.ToProblem();
        }

        var owners = new Dictionary<string, PersonId>(order.Owners);
        foreach (var place in (await portfolio.TeamOf(customer, cancel)).Where(place => names.GetValueOrDefault(place.Person) is { IsActive: true }))
        {
            owners.TryAdd(place.JobRole, place.Person);
        }

        return owners;
    }
}
