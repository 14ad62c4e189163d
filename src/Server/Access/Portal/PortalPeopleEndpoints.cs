using Cairn.Domain.Access.Portal;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>Whom to invite.</summary>
/// <param name="Name">How the person is called.</param>
/// <param name="Email">Where the invitation goes.</param>
/// <param name="Roles">What they stand for: executive-sponsor, project-lead, technical-lead, data-owner, process-owner, finance, it, member.</param>
internal sealed record InvitePersonBody(string Name, string Email, IReadOnlyList<string> Roles);

/// <summary>What changes of a person; what is left out stays.</summary>
internal sealed record ChangePortalPersonBody(string? Name, IReadOnlyList<string>? Roles);

/// <summary>A customer's people in the portal, as the staff manage them.</summary>
internal static class PortalPeopleEndpoints
{
    private const int StandardPage = 50;
    private const int LargestPage = 200;
    private const string PersonMeans = "The id of the person, ppl_….";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/v1/customers/{customer}/portal-people").WithTags("Portal people").RequirePolicy(Policies.ManagePortal);
        people.MapGet("", List).RequirePolicy(Policies.ReadPortal)
            .WithName("ListPortalPeople").WithSummary("List a customer's people in the portal, with the state of their invitations")
            .TakesPage(LargestPage)
            .Produces<Page<PortalPersonBody>>().Refuses(400, 404);
        people.MapPost("", Invite)
            .WithName("InvitePortalPerson").WithSummary("Invite one of a customer's people to the portal")
            .WithDescription("The invitation goes out by mail, works once and for seven days. Where no mail server is set up, the answer holds the path of its link instead, this once.")
            .TakesJson(typeof(InvitePersonBody), "Who is invited.")
            .Produces<InvitedBody>(StatusCodes.Status201Created).Refuses(400, 404, 409, 413, 415, 422);
        people.MapGet("/{person}", Get).TakesPath("person", PersonMeans).RequirePolicy(Policies.ReadPortal)
            .WithName("GetPortalPerson").WithSummary("One of a customer's people in the portal; the version is the ETag")
            .Produces<PortalPersonBody>().Refuses(404);
        people.MapPatch("/{person}", Edit).TakesPath("person", PersonMeans)
            .WithName("ChangePortalPerson").WithSummary("Change a person's name or roles; what they see follows at once")
            .WithDescription("The mail address cannot change, because it says who somebody is: deactivate the person and invite the new address.")
            .TakesJson(typeof(ChangePortalPersonBody), "The members that change.", "application/merge-patch+json")
            .TakesHeader("If-Match", "The version that the change is based on, for instance \"3\".")
            .Produces<PortalPersonBody>().Refuses(400, 404, 412, 413, 415, 422, 428);
        people.MapPost("/{person}/invitations", InviteAgain).TakesPath("person", PersonMeans)
            .WithName("ResendPortalInvitation").WithSummary("Send a person who has not come in yet a new invitation; the ones before hold no more")
            .Produces<InvitedBody>(StatusCodes.Status201Created).Refuses(404, 409);
        people.MapDelete("/{person}/invitations", RevokeInvitation).TakesPath("person", PersonMeans)
            .WithName("RevokePortalInvitation").WithSummary("Take a person's invitation back")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 409);
        people.MapPut("/{person}/deactivation", Deactivate).TakesPath("person", PersonMeans)
            .WithName("DeactivatePortalPerson").WithSummary("End a person's access at once: sessions, links and invitations")
            .Produces<PortalPersonBody>().Refuses(404);
        people.MapDelete("/{person}/deactivation", Reactivate).TakesPath("person", PersonMeans)
            .WithName("ReactivatePortalPerson").WithSummary("Let a person come in again")
            .Produces<PortalPersonBody>().Refuses(404);
        people.MapPost("/{person}/views", BeginView).TakesPath("person", PersonMeans).RequirePolicy(Policies.SeeAsPortalPerson)
            .WithName("BeginPortalView").WithSummary("See the portal as this person does, for half an hour; the answer shows the way in once")
            .WithDescription("For the role Manager and above, and for the customer's team. Nothing can be changed through it, and its start, its end and every read in it stand in the customer's audit trail.")
            .Produces<PortalViewBody>(StatusCodes.Status201Created).Refuses(404, 409);
        routes.MapDelete("/v1/customers/{customer}/portal-views/{view}", EndView).TakesPath("view", "The id of the view, pvw_….").RequirePolicy(Policies.SeeAsPortalPerson)
            .WithTags("Portal people").WithName("EndPortalView").WithSummary("End one's own view through a person's eyes")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
    }

    private static Task<IResult> BeginView(HttpContext context, string person, SeeAsPerson see) => WithPerson(context, person, async (customer, id) =>
    {
        var begun = await see.Begin(customer, id, context.Caller(), context.RequestAborted);
        return begun.IsOk ? TypedResults.Created((string?)null, begun.Value) : ProblemResults.From(begun.Problem);
    });

    private static async Task<IResult> EndView(HttpContext context, string view, SeeAsPerson see)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        if (TypedId.TryParse<PortalViewId>(view, out var id))
        {
            await see.End(customer.Value, id, context.Caller(), context.RequestAborted);
        }

        return TypedResults.NoContent();
    }

    private static async Task<IResult> List(HttpContext context, PortalViews views)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var after = query.IdCursor<PortalPersonId>();
        return query.Problem is { } problem
            ? ProblemResults.From(problem)
            : TypedResults.Ok(await views.People(customer.Value, after, limit, context.RequestAborted));
    }

    private static async Task<IResult> Invite(HttpContext context, InvitePerson invite)
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
        var draft = new PortalPersonDraft(input.Text("name"), input.Text("email"), input.Texts("roles"));
        input.Finish();
        return Created(await invite.Run(customer.Value, draft, context.Caller().Actor, input.Faults, context.RequestAborted));
    }

    private static Task<IResult> Get(HttpContext context, string person, PortalViews views) =>
        WithPerson(context, person, async (customer, id) => await views.Person(customer, id, context.RequestAborted) is { } found
            ? Shown(context, found)
            : ProblemResults.From(PortalProblems.PersonNotFound));

    private static async Task<IResult> Edit(HttpContext context, string person, ChangePortalPerson change, Clock clock)
    {
        var version = RowVersion.Read(context.Request);
        if (!version.IsOk)
        {
            return ProblemResults.From(version.Problem);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var draft = new PortalPersonDraft(input.Text("name"), null, input.Texts("roles"));
        input.Finish();
        return await WithPerson(context, person, async (customer, id) => Answer(
            context, await change.Edit(customer, id, version.Value, standing => standing.Change(draft, input.Faults), context.Caller().Actor, context.RequestAborted), clock));
    }

    private static Task<IResult> InviteAgain(HttpContext context, string person, InvitePerson invite) =>
        WithPerson(context, person, async (customer, id) => Created(await invite.Again(customer, id, context.Caller().Actor, context.RequestAborted)));

    private static Task<IResult> RevokeInvitation(HttpContext context, string person, ChangePortalPerson change) =>
        WithPerson(context, person, async (customer, id) =>
            await change.RevokeInvitation(customer, id, context.Caller().Actor, context.RequestAborted) is { } problem ? ProblemResults.From(problem) : TypedResults.NoContent());

    private static Task<IResult> Deactivate(HttpContext context, string person, ChangePortalPerson change, Clock clock) =>
        WithPerson(context, person, async (customer, id) => Answer(context, await change.Deactivate(customer, id, context.Caller().Actor, context.RequestAborted), clock));

    private static Task<IResult> Reactivate(HttpContext context, string person, ChangePortalPerson change, Clock clock) =>
        WithPerson(context, person, async (customer, id) => Answer(context, await change.Reactivate(customer, id, context.Caller().Actor, context.RequestAborted), clock));

    /// <summary>Whose and who, or the refusal of either.</summary>
    internal static async Task<IResult> WithPerson(HttpContext context, string person, Func<CustomerId, PortalPersonId, Task<IResult>> handle)
    {
        var customer = await CustomerScope.Resolve(context);
        return !customer.IsOk ? ProblemResults.From(customer.Problem)
            : TypedId.TryParse<PortalPersonId>(person, out var id) ? await handle(customer.Value, id)
            : ProblemResults.From(PortalProblems.PersonNotFound);
    }

    private static IResult Created(Outcome<InvitedBody> outcome) =>
        outcome.IsOk ? TypedResults.Created((string?)null, outcome.Value) : ProblemResults.From(outcome.Problem);

    private static IResult Answer(HttpContext context, Outcome<PortalPersonRow> outcome, Clock clock) =>
        outcome.IsOk ? Shown(context, PortalPersonBody.Of(outcome.Value, clock.Now)) : ProblemResults.From(outcome.Problem);

    private static IResult Shown(HttpContext context, PortalPersonBody person)
    {
        RowVersion.Show(context, person.Version);
        return TypedResults.Ok(person);
    }
}
