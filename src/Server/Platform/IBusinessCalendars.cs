using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Calendars;

namespace Cairn.Server.Platform;

/// <summary>When a customer works; the customers module answers.</summary>
internal interface IBusinessCalendars
{
    /// <summary>
    /// The customer's calendar with all its versions and their public holidays, read inside the given transaction. Without
    /// any version it is Monday to Friday, 09:00 to 17:00, in the customer's zone. The answer is shared and kept while
    /// nothing changes, so that asking again is cheap.
    /// </summary>
    Task<BusinessCalendar> Of(DbWork work, CustomerId customer);
}
