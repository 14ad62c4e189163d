using Cairn.Domain.Access;
using Cairn.Domain.Foundation;
using Cairn.Server.Access.People;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Access.Sessions;

/// <summary>An open session.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Device">What it was last seen on, in words: <c>Firefox on Linux</c>; null before its first request.</param>
/// <param name="Address">The network address it was last seen from.</param>
/// <param name="CreatedAt">The sign-in.</param>
/// <param name="LastSeenAt">The last request, to the minute.</param>
/// <param name="EndsAt">When it ends by itself if no further request comes.</param>
/// <param name="IsCurrent">Whether it is the one that asks.</param>
internal sealed record OpenSessionBody(string Id, string? Device, string? Address, string CreatedAt, string LastSeenAt, string EndsAt, bool IsCurrent);

/// <summary>The open sessions of a person.</summary>
internal sealed record OpenSessionsBody(IReadOnlyList<OpenSessionBody> Items);

/// <summary>How long sessions live, in minutes: without a request, and at all.</summary>
internal sealed record SessionLimitsBody(int IdleMinutes, int AbsoluteMinutes);

/// <summary>Sessions over HTTP, beside signing in and out.</summary>
internal static class SessionsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/v1/sessions").WithTags("Sessions").RequirePolicy(Policies.SignedIn);
        own.MapGet("", async (HttpContext context, Database database, Clock clock) => await List(context, context.Caller().Person!.Value, database, clock))
            .WithName("ListSessions").WithSummary("One's own open sessions, the last seen first")
            .Produces<OpenSessionsBody>().Refuses(401, 403);
        own.MapDelete("", EndOthers)
            .WithName("EndOtherSessions").WithSummary("End all of one's own sessions but this one")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403);
        own.MapDelete("/{session}", EndOwn).TakesPath("session", "The id of one of one's own sessions.")
            .WithName("EndSession").WithSummary("End one of one's own sessions")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404);
        var others = routes.MapGroup("/v1/people/{person}/sessions").WithTags("Sessions").RequirePolicy(Policies.ManagePeople);
        others.MapGet("", async (HttpContext context, string person, Database database, Clock clock) => await List(context, PeopleEndpoints.IdOf(person), database, clock))
            .TakesPath("person", "The id of a member of the staff.")
            .WithName("ListPersonsSessions").WithSummary("A person's open sessions, the last seen first")
            .Produces<OpenSessionsBody>().Refuses(401, 403, 404);
        others.MapDelete("", EndAll).TakesPath("person", "The id of a member of the staff.")
            .WithName("EndPersonsSessions").WithSummary("End all sessions of a person")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404);
        others.MapDelete("/{session}", EndOne).TakesPath("person", "The id of a member of the staff.").TakesPath("session", "The id of one of their sessions.")
            .WithName("EndPersonsSession").WithSummary("End one session of a person")
            .Produces(StatusCodes.Status204NoContent).Refuses(401, 403, 404);
        MapLimits(routes.MapGroup("/v1/settings/sessions").WithTags("Sessions").RequirePolicy(Policies.Administer));
    }

    private static void MapLimits(RouteGroupBuilder limits)
    {
        limits.MapGet("", async (HttpContext context, Database database) => Body(await database.ForCustomer(CustomerId.Installation, SessionsStore.Limits, context.RequestAborted)))
            .WithName("GetSessionLimits").WithSummary("How long sessions live")
            .Produces<SessionLimitsBody>().Refuses(401, 403);
        limits.MapPut("", PutLimits)
            .WithName("PutSessionLimits").WithSummary("Decide how long sessions live; holds at once, for open ones too")
            .TakesJson(typeof(SessionLimitsBody), $"Minutes, {SessionLimits.Least} to {SessionLimits.Most} each.")
            .Produces<SessionLimitsBody>().Refuses(400, 401, 403, 413, 415, 422);
    }

    private static async Task<IResult> List(HttpContext context, PersonId person, Database database, Clock clock)
    {
        var found = await database.ForCustomer(CustomerId.Installation, async work =>
            await AccessStore.FindPerson(work, person) is null ? default((IReadOnlyList<ListedSessionRow>, SessionLimits)?) : (await SessionsStore.Open(work, person), await SessionsStore.Limits(work)),
            context.RequestAborted);
        if (found is not var (rows, limits))
        {
            return ProblemResults.From(AccessProblems.PersonNotFound);
        }

        var (now, current) = (clock.Now, Current(context));
        return TypedResults.Ok(new OpenSessionsBody(
            [.. rows.Where(row => row.ToSession(limits).LivesAt(now)).Select(row => Body(row, row.ToSession(limits), new SessionId(row.SessionId) == current))]));
    }

    private static async Task<IResult> EndOthers(HttpContext context, EndSessions end) =>
        Answer(await end.All(context.Caller().Person!.Value, Current(context), context.Caller().Actor, context.RequestAborted));

    private static async Task<IResult> EndOwn(HttpContext context, string session, EndSessions end) =>
        Answer(await end.One(context.Caller().Person!.Value, IdOf(session), context.Caller().Actor, context.RequestAborted));

    private static async Task<IResult> EndAll(HttpContext context, string person, EndSessions end) =>
        Answer(await end.All(PeopleEndpoints.IdOf(person), null, context.Caller().Actor, context.RequestAborted));

    private static async Task<IResult> EndOne(HttpContext context, string person, string session, EndSessions end) =>
        Answer(await end.One(PeopleEndpoints.IdOf(person), IdOf(session), context.Caller().Actor, context.RequestAborted));

    private static async Task<IResult> PutLimits(HttpContext context, ChangeSessionLimits change)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var idle = Minutes(input, "idleMinutes");
        var absolute = Minutes(input, "absoluteMinutes");
        input.Finish();
        if (!input.Faults.Any && idle > absolute)
        {
            input.Faults.Add("/idleMinutes", "idle-beyond-absolute", "A session cannot wait for a request longer than it may live at all.");
        }

        return input.Faults.Any
            ? ProblemResults.From(input.Faults.ToProblem())
            : TypedResults.Ok(Body(await change.Run(new SessionLimits(idle, absolute), context.Caller().Actor, context.RequestAborted)));
    }

    private static int Minutes(JsonInput input, string name)
    {
        if (input.Whole(name, SessionLimits.Least, SessionLimits.Most) is { } minutes)
        {
            return minutes;
        }

        input.Faults.Add("/" + name, InputFaults.MemberMissing, $"'{name}' is required: minutes, {SessionLimits.Least} to {SessionLimits.Most}.");
        return 0;
    }

    private static OpenSessionBody Body(ListedSessionRow row, Session session, bool isCurrent) => new(
        new SessionId(row.SessionId).ToString(), DeviceWords.Of(row.Agent), row.Address,
        Rfc3339.Format(session.CreatedAt), Rfc3339.Format(session.LastSeenAt), Rfc3339.Format(session.EndsAt), isCurrent);

    private static SessionLimitsBody Body(SessionLimits limits) => new(limits.IdleMinutes, limits.AbsoluteMinutes);

    private static IResult Answer(Problem? problem) => problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);

    /// <summary>The session that this request shows; none for a key.</summary>
    internal static SessionId? Current(HttpContext context) =>
        AccessToken.TryParse(AccessToken.SessionWord, SessionCookie.Read(context.Request), out var token) ? new SessionId(token.Id) : null;

    private static SessionId IdOf(string text) => TypedId.TryParse<SessionId>(text, out var id) ? id : default;
}
