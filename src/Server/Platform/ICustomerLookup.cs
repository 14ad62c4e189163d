using Cairn.Domain.Foundation;
using NodaTime;

namespace Cairn.Server.Platform;

/// <summary>The few facts about a customer that any module may need; the customers module answers.</summary>
internal interface ICustomerLookup
{
    /// <summary>The customer's own time zone; UTC for one that is not known.</summary>
    Task<DateTimeZone> ZoneOf(CustomerId customer, CancellationToken cancel);

    /// <summary>The customer's name, for people to read; its id for one that is not known.</summary>
    Task<string> NameOf(CustomerId customer, CancellationToken cancel);
}
