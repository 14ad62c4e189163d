using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>The inbox of whoever is signed in, and the deliveries by mail for those who look after them.</summary>
internal static class NotifyEndpoints
{
    private const int StandardPage = 30;
    private const int LargestPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        MapInbox(routes.MapGroup("/v1/inbox").WithTags("Inbox").RequirePolicy(Policies.SignedIn));
        MapDeliveries(routes.MapGroup("/v1").WithTags("Deliveries").RequirePolicy(Policies.ManageMessages));
    }

    private static void MapInbox(RouteGroupBuilder inbox)
    {
        inbox.MapGet("", ListInbox)
            .WithName("ListInbox").WithSummary("One's own messages, newest first")
            .TakesPage(LargestPage).TakesQuery("unread", "true for unread messages only.")
            .Produces<Page<InboxItemBody>>().Refuses(400);
        inbox.MapGet("/unread", Unread)
            .WithName("CountUnread").WithSummary("How many of one's own messages are unread")
            .Produces<UnreadBody>();
        inbox.MapGet("/stream", Stream)
            .WithName("StreamInbox").WithSummary("How many messages are unread, at once and whenever that changes")
            .WithDescription($"Server-sent events named `inbox` with `{{\"unread\": 3}}`. Ends with `end` within seconds when the session is over. At most {LiveStream.MostOfCaller} a person.")
            .Produces<string>(contentType: "text/event-stream").Refuses(429);
        inbox.MapPut("/{message}/reading", MarkRead).TakesPath("message", "The id of the message.")
            .WithName("MarkRead").WithSummary("Mark a message as read")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
        inbox.MapDelete("/{message}/reading", MarkUnread).TakesPath("message", "The id of the message.")
            .WithName("MarkUnread").WithSummary("Mark a message as unread again")
            .Produces(StatusCodes.Status204NoContent).Refuses(404);
        inbox.MapPost("/readings", MarkAllRead)
            .WithName("MarkAllRead").WithSummary("Mark every message as read, up to the newest that one has seen")
            .TakesJson(typeof(ReadAllBody), "`{\"upTo\": \"msg_…\"}`, so that one that comes meanwhile stays unread; null for all.")
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 413, 415, 422);
    }

    private static void MapDeliveries(RouteGroupBuilder v1)
    {
        v1.MapGet("/deliveries", ListDeliveries)
            .WithName("ListDeliveries").WithSummary("Messages on their way by mail, newest first; never what they say")
            .TakesPage(LargestPage).TakesQuery("state", "waiting, sent or failed.").TakesQuery("q", "Only where the address or the subject holds this text.").TakesCustomer()
            .Produces<Page<DeliveryBody>>().Refuses(400, 404);
        v1.MapPost("/deliveries/{message}/sending", Send).TakesPath("message", "The id of the message.")
            .WithName("SendAgain").WithSummary("Send a failed message again")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 409);
        v1.MapPost("/deliveries/sendings", SendAll)
            .WithName("SendAllAgain").WithSummary("Send every failed message again")
            .Produces<SentAgainBody>();
        v1.MapGet("/mail", MailState)
            .WithName("GetMail").WithSummary("Whether mail is set up, and how much waits, left and failed")
            .Produces<MailStateBody>();
        v1.MapPost("/mail/tests", TestMail)
            .WithName("TestMail").WithSummary("Send a test message at once, and hear how it fared")
            .TakesJson(typeof(MailTestBody), "Where to send it.")
            .Produces<MailTestedBody>().Refuses(400, 413, 415, 422);
    }

    private static async Task<IResult> ListInbox(HttpContext context, ReadInbox inbox)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var before = query.IdCursor<MessageId>();
        var onlyUnread = query.Flag("unread") ?? false;
        return query.Problem is { } problem
            ? ProblemResults.From(problem)
            : TypedResults.Ok(await inbox.List(Owner(context), onlyUnread, before, limit, context.RequestAborted));
    }

    private static async Task<IResult> Unread(HttpContext context, ReadInbox inbox) =>
        TypedResults.Ok(new UnreadBody(await inbox.Unread(Owner(context), context.RequestAborted)));

    private static async Task Stream(HttpContext context, InboxStream stream)
    {
        if (await stream.Run(context, Owner(context)) is { } problem)
        {
            await ProblemResults.WriteAsync(context, problem);
        }
    }

    private static Task<IResult> MarkRead(HttpContext context, string message, ReadInbox inbox) => Mark(context, message, true, inbox);

    private static Task<IResult> MarkUnread(HttpContext context, string message, ReadInbox inbox) => Mark(context, message, false, inbox);

    private static async Task<IResult> Mark(HttpContext context, string message, bool isRead, ReadInbox inbox)
    {
        if (!TypedId.TryParse<MessageId>(message, out var id))
        {
            return ProblemResults.From(NotifyProblems.MessageNotFound);
        }

        await inbox.Mark(Self(context), id, isRead, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> MarkAllRead(HttpContext context, ReadInbox inbox)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        MessageId? upTo = null;
        if (input.Text("upTo") is { } text)
        {
            if (TypedId.TryParse<MessageId>(text, out var id))
            {
                upTo = id;
            }
            else
            {
                input.Faults.Add("/upTo", "message-not-found", "'upTo' is the id of a message of the list, like msg_….");
            }
        }

        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        await inbox.MarkAll(Self(context), upTo, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListDeliveries(HttpContext context, Database database)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var before = query.IdCursor<MessageId>();
        var state = query.Text("state");
        if (state is not (null or "waiting" or "sent" or "failed"))
        {
            query.Add("state", "query-state", "'state' must be waiting, sent or failed.");
        }

        CustomerId? only = null;
        if (query.Text("customer") is not null)
        {
            var customer = await CustomerScope.Resolve(context);
            if (!customer.IsOk)
            {
                return ProblemResults.From(customer.Problem);
            }

            only = customer.Value;
        }

        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var rows = await database.ForOperator(
            work => NotifyViews.Deliveries(work, new DeliveryFilter(state, query.Text("q"), only), before, limit + 1), context.RequestAborted);
        var shown = rows.Take(limit).Select(DeliveryBody.Of).ToList();
        return TypedResults.Ok(new Page<DeliveryBody>(shown, rows.Count > limit ? PageCursor.Write(shown[^1].Id) : null));
    }

    private static async Task<IResult> Send(HttpContext context, string message, SendAgain again)
    {
        var problem = TypedId.TryParse<MessageId>(message, out var id)
            ? await again.Run(id, context.Caller().Actor, context.RequestAborted)
            : NotifyProblems.MessageNotFound;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> SendAll(HttpContext context, SendAgain again) =>
        TypedResults.Ok(new SentAgainBody(await again.All(context.Caller().Actor, context.RequestAborted)));

    private static async Task<IResult> MailState(HttpContext context, Database database, CairnOptions options, PublicAddress address)
    {
        var counts = (await database.ForOperator(NotifyViews.DeliveryCounts, context.RequestAborted)).ToDictionary(row => row.State, row => row.Count);
        return TypedResults.Ok(new MailStateBody(
            options.Mail is not null, options.Mail?.ToString(), options.Mail?.From.Address, address.Origin,
            counts.GetValueOrDefault("waiting"), counts.GetValueOrDefault("sent"), counts.GetValueOrDefault("failed")));
    }

    private static async Task<IResult> TestMail(HttpContext context, SendTestMail test)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var to = input.Text("address");
        input.Finish();
        var how = await test.Run(to, input.Faults, context.RequestAborted);
        return how.IsOk ? TypedResults.Ok(Tested(how.Value)) : ProblemResults.From(how.Problem);
    }

    /// <summary>How a test message fared, in the words of the API.</summary>
    public static MailTestedBody Tested(SmtpOutcome how) => how.Failure is { } failure
        ? new MailTestedBody("failed", new FailureBody(failure.Code, DeliveryFailure.Sentence(failure.Code), how.Reply))
        : new MailTestedBody("sent", null);

    /// <summary>Whoever is signed in: the policy lets nobody else through.</summary>
    private static InboxOwner Owner(HttpContext context) => new(Self(context), context.Caller().Reach);

    private static PersonId Self(HttpContext context) => TypedId.TryParse<PersonId>(context.Caller().Actor.Id, out var person)
        ? person
        : throw new InvalidOperationException("The route's policy let somebody through who is no person.");
}
