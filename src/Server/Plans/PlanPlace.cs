using Cairn.Domain.Foundation;
using Cairn.Domain.Plans;
using Cairn.Server.Platform;

namespace Cairn.Server.Plans;

/// <summary>Which plan of which customer a request is about.</summary>
internal static class PlanPlace
{
    public const string PlanMeaning = "Which plan: pln_….";

    public const string ItemMeaning = "Which item: itm_….";

    public const string IfMatchMeaning = "The version that the change is based on, for instance \"3\".";

    public static async ValueTask<Outcome<(CustomerId Customer, PlanId Plan)>> Read(HttpContext context, string plan)
    {
        var customer = await CustomerScope.Resolve(context);
        return !customer.IsOk ? customer.Problem
            : !TypedId.TryParse<PlanId>(plan, out var id) ? PlansProblems.PlanNotFound
            : (customer.Value, id);
    }

    /// <summary>The same with the version in If-Match.</summary>
    public static async ValueTask<Outcome<(CustomerId Customer, PlanId Plan, long Version)>> ReadVersion(HttpContext context, string plan)
    {
        var place = await Read(context, plan);
        var version = RowVersion.Read(context.Request);
        return !place.IsOk ? place.Problem
            : !version.IsOk ? version.Problem
            : (place.Value.Customer, place.Value.Plan, version.Value);
    }
}
