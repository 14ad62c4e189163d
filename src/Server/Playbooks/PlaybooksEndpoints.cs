using Cairn.Domain.Foundation;
using Cairn.Domain.Playbooks;
using Cairn.Server.Platform;

namespace Cairn.Server.Playbooks;

/// <summary>Playbooks over HTTP: the library, its versions and their differences, a lint, and the installation's own versions.</summary>
internal static class PlaybooksEndpoints
{
    private const string Which = "Which playbook, by its id: implementation-30-day.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var playbooks = routes.MapGroup("/v1/playbooks").WithTags("Playbooks");
        playbooks.MapGet("", List).RequirePolicy(Policies.ReadPlaybooks)
            .WithName("ListPlaybooks").WithSummary("All playbooks in force, by id; without pages")
            .Produces<PlaybooksBody>();
        playbooks.MapPost("/lint", (Delegate)Lint).RequirePolicy(Policies.ReadPlaybooks)
            .WithName("LintPlaybook").WithSummary("What is wrong with a text: every fault and warning with line, column and fix; changes nothing")
            .TakesJson(typeof(LintPlaybookBody), "The text; with a name, its id must equal it.")
            .Produces<PlaybookLintBody>().Refuses(400, 413, 415);
        playbooks.MapGet("/{playbook}", Get).RequirePolicy(Policies.ReadPlaybooks)
            .WithName("GetPlaybook").WithSummary("A playbook as text and as data; the version in force, or the one that is named")
            .TakesPath("playbook", Which).TakesQuery("version", "One version; the one in force when absent.", isNumber: true)
            .Produces<PlaybookBody>().Refuses(400, 404);
        playbooks.MapGet("/{playbook}/versions", Versions).RequirePolicy(Policies.ReadPlaybooks)
            .WithName("ListPlaybookVersions").WithSummary("All versions of a playbook, the one in force first; without pages")
            .TakesPath("playbook", Which).Produces<PlaybookVersionsBody>().Refuses(404);
        playbooks.MapGet("/{playbook}/diff", Diff).RequirePolicy(Policies.ReadPlaybooks)
            .WithName("DiffPlaybook").WithSummary("What changed from one version to another, by meaning and not by lines")
            .TakesPath("playbook", Which)
            .TakesQuery("from", "The version before; the shipped one when absent.", isNumber: true).TakesQuery("to", "The version after; the one in force when absent.", isNumber: true)
            .Produces<PlaybookDiffBody>().Refuses(400, 404);
        playbooks.MapPut("/{playbook}", Put).RequirePolicy(Policies.ManagePlaybooks)
            .WithName("PutPlaybook").WithSummary("Keep a text as the installation's own version, which stands before the shipped one from then on")
            .WithDescription("The text must be free of faults, name this playbook, and carry a higher version than any there is. Older versions stay for the plans that were started from them. If-Match is the version in force, 0 for a playbook that is new.")
            .TakesPath("playbook", Which).TakesHeader("If-Match", "The version that the change is based on, for instance \"3\"; \"0\" for a new playbook.")
            .TakesJson(typeof(WritePlaybookBody), "The whole text.")
            .Produces<PlaybookBody>().Produces<PlaybookBody>(StatusCodes.Status201Created).Refuses(400, 412, 413, 415, 422, 428);
    }

    private static async Task<IResult> List(HttpContext context, PlaybooksDirectory directory) =>
        TypedResults.Ok(new PlaybooksBody([.. (await directory.All(context.RequestAborted)).Select(PlaybookSummaryBody.Of)]));

    private static async Task<IResult> Get(HttpContext context, string playbook, PlaybooksDirectory directory)
    {
        var query = new QueryReader(context.Request);
        var version = Version(query, "version");
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var found = await directory.Find(playbook, version, context.RequestAborted);
        if (!found.IsOk)
        {
            return ProblemResults.From(found.Problem);
        }

        RowVersion.Show(context, found.Value.Version);
        return TypedResults.Ok(PlaybookBody.Of(found.Value));
    }

    private static async Task<IResult> Versions(HttpContext context, string playbook, PlaybooksDirectory directory)
    {
        var versions = await directory.Versions(playbook, context.RequestAborted);
        return versions.Count == 0
            ? ProblemResults.From((await directory.Find(playbook, null, context.RequestAborted)).Problem!)
            : TypedResults.Ok(new PlaybookVersionsBody([.. versions.Select(PlaybookVersionBody.Of)]));
    }

    private static async Task<IResult> Diff(HttpContext context, string playbook, PlaybooksDirectory directory)
    {
        var query = new QueryReader(context.Request);
        var (from, to) = (Version(query, "from"), Version(query, "to"));
        if (query.Problem is { } problem)
        {
            return ProblemResults.From(problem);
        }

        var versions = await directory.Versions(playbook, context.RequestAborted);
        // Without a word the oldest that there is: the shipped one, or the first of the installation's own.
        var before = await directory.Find(playbook, from ?? (versions.Count > 0 ? versions[^1].Version : null), context.RequestAborted);
        var after = await directory.Find(playbook, to, context.RequestAborted);
        if (!before.IsOk || !after.IsOk)
        {
            return ProblemResults.From(before.Problem ?? after.Problem!);
        }

        var changes = before.Value.Text.Root is { } old && after.Value.Text.Root is { } now ? PlaybookDiff.Between(old, now) : [];
        return TypedResults.Ok(new PlaybookDiffBody(before.Value.Version, after.Value.Version, changes));
    }

    private static async Task<IResult> Lint(HttpContext context)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var (text, name) = (TextOf(input), input.Text("name"));
        input.Finish();
        return input.Faults.Any
            ? ProblemResults.From(input.Faults.ToProblem())
            : TypedResults.Ok(PlaybookLintBody.Of(PlaybookText.Read(text, string.IsNullOrEmpty(name) ? null : name).Reading));
    }

    private static async Task<IResult> Put(HttpContext context, string playbook, PutPlaybook put)
    {
        var basis = RowVersion.Read(context.Request);
        if (!basis.IsOk)
        {
            return ProblemResults.From(basis.Problem);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var text = TextOf(input);
        input.Finish();
        if (input.Faults.Any)
        {
            return ProblemResults.From(input.Faults.ToProblem());
        }

        var kept = await put.Run(playbook, text, basis.Value, context.Caller().Actor, context.RequestAborted);
        if (!kept.IsOk)
        {
            return ProblemResults.From(kept.Problem);
        }

        RowVersion.Show(context, kept.Value.Version);
        return basis.Value == 0 ? TypedResults.Created($"/v1/playbooks/{playbook}", PlaybookBody.Of(kept.Value)) : TypedResults.Ok(PlaybookBody.Of(kept.Value));
    }

    // An empty text is a text: the lint says that the file is empty.
    private static string TextOf(JsonInput input)
    {
        if (!input.Has("text"))
        {
            input.Faults.Add("/text", InputFaults.MemberMissing, "'text' is required: the YAML of the playbook.");
        }

        return (input.Text("text") ?? "").ReplaceLineEndings("\n");
    }

    private static int? Version(QueryReader query, string name) => query.Text(name) is null ? null : query.Whole(name, 1, 0, 1_000_000);
}
