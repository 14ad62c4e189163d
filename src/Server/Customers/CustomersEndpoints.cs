using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary>A new customer, with its receipt secret.</summary>
internal sealed record CreatedCustomerBody : CustomerBody
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public CreatedCustomerBody(CustomerBody customer, string receiptSecret)
        : base(customer) => ReceiptSecret = receiptSecret;

    /// <summary>The HMAC key of its receipts. It is shown this once: hand it to the customer, who checks receipts with it.</summary>
    public string ReceiptSecret { get; }
}

/// <summary>What may be written about a customer. Only the name is required; in a change, null clears a member.</summary>
internal sealed record WriteCustomerBody
{
    public string? Name { get; init; }

    public string? Industry { get; init; }

    /// <summary>One of e-commerce, saas-entitlements, cloud-cpaas, warehouse.</summary>
    public string? Vertical { get; init; }

    /// <summary>One of Starter, Professional, Enterprise.</summary>
    public string? Plan { get; init; }

    /// <summary>One of Starter, Mid-market, Enterprise.</summary>
    public string? SlaTier { get; init; }

    /// <summary>One of discovery, evaluation, purchase, onboarding, value-realisation, adoption, expansion, renewal.</summary>
    public string? Stage { get; init; }

    /// <summary>An IANA zone; UTC when absent.</summary>
    public string? TimeZone { get; init; }

    public MoneyBody? Acv { get; init; }

    public string? ContractStart { get; init; }

    public string? ContractEnd { get; init; }

    public string? RenewalDate { get; init; }

    public string? PaymentTerms { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Texts, numbers, true or false, by name.</summary>
    public IReadOnlyDictionary<string, object>? CustomFields { get; init; }
}

/// <summary>Customer records over HTTP.</summary>
internal static class CustomersEndpoints
{
    private const int StandardPage = 50;
    private const int LargestPage = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var customers = routes.MapGroup("/v1/customers").WithTags("Customers");
        customers.MapPost("", Create).RequirePolicy(Policies.CreateCustomers)
            .WithName("CreateCustomer").WithSummary("Record a customer and open its log; the answer shows its receipt secret once")
            .TakesJson(typeof(WriteCustomerBody), "What is known of the customer; only the name is required.")
            .MayTakeHeader(Idempotency.Header, Idempotency.Meaning)
            .Produces<CreatedCustomerBody>(StatusCodes.Status201Created)
            .Refuses(400, 401, 403, 409, 413, 415, 422);
        customers.MapGet("", List).RequirePolicy(Policies.ReadCustomers)
            .WithName("ListCustomers").WithSummary("List customers; a customer's own key sees only itself")
            .TakesPage(LargestPage).TakesQuery("q", "Only customers whose name holds this text.")
            .Produces<Page<CustomerBody>>().Refuses(400, 401, 403);
        customers.MapGet("/{customer}", Get).RequirePolicy(Policies.ReadCustomers)
            .WithName("GetCustomer").WithSummary("One customer; its version is the ETag")
            .Produces<CustomerBody>().Refuses(401, 403, 404);
        customers.MapPatch("/{customer}", Change).RequirePolicy(Policies.EditCustomers)
            .WithName("ChangeCustomer").WithSummary("Change members of a customer, based on the version in If-Match")
            .TakesJson(typeof(WriteCustomerBody), "The members that change; null clears one (RFC 7396).", "application/merge-patch+json")
            .TakesHeader(IfMatch.Header, IfMatch.Meaning)
            .Produces<CustomerBody>()
            .Refuses(400, 401, 403, 404, 412, 413, 415, 422, 428);
    }

    private static async Task<IResult> Create(HttpContext context, CreateCustomer create, Idempotency idempotency)
    {
        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var draft = CustomerInput.Over(input, new CustomerDraft());
        return await idempotency.Run(context, CustomerId.Installation, input.Raw, async claim =>
        {
            Func<DbWork, CreateCustomer.Created, Task>? keep = claim is null
                ? null
                : (work, made) => claim.Keep(work, Shown(made), AddressOf(made), "\"1\"");
            var made = await create.Run(draft, context.Caller().Actor, input.Faults, context.RequestAborted, keep);
            if (!made.IsOk)
            {
                return ProblemResults.From(made.Problem);
            }

            IfMatch.Show(context, made.Value.Customer.Version);
            return TypedResults.Created(AddressOf(made.Value), Shown(made.Value));
        });

        static CreatedCustomerBody Shown(CreateCustomer.Created made) => new(CustomerBody.Of(made.Customer), made.ReceiptSecret);

        static string AddressOf(CreateCustomer.Created made) => $"/v1/customers/{made.Customer.Id}";
    }

    private static async Task<IResult> List(HttpContext context, CustomersViews views)
    {
        var query = new QueryReader(context.Request);
        var limit = query.Limit(StandardPage, LargestPage);
        var after = query.IdCursor<CustomerId>();
        return query.Problem is { } problem
            ? ProblemResults.From(problem)
            : TypedResults.Ok(await views.List(context.Caller(), after, query.Text("q"), limit, context.RequestAborted));
    }

    private static async Task<IResult> Get(HttpContext context, CustomersViews views)
    {
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk)
        {
            return ProblemResults.From(customer.Problem);
        }

        if (await views.One(context.Caller(), customer.Value, context.RequestAborted) is not { } found)
        {
            return ProblemResults.From(PlatformProblems.CustomerNotFound);
        }

        IfMatch.Show(context, found.Version);
        return TypedResults.Ok(found);
    }

    private static async Task<IResult> Change(HttpContext context, ChangeCustomer change)
    {
        var version = IfMatch.Read(context.Request);
        var customer = await CustomerScope.Resolve(context);
        if (!customer.IsOk || !version.IsOk)
        {
            return ProblemResults.From((customer.Problem ?? version.Problem)!);
        }

        var body = await JsonInput.Read(context);
        if (!body.IsOk)
        {
            return ProblemResults.From(body.Problem);
        }

        using var input = body.Value;
        var changed = await change.Run(customer.Value, version.Value, Lay, context.Caller().Actor, context.RequestAborted);
        if (!changed.IsOk)
        {
            return ProblemResults.From(changed.Problem);
        }

        IfMatch.Show(context, changed.Value.Version);
        return TypedResults.Ok(CustomerBody.Of(changed.Value));

        CustomerDraft Lay(CustomerDraft standing, InputFaults faults)
        {
            var draft = CustomerInput.Over(input, standing);
            faults.AddRange(input.Faults);
            return draft;
        }
    }
}
