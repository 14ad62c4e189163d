using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>Which customers a member of the staff works for; the customers module answers from the teams.</summary>
internal interface IPortfolioLookup
{
    /// <summary>The customers in whose team the person is now; empty for somebody in none.</summary>
    Task<IReadOnlySet<CustomerId>> PortfolioOf(PersonId person, CancellationToken cancel);
}
