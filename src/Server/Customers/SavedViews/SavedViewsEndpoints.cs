using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.SavedViews;

/// <summary>Saved views over HTTP: for people, who have screens; programs have none.</summary>
internal static class SavedViewsEndpoints
{
    private const string ViewPath = "Which view: viw_….";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var views = routes.MapGroup("/v1/saved-views").WithTags("Saved views");
        views.MapGet("", List).RequirePolicy(Policies.SignedIn)
            .WithName("ListSavedViews").WithSummary("One's own views of a screen, then those that others share; without pages")
            .TakesQuery("screen", "Only portfolio so far, which is also what holds when it is absent.")
            .Produces<Page<SavedViewBody>>();
        views.MapPost("", Add).RequirePolicy(Policies.SignedIn)
            .WithName("AddSavedView").WithSummary("Save an address under a name")
            .TakesJson(typeof(WriteSavedViewBody), "Name and search are required.")
            .Produces<SavedViewBody>(StatusCodes.Status201Created).Refuses(400, 409, 413, 415, 422);
        views.MapPatch("/{view}", Change).RequirePolicy(Policies.SignedIn)
            .WithName("ChangeSavedView").WithSummary("Rename a view, share it, or give it another address; a shared one of others takes a manager")
            .TakesJson(typeof(WriteSavedViewBody), "The members that change.", "application/merge-patch+json")
            .TakesPath("view", ViewPath).TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces<SavedViewBody>().Refuses(400, 404, 409, 412, 413, 415, 422, 428);
        views.MapDelete("/{view}", Remove).RequirePolicy(Policies.SignedIn)
            .WithName("RemoveSavedView").WithSummary("Delete a view; a shared one of others takes a manager")
            .TakesPath("view", ViewPath).TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 412, 428);
    }

    private static async Task<IResult> List(HttpContext context, Database database)
    {
        var screen = new QueryReader(context.Request).Text("screen") ?? SavedViewRules.Screens[0];
        var rows = await database.ForCustomer(
            CustomerId.Installation, work => SavedViewsStore.List(work, WorkerOf(context).Id, screen), context.RequestAborted);
        return TypedResults.Ok(new Page<SavedViewBody>([.. rows.Select(row => SavedViewBody.Of(row.ToView()))], null));
    }

    private static async Task<IResult> Add(HttpContext context, ChangeSavedViews change)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var draft = SavedViewInput.Over(input, new SavedViewDraft(SavedViewRules.Screens[0], null, false, null));
        var made = await change.Add(draft, WorkerOf(context), input.Faults, context.RequestAborted);
        if (!made.IsOk)
        {
            return ProblemResults.From(made.Problem);
        }

        IfMatch.Show(context, made.Value.Version);
        return TypedResults.Created("/v1/saved-views", SavedViewBody.Of(made.Value));
    }

    private static async Task<IResult> Change(HttpContext context, string view, ChangeSavedViews change)
    {
        var place = Place(context, view);
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
        var changed = await change.Change(place.Value.Id, place.Value.Version, Lay, WorkerOf(context), context.RequestAborted);
        if (!changed.IsOk)
        {
            return ProblemResults.From(changed.Problem);
        }

        IfMatch.Show(context, changed.Value.Version);
        return TypedResults.Ok(SavedViewBody.Of(changed.Value));

        SavedViewDraft Lay(SavedViewDraft standing, InputFaults faults)
        {
            var draft = SavedViewInput.Over(input, standing);
            faults.AddRange(input.Faults);
            return draft;
        }
    }

    private static async Task<IResult> Remove(HttpContext context, string view, ChangeSavedViews change)
    {
        var place = Place(context, view);
        var problem = place.IsOk ? await change.Remove(place.Value.Id, place.Value.Version, WorkerOf(context), context.RequestAborted) : place.Problem;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static Outcome<(SavedViewId Id, long Version)> Place(HttpContext context, string view)
    {
        var version = IfMatch.Read(context.Request);
        return !version.IsOk ? version.Problem
            : TypedId.TryParse<SavedViewId>(view, out var id) ? (id, version.Value)
            : CustomersProblems.SavedViewNotFound;
    }

    /// <summary>The policy lets people in only, and people have ids and roles.</summary>
    private static ChangeSavedViews.Worker WorkerOf(HttpContext context)
    {
        var caller = context.Caller();
        return TypedId.TryParse<PersonId>(caller.Actor.Id, out var person) && caller.Role is { } role
            ? new ChangeSavedViews.Worker(person, role, caller.Actor)
            : throw new InvalidOperationException("A caller who is no person came past the policy.");
    }
}
