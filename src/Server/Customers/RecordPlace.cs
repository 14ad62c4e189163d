using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary>A record of a customer that is about to change: whose, which, and the version that the change is based on.</summary>
internal readonly record struct RecordPlace<TId>(CustomerId Customer, TId Id, long Version)
    where TId : struct, ITypedId<TId>
{
    /// <summary>Reads it from a request: the customer's scope, an id of the path, If-Match.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The id as it stands in the path.</param>
    /// <param name="unknown">What to answer when it can be no id of this kind.</param>
    public static async ValueTask<Outcome<RecordPlace<TId>>> Read(HttpContext context, string id, Problem unknown)
    {
        var customer = await CustomerScope.Resolve(context);
        var version = IfMatch.Read(context.Request);
        return !customer.IsOk ? customer.Problem
            : !version.IsOk ? version.Problem
            : !TypedId.TryParse<TId>(id, out var known) ? unknown
            : new RecordPlace<TId>(customer.Value, known, version.Value);
    }
}
