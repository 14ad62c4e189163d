using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.Team;

/// <summary>A customer's team over HTTP.</summary>
internal static class TeamEndpoints
{
    private const string MemberPath = "Which place in the team: tmb_….";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/colleagues", Colleagues).RequirePolicy(Policies.ReadStaffNames)
            .WithName("ListColleagues").WithTags("Team").WithSummary("The staff by name, to choose a team from; without pages")
            .Produces<Page<ColleagueBody>>();
        var team = routes.MapGroup("/v1/customers/{customer}/team").WithTags("Team");
        team.MapGet("", List).RequirePolicy(Policies.ReadCustomers)
            .WithName("ListTeam").WithSummary("Who of the vendor works, worked and will work for the customer; without pages")
            .Produces<Page<TeamMemberBody>>().Refuses(404);
        team.MapPost("", Add).RequirePolicy(Policies.EditCustomers)
            .WithName("AddTeamMember").WithSummary("Put a member of the staff into the team")
            .TakesJson(typeof(WriteTeamMemberBody), "Who, in which job role, from when until when.")
            .Produces<TeamMemberBody>(StatusCodes.Status201Created).Refuses(400, 404, 409, 413, 415, 422);
        team.MapPatch("/{member}", Change).RequirePolicy(Policies.EditCustomers)
            .WithName("ChangeTeamMember").WithSummary("Change a place in the team, based on the version in If-Match")
            .TakesJson(typeof(WriteTeamMemberBody), "The members that change; null clears one (RFC 7396).", "application/merge-patch+json")
            .TakesPath("member", MemberPath).TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces<TeamMemberBody>().Refuses(400, 404, 409, 412, 413, 415, 422, 428);
        team.MapDelete("/{member}", Remove).RequirePolicy(Policies.EditCustomers)
            .WithName("RemoveTeamMember").WithSummary("Take a place out of the team as if it had never been; it can be restored. Whoever leaves gets a last day instead")
            .TakesPath("member", MemberPath).TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 412, 428);
        team.MapPost("/{member}/restoration", Restore).RequirePolicy(Policies.EditCustomers)
            .WithName("RestoreTeamMember").WithSummary("Bring a removed place in the team back")
            .TakesPath("member", MemberPath).Produces<TeamMemberBody>().Refuses(404, 409);
    }

    private static async Task<IResult> Colleagues(HttpContext context, TeamViews views) =>
        TypedResults.Ok(new Page<ColleagueBody>(await views.Colleagues(context.RequestAborted), null));

    private static async Task<IResult> List(HttpContext context, TeamViews views)
    {
        var customer = await CustomerScope.Resolve(context);
        return customer.IsOk
            ? TypedResults.Ok(new Page<TeamMemberBody>(await views.Team(customer.Value, context.RequestAborted), null))
            : ProblemResults.From(customer.Problem);
    }

    private static async Task<IResult> Add(HttpContext context, ChangeTeam change, TeamViews views)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var draft = TeamInput.Over(input, new TeamMemberDraft(null, null, null, null));
        var made = await change.Add(customer.Value, draft, context.Caller().Actor, input.Faults, context.RequestAborted);
        return await Answer(context, views, customer.Value, made, isNew: true);
    }

    private static async Task<IResult> Change(HttpContext context, string member, ChangeTeam change, TeamViews views)
    {
        var place = await RecordPlace<TeamMemberId>.Read(context, member, CustomersProblems.TeamMemberNotFound);
        if (!place.IsOk)
        {
            return ProblemResults.From(place.Problem);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var changed = await change.Change(place.Value, Lay, context.Caller().Actor, context.RequestAborted);
        return await Answer(context, views, place.Value.Customer, changed);

        TeamMemberDraft Lay(TeamMemberDraft standing, InputFaults faults)
        {
            var draft = TeamInput.Over(input, standing);
            faults.AddRange(input.Faults);
            return draft;
        }
    }

    private static async Task<IResult> Remove(HttpContext context, string member, ChangeTeam change)
    {
        var place = await RecordPlace<TeamMemberId>.Read(context, member, CustomersProblems.TeamMemberNotFound);
        var problem = place.IsOk ? await change.Remove(place.Value, context.Caller().Actor, context.RequestAborted) : place.Problem;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Restore(HttpContext context, string member, ChangeTeam change, TeamViews views)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        return TypedId.TryParse<TeamMemberId>(member, out var id)
            ? await Answer(context, views, customer.Value, await change.Restore(customer.Value, id, context.Caller().Actor, context.RequestAborted))
            : ProblemResults.From(CustomersProblems.TeamMemberNotFound);
    }

    private static async Task<IResult> Answer(HttpContext context, TeamViews views, CustomerId customer, Outcome<TeamMember> outcome, bool isNew = false)
    {
        if (!outcome.IsOk)
        {
            return ProblemResults.From(outcome.Problem);
        }

        var member = outcome.Value;
        if (await views.One(customer, member.Id, CancellationToken.None) is not { } body)
        {
            // Somebody removed it between our commit and this look.
            return ProblemResults.From(CustomersProblems.TeamMemberNotFound);
        }

        IfMatch.Show(context, body.Version);
        return isNew ? TypedResults.Created($"/v1/customers/{customer}/team", body) : TypedResults.Ok(body);
    }
}
