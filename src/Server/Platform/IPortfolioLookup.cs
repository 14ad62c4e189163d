using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>Which customers a member of the staff works for; the customers module answers from the teams.</summary>
internal interface IPortfolioLookup
{
    /// <summary>The customers in whose team the person is now; empty for somebody in none.</summary>
    Task<IReadOnlySet<CustomerId>> PortfolioOf(PersonId person, CancellationToken cancel);

    /// <summary>Who is in the team of a customer now, and as what; a person with two roles stands in it twice.</summary>
    Task<IReadOnlyList<TeamPlace>> TeamOf(CustomerId customer, CancellationToken cancel);
}

/// <summary>Somebody's place in a team: the person, and one of <see cref="JobRoles"/>.</summary>
internal readonly record struct TeamPlace(PersonId Person, string JobRole);
