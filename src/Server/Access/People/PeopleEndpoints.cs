using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.People;

/// <summary>Whom to invite, and what they may do.</summary>
/// <param name="Email">Where the invitation goes; it cannot be changed later.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">Viewer, User, Manager or Admin.</param>
/// <param name="JobRoles">What they do for customers, for instance csm.</param>
/// <param name="Reach">all (standard), portfolio or named.</param>
/// <param name="Customers">The customers of reach named.</param>
internal sealed record InvitePersonBody(string Email, string Name, string Role, IReadOnlyList<string>? JobRoles, string? Reach, IReadOnlyList<string>? Customers);

/// <summary>What changes about a person; what is left out stays.</summary>
internal sealed record ChangePersonBody(string? Name, string? Role, IReadOnlyList<string>? JobRoles, string? Reach, IReadOnlyList<string>? Customers);

/// <summary>Who was invited.</summary>
/// <param name="Person">The new member of the staff.</param>
/// <param name="Link">Where the invitation leads, this once and only while no mail is sent: hand it over yourself. Else null.</param>
internal sealed record InvitedPersonBody(StaffBody Person, string? Link);

/// <summary>The permission matrix.</summary>
/// <param name="Columns">Who: roles, the portal, keys.</param>
/// <param name="Groups">What they do, in groups.</param>
internal sealed record PermissionsBody(IReadOnlyList<string> Columns, IReadOnlyList<PermissionGroupBody> Groups);

/// <summary>Actions that belong together.</summary>
internal sealed record PermissionGroupBody(string Name, IReadOnlyList<PermissionBody> Actions);

/// <summary>An action and who may take it: by column <c>yes</c>, <c>no</c>, or the scopes of which one is enough.</summary>
internal sealed record PermissionBody(string Policy, string Action, IReadOnlyList<string> Cells);

/// <summary>The staff over HTTP.</summary>
internal static class PeopleEndpoints
{
    private const int StandardPage = 100;
    private const int LargestPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/v1/people").WithTags("People");
        people.MapGet("", List).RequirePolicy(Policies.ReadPeople)
            .WithName("ListPeople").WithSummary("The staff, by name, those who left included; administrators see more of each")
            .TakesPage(LargestPage).TakesQuery("q", "Only people whose name or mail address holds this text.")
            .Produces<Page<StaffBody>>().Refuses(400, 401, 403);
        people.MapGet("/{person}", Get).RequirePolicy(Policies.ReadPeople)
            .TakesPath("person", "The id of a member of the staff.")
            .WithName("GetPerson").WithSummary("One member of the staff; the version is the ETag")
            .Produces<StaffBody>().Refuses(401, 403, 404);
        people.MapPost("", Invite).RequirePolicy(Policies.ManagePeople)
            .WithName("InvitePerson").WithSummary("Invite somebody to the staff by mail")
            .WithDescription($"The link in the mail works once, for {PersonLink.InvitationLife.TotalDays:0} days, and lets them choose a password.")
            .TakesJson(typeof(InvitePersonBody), "Who they are and what they may do.")
            .Produces<InvitedPersonBody>(StatusCodes.Status201Created).Refuses(400, 401, 403, 409, 413, 415, 422);
        people.MapPost("/{person}/invitations", InviteAgain).RequirePolicy(Policies.ManagePeople)
            .TakesPath("person", "Somebody who has not come in yet.")
            .WithName("InvitePersonAgain").WithSummary("Send another invitation; the link before is void")
            .Produces<InvitedPersonBody>(StatusCodes.Status201Created).Refuses(401, 403, 404, 409);
        people.MapPatch("/{person}", Change).RequirePolicy(Policies.ManagePeople)
            .TakesPath("person", "The id of a member of the staff.")
            .WithName("ChangePerson").WithSummary("Change name, role, job roles or reach; holds from the person's next request on")
            .TakesJson(typeof(ChangePersonBody), "What changes.", "application/merge-patch+json")
            .TakesHeader("If-Match", "The version that the change is based on, for instance \"3\".")
            .Produces<StaffBody>().Refuses(400, 401, 403, 404, 409, 412, 413, 415, 422, 428);
        people.MapPost("/{person}/deactivation", Deactivate).RequirePolicy(Policies.ManagePeople)
            .TakesPath("person", "The id of a member of the staff.")
            .WithName("DeactivatePerson").WithSummary("End somebody's access at once, with every session and link")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404, 409);
        people.MapDelete("/{person}/deactivation", Reactivate).RequirePolicy(Policies.ManagePeople)
            .TakesPath("person", "The id of a member of the staff.")
            .WithName("ReactivatePerson").WithSummary("Let somebody in again, with the role and reach they had")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404);
        routes.MapGet("/v1/permissions", (Permissions permissions) => Matrix(permissions)).RequirePolicy(Policies.ReadPeople)
            .WithName("GetPermissions").WithTags("People").WithSummary("Who may do what: the permission matrix")
            .Produces<PermissionsBody>().Refuses(401, 403);
    }

    private static PermissionsBody Matrix(Permissions permissions) => new(
        permissions.Columns,
        [
            .. permissions.Rows.GroupBy(row => row.Group).Select(group => new PermissionGroupBody(
                group.Key, [.. group.Select(row => new PermissionBody(row.Policy, row.Action, [.. permissions.Columns.Select(column => row.Cells[column])]))])),
        ]);

    private static async Task<IResult> List(HttpContext context, PeopleViews views)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var after = query.Cursor(parts: 2);
        return query.Problem is { } problem
            ? ProblemResults.From(problem)
            : TypedResults.Ok(await views.List(context.Caller(), query.Text("q"), after, limit, context.RequestAborted));
    }

    private static async Task<IResult> Get(HttpContext context, string person, PeopleViews views) => await Show(context, IdOf(person), views);

    private static async Task<IResult> Invite(HttpContext context, InvitePerson invite, PeopleViews views, CairnOptions options)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var email = input.Text("email");
        var details = Lay(input, new PersonDetails());
        input.Finish();
        var made = await invite.Run(email, details, context.Caller(), input.Faults, context.RequestAborted);
        return await Answer(context, made, views, options);
    }

    private static async Task<IResult> InviteAgain(HttpContext context, string person, InvitePerson invite, PeopleViews views, CairnOptions options) =>
        await Answer(context, await invite.Again(IdOf(person), context.Caller(), context.RequestAborted), views, options);

    private static async Task<IResult> Answer(HttpContext context, Outcome<InvitePerson.Invited> made, PeopleViews views, CairnOptions options)
    {
        if (!made.IsOk)
        {
            return ProblemResults.From(made.Problem);
        }

        var person = await views.One(context.Caller(), made.Value.Person.Id, context.RequestAborted);
        return TypedResults.Created($"/v1/people/{person!.Id}", new InvitedPersonBody(person, options.Mail is not null ? null : made.Value.Path));
    }

    private static async Task<IResult> Change(HttpContext context, string person, ChangePerson change, PeopleViews views)
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
        var changed = await change.Run(IdOf(person), version.Value, Over, context.Caller(), context.RequestAborted);
        return changed.IsOk ? await Show(context, changed.Value.Id, views) : ProblemResults.From(changed.Problem);

        PersonDetails Over(PersonDetails standing, InputFaults faults)
        {
            var details = Lay(input, standing);
            input.Finish();
            faults.AddRange(input.Faults);
            return details;
        }
    }

    private static async Task<IResult> Deactivate(HttpContext context, string person, DeactivatePerson deactivate) =>
        await deactivate.Run(IdOf(person), context.Caller(), context.RequestAborted) is { } problem ? ProblemResults.From(problem) : TypedResults.NoContent();

    private static async Task<IResult> Reactivate(HttpContext context, string person, DeactivatePerson deactivate) =>
        await deactivate.Undo(IdOf(person), context.Caller(), context.RequestAborted) is { } problem ? ProblemResults.From(problem) : TypedResults.NoContent();

    private static async Task<IResult> Show(HttpContext context, PersonId id, PeopleViews views)
    {
        if (await views.One(context.Caller(), id, context.RequestAborted) is not { } found)
        {
            return ProblemResults.From(AccessProblems.PersonNotFound);
        }

        RowVersion.Show(context, found.Version);
        return TypedResults.Ok(found);
    }

    /// <summary>The members that are there over those that stand. A reach without customers takes none of those before.</summary>
    private static PersonDetails Lay(JsonInput input, PersonDetails standing) => new()
    {
        Name = input.Has("name") ? input.Text("name") : input.Skip("name", standing.Name),
        Role = input.Has("role") ? input.Text("role") : input.Skip("role", standing.Role),
        JobRoles = input.Has("jobRoles") ? input.Texts("jobRoles") : input.Skip("jobRoles", standing.JobRoles),
        Customers = input.Has("customers") ? input.Texts("customers") : input.Skip("customers", input.Has("reach") ? null : standing.Customers),
        Reach = input.Has("reach") ? input.Text("reach") : input.Skip("reach", standing.Reach),
    };

    /// <summary>What is no id is nobody's id.</summary>
    internal static PersonId IdOf(string text) => TypedId.TryParse<PersonId>(text, out var id) ? id : default;
}
