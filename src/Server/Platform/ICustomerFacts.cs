using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;

namespace Cairn.Server.Platform;

/// <summary>What formulas may know about a customer's record (<see cref="CustomerFacts"/>); the customers module answers.</summary>
internal interface ICustomerFacts
{
    /// <summary>The facts of the record as this transaction sees it. A member that is empty is no fact, so that a formula over it is missing and says so.</summary>
    Task<IFactSource> Of(DbWork work, CustomerId customer);
}
