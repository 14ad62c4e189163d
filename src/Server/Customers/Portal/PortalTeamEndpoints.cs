using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Customers.Contacts;
using Cairn.Server.Customers.Team;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.Portal;

/// <summary>Somebody of the vendor who works for the customer today.</summary>
/// <param name="Name">Who.</param>
/// <param name="JobRole">As what, one of the job roles.</param>
/// <param name="Since">From which day.</param>
internal sealed record PortalMemberBody(string Name, string JobRole, string Since);

/// <summary>One of the customer's own people as the vendor has written them down, without what it notes for itself.</summary>
/// <param name="Name">Who.</param>
/// <param name="Title">What they are at the customer.</param>
/// <param name="Roles">What they stand for.</param>
/// <param name="Email">Their mail address.</param>
/// <param name="Phone">Their telephone number.</param>
/// <param name="IsPrimary">Whether they are the one to turn to first.</param>
internal sealed record PortalContactBody(string Name, string? Title, IReadOnlyList<string> Roles, string? Email, string? Phone, bool IsPrimary);

/// <summary>People in the portal: who looks after the customer, and whom the vendor knows there.</summary>
internal static class PortalTeamEndpoints
{
    /// <summary>The most contacts that are shown; a customer has fewer.</summary>
    private const int MostContacts = 500;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var portal = routes.MapGroup("/v1/portal").WithTags("Portal").RequirePolicy(Policies.Portal);
        portal.MapGet("/team", GetTeam)
            .WithName("GetPortalTeam").WithSummary("Who works for the customer today, where the team is shared with the person")
            .Produces<Page<PortalMemberBody>>().Refuses(404);
        portal.MapGet("/contacts", GetContacts)
            .WithName("GetPortalContacts").WithSummary("The customer's contacts, where they are shared with the person")
            .Produces<Page<PortalContactBody>>().Refuses(404);
    }

    private static async Task<IResult> GetTeam(HttpContext context, TeamViews views)
    {
        var caller = context.Caller();
        if (!caller.Sight.SeesEvery(ShareKinds.Team))
        {
            return ProblemResults.From(PlatformProblems.NotShared);
        }

        var team = await views.Team(caller.Customer!.Value, context.RequestAborted);
        return TypedResults.Ok(new Page<PortalMemberBody>([.. team.Where(member => member.When == "current").Select(member => new PortalMemberBody(member.Person.Name, member.Role, member.From))], null));
    }

    private static async Task<IResult> GetContacts(HttpContext context, Database database)
    {
        var caller = context.Caller();
        if (!caller.Sight.SeesEvery(ShareKinds.Contacts))
        {
            return ProblemResults.From(PlatformProblems.NotShared);
        }

        var customer = caller.Customer!.Value;
        var rows = await database.ForCustomer(customer, work => ContactsStore.List(work, customer, null, MostContacts), context.RequestAborted);
        return TypedResults.Ok(new Page<PortalContactBody>([.. rows.OrderByDescending(row => row.IsPrimary).Select(Shown)], null));
    }

    private static PortalContactBody Shown(ContactRow row) => new(row.Name, row.Title, row.Roles, row.Email, row.Phone, row.IsPrimary);
}
