using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.Contacts;

/// <summary>A customer's contacts over HTTP.</summary>
internal static class ContactsEndpoints
{
    private const int StandardPage = 100;
    private const int LargestPage = 500;
    private const string ContactPath = "Which contact: con_….";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var contacts = routes.MapGroup("/v1/customers/{customer}/contacts").WithTags("Contacts");
        contacts.MapGet("", List).RequirePolicy(Policies.ReadCustomers)
            .WithName("ListContacts").WithSummary("A customer's own people, in the order in which they were recorded")
            .TakesPage(LargestPage).Produces<Page<ContactBody>>().Refuses(400, 404);
        contacts.MapPost("", Add).RequirePolicy(Policies.EditCustomers)
            .WithName("AddContact").WithSummary("Record one of the customer's people")
            .TakesJson(typeof(WriteContactBody), "Who it is; name and roles are required.")
            .Produces<ContactBody>(StatusCodes.Status201Created).Refuses(400, 404, 409, 413, 415, 422);
        contacts.MapGet("/{contact}", Get).RequirePolicy(Policies.ReadCustomers)
            .WithName("GetContact").WithSummary("One contact; its version is the ETag")
            .TakesPath("contact", ContactPath).Produces<ContactBody>().Refuses(404);
        contacts.MapPatch("/{contact}", Change).RequirePolicy(Policies.EditCustomers)
            .WithName("ChangeContact").WithSummary("Change members of a contact, based on the version in If-Match")
            .TakesJson(typeof(WriteContactBody), "The members that change; null clears one (RFC 7396).", "application/merge-patch+json")
            .TakesPath("contact", ContactPath).TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces<ContactBody>().Refuses(400, 404, 412, 413, 415, 422, 428);
        contacts.MapDelete("/{contact}", Remove).RequirePolicy(Policies.EditCustomers)
            .WithName("RemoveContact").WithSummary("Remove a contact; it can be restored")
            .TakesPath("contact", ContactPath).TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 412, 428);
        contacts.MapPost("/{contact}/restoration", Restore).RequirePolicy(Policies.EditCustomers)
            .WithName("RestoreContact").WithSummary("Bring a removed contact back")
            .TakesPath("contact", ContactPath).Produces<ContactBody>().Refuses(404, 409);
    }

    private static async Task<IResult> List(HttpContext context, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var after = query.IdCursor<ContactId>();
        if (!customer.IsOk || query.Problem is not null)
        {
            return ProblemResults.From((customer.Problem ?? query.Problem)!);
        }

        var rows = await database.ForCustomer(customer.Value, work => ContactsStore.List(work, customer.Value, after, limit + 1), context.RequestAborted);
        var shown = rows.Take(limit).Select(row => ContactBody.Of(row.ToContact()).For(context.Caller())).ToList();
        return TypedResults.Ok(new Page<ContactBody>(shown, rows.Count > limit ? PageCursor.Write(shown[^1].Id) : null));
    }

    private static async Task<IResult> Get(HttpContext context, string contact, Database database)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        var row = TypedId.TryParse<ContactId>(contact, out var id)
            ? await database.ForCustomer(customer.Value, work => ContactsStore.Find(work, customer.Value, id), context.RequestAborted)
            : null;
        return row is { RemovedAt: null } ? Answer(context, row.ToContact()) : ProblemResults.From(CustomersProblems.ContactNotFound);
    }

    private static async Task<IResult> Add(HttpContext context, ChangeContacts change)
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
        var draft = ContactInput.Over(input, new ContactDraft());
        var made = await change.Add(customer.Value, draft, context.Caller().Actor, input.Faults, context.RequestAborted);
        if (!made.IsOk)
        {
            return ProblemResults.From(made.Problem);
        }

        IfMatch.Show(context, made.Value.Version);
        return TypedResults.Created($"/v1/customers/{customer.Value}/contacts/{made.Value.Id}", ContactBody.Of(made.Value));
    }

    private static async Task<IResult> Change(HttpContext context, string contact, ChangeContacts change)
    {
        var place = await RecordPlace<ContactId>.Read(context, contact, CustomersProblems.ContactNotFound);
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
        return changed.IsOk ? Answer(context, changed.Value) : ProblemResults.From(changed.Problem);

        ContactDraft Lay(ContactDraft standing, InputFaults faults)
        {
            var draft = ContactInput.Over(input, standing);
            faults.AddRange(input.Faults);
            return draft;
        }
    }

    private static async Task<IResult> Remove(HttpContext context, string contact, ChangeContacts change)
    {
        var place = await RecordPlace<ContactId>.Read(context, contact, CustomersProblems.ContactNotFound);
        var problem = place.IsOk ? await change.Remove(place.Value, context.Caller().Actor, context.RequestAborted) : place.Problem;
        return problem is null ? TypedResults.NoContent() : ProblemResults.From(problem);
    }

    private static async Task<IResult> Restore(HttpContext context, string contact, ChangeContacts change)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        if (!TypedId.TryParse<ContactId>(contact, out var id))
        {
            return ProblemResults.From(CustomersProblems.ContactNotFound);
        }

        var restored = await change.Restore(customer.Value, id, context.Caller().Actor, context.RequestAborted);
        return restored.IsOk ? Answer(context, restored.Value) : ProblemResults.From(restored.Problem);
    }

    private static IResult Answer(HttpContext context, Contact contact)
    {
        IfMatch.Show(context, contact.Version);
        return TypedResults.Ok(ContactBody.Of(contact).For(context.Caller()));
    }
}
