using System.Text.Json;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers;

/// <summary>A customer as stored.</summary>
internal sealed class CustomerRow
{
    public Guid CustomerId { get; init; }

    public string Name { get; init; } = "";

    public string? Industry { get; init; }

    public string? Vertical { get; init; }

    public string? Plan { get; init; }

    public string? SlaTier { get; init; }

    public string Stage { get; init; } = "";

    public string TimeZone { get; init; } = "";

    public string[] Tags { get; init; } = [];

    public string CustomFields { get; init; } = "{}";

    public decimal? AcvAmount { get; init; }

    public string? AcvCurrency { get; init; }

    public DateOnly? ContractStart { get; init; }

    public DateOnly? ContractEnd { get; init; }

    public DateOnly? RenewalDate { get; init; }

    public string? PaymentTerms { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public long Version { get; init; }

    /// <summary>How many events are in its log.</summary>
    public long Events { get; init; }

    public Customer ToCustomer() => new(
        new CustomerId(CustomerId),
        new CustomerDetails
        {
            Name = Name,
            Industry = Industry,
            Vertical = Vertical,
            Plan = Plan,
            SlaTier = SlaTier,
            Stage = Stage,
            TimeZone = TimeZone,
            Acv = AcvAmount is { } amount && AcvCurrency is { } currency ? new Money(amount, currency) : null,
            ContractStart = ToDate(ContractStart),
            ContractEnd = ToDate(ContractEnd),
            RenewalDate = ToDate(RenewalDate),
            PaymentTerms = PaymentTerms,
            Tags = Tags,
            CustomFields = CustomersStore.ReadFields(CustomFields),
        },
        Instant.FromDateTimeOffset(CreatedAt),
        Version);

    private static LocalDate? ToDate(DateOnly? date) => date is { } value ? LocalDate.FromDateOnly(value) : null;
}

/// <summary>The SQL of customer records.</summary>
internal static class CustomersStore
{
    public static Task<string?> TimeZone(DbWork work, CustomerId customer) => work.Maybe<string>(
        "select time_zone from customers_customers where customer_id = @customer", new { customer = customer.Value });

    public static Task<string?> Name(DbWork work, CustomerId customer) => work.Maybe<string>(
        "select name from customers_customers where customer_id = @customer", new { customer = customer.Value });

    private const string Columns =
        """
        customer_id, name, industry, vertical, plan, sla_tier, stage, time_zone, tags, custom_fields::text as custom_fields,
        acv_amount, acv_currency, contract_start, contract_end, renewal_date, payment_terms, created_at, version,
        (select a.events from customers_activity a where a.customer_id = customers_customers.customer_id) as events
        """;

    public static Task Add(DbWork work, Customer customer) => work.Execute(
        """
        insert into customers_customers (
            customer_id, name, industry, vertical, plan, sla_tier, stage, time_zone, tags, custom_fields, acv_amount,
            acv_currency, contract_start, contract_end, renewal_date, payment_terms, created_at, version)
        values (
            @customer, @name, @industry, @vertical, @plan, @slaTier, @stage, @timeZone, @tags, @fields::jsonb, @amount,
            @currency, @start::date, @end::date, @renewal::date, @terms, @createdAt, @version)
        """,
        Parameters(customer));

    /// <summary>Writes all members over the version before; the row must have been loaded for the change.</summary>
    public static Task Update(DbWork work, Customer customer) => work.Execute(
        """
        update customers_customers set
            name = @name, industry = @industry, vertical = @vertical, plan = @plan, sla_tier = @slaTier, stage = @stage,
            time_zone = @timeZone, tags = @tags, custom_fields = @fields::jsonb, acv_amount = @amount, acv_currency = @currency,
            contract_start = @start::date, contract_end = @end::date, renewal_date = @renewal::date, payment_terms = @terms,
            version = @version
        where customer_id = @customer
        """,
        Parameters(customer));

    public static Task<CustomerRow?> Find(DbWork work, CustomerId customer) =>
        work.Maybe<CustomerRow>($"select {Columns} from customers_customers where customer_id = @customer", new { customer = customer.Value });

    /// <summary>Loads a record that is about to change: a second change waits until this one is through, and then sees it.</summary>
    public static async Task<Customer?> FindForChange(DbWork work, CustomerId customer) =>
        (await work.Maybe<CustomerRow>($"select {Columns} from customers_customers where customer_id = @customer for update", new { customer = customer.Value }))?.ToCustomer();

    /// <summary>Holds off every other change of what belongs to this customer's page until this transaction ends.</summary>
    public static Task Lock(DbWork work, CustomerId customer) => work.Execute(
        "select from customers_customers where customer_id = @customer for update", new { customer = customer.Value });

    /// <summary>Customers in the order in which they were recorded, after the given one, whose name holds the text.</summary>
    public static Task<IReadOnlyList<CustomerRow>> List(DbWork work, CustomerId? only, CustomerId? after, string? nameHolds, int limit) => work.List<CustomerRow>(
        $"""
        select {Columns} from customers_customers
        where (@only::uuid is null or customer_id = @only) and (@after::uuid is null or customer_id > @after)
          and (@nameHolds::text is null or position(lower(@nameHolds) in lower(name)) > 0)
        order by customer_id limit @limit
        """,
        new { only = only?.Value, after = after?.Value, nameHolds, limit });

    /// <summary>Custom fields as the JSON object that is stored, shown and recorded.</summary>
    public static Dictionary<string, object> ShowFields(IReadOnlyDictionary<string, CustomField> fields) => fields.ToDictionary(
        field => field.Key,
        field => field.Value switch
        {
            CustomField.Text text => (object)text.Value,
            CustomField.Number number => number.Value,
            CustomField.Flag flag => flag.Value,
            _ => throw new InvalidOperationException("A custom field of an unknown kind."),
        });

    public static IReadOnlyDictionary<string, CustomField> ReadFields(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => ReadField(member.Value)
            ?? throw new InvalidOperationException($"The stored custom field '{member.Name}' is no scalar."));
    }

    /// <summary>A text, a number or yes/no; <see langword="null"/> for any other JSON, and for numbers beyond a decimal.</summary>
    public static CustomField? ReadField(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => new CustomField.Text(value.GetString()!),
        JsonValueKind.Number when value.TryGetDecimal(out var number) => new CustomField.Number(number),
        JsonValueKind.True or JsonValueKind.False => new CustomField.Flag(value.GetBoolean()),
        _ => null,
    };

    private static object Parameters(Customer customer)
    {
        var details = customer.Details;
        return new
        {
            customer = customer.Id.Value,
            name = details.Name,
            industry = details.Industry,
            vertical = details.Vertical,
            plan = details.Plan,
            slaTier = details.SlaTier,
            stage = details.Stage,
            timeZone = details.TimeZone,
            tags = details.Tags.ToArray(),
            fields = JsonSerializer.Serialize(ShowFields(details.CustomFields)),
            amount = details.Acv?.Amount,
            currency = details.Acv?.Currency,
            start = CustomerBody.Text(details.ContractStart),
            end = CustomerBody.Text(details.ContractEnd),
            renewal = CustomerBody.Text(details.RenewalDate),
            terms = details.PaymentTerms,
            createdAt = customer.CreatedAt.ToDateTimeOffset(),
            version = customer.Version,
        };
    }
}
