using System.Text.Json.Serialization;
using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Customers.Team;
using Cairn.Server.Platform;
using NodaTime;
using NodaTime.Text;

namespace Cairn.Server.Customers;

/// <summary>An amount as JSON writes it: exact, as a text.</summary>
internal sealed record MoneyBody(string Amount, string Currency);

/// <summary>How much there is of what belongs to a customer.</summary>
/// <param name="Events">Events in its log.</param>
internal sealed record CustomerCounts(long Events);

/// <summary>Who of the staff owns a customer: the CSM of its team, else the lead.</summary>
internal sealed record OwnerBody(string Id, string Name, string Role);

/// <summary>A customer as the API shows it.</summary>
internal record CustomerBody
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string? Industry { get; init; }

    public required string? Vertical { get; init; }

    public required string? Plan { get; init; }

    public required string? SlaTier { get; init; }

    public required string? Stage { get; init; }

    public required string TimeZone { get; init; }

    /// <summary>The annual contract value.</summary>
    public required MoneyBody? Acv { get; init; }

    public required string? ContractStart { get; init; }

    public required string? ContractEnd { get; init; }

    public required string? RenewalDate { get; init; }

    public required string? PaymentTerms { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyDictionary<string, object> CustomFields { get; init; }

    public required string CreatedAt { get; init; }

    /// <summary>Counts its changes; send it in If-Match with a change.</summary>
    public required long Version { get; init; }

    /// <summary>What stands in its log; only where a record is read, not where its changes are recorded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CustomerCounts? Counts { get; init; }

    /// <summary>Who owns it today; absent while nobody does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OwnerBody? Owner { get; init; }

    /// <summary>Whether the person who asks is in its team today; absent for keys.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Mine { get; init; }

    public static CustomerBody Of(Customer customer) => new()
    {
        Id = customer.Id.ToString(),
        Name = customer.Details.Name,
        Industry = customer.Details.Industry,
        Vertical = customer.Details.Vertical,
        Plan = customer.Details.Plan,
        SlaTier = customer.Details.SlaTier,
        Stage = customer.Details.Stage,
        TimeZone = customer.Details.TimeZone,
        Acv = customer.Details.Acv is { } acv ? new MoneyBody(acv.AmountText, acv.Currency) : null,
        ContractStart = Text(customer.Details.ContractStart),
        ContractEnd = Text(customer.Details.ContractEnd),
        RenewalDate = Text(customer.Details.RenewalDate),
        PaymentTerms = customer.Details.PaymentTerms,
        Tags = customer.Details.Tags,
        CustomFields = CustomersStore.ShowFields(customer.Details.CustomFields),
        CreatedAt = Rfc3339.Format(customer.CreatedAt),
        Version = customer.Version,
    };

    /// <summary>What the customer's own key sees: not how the vendor files it (stage, tags, custom fields).</summary>
    public CustomerBody ForItself() => this with { Stage = null, Tags = [], CustomFields = new Dictionary<string, object>() };

    public static string? Text(LocalDate? date) => date is { } value ? LocalDatePattern.Iso.Format(value) : null;
}

/// <summary>The reading side of Customers.</summary>
internal sealed class CustomersViews(Database database, TeamViews teams)
{
    public async Task<CustomerBody?> One(Caller caller, CustomerId customer, CancellationToken cancel)
    {
        var names = await teams.Names(cancel);
        return await database.ForCustomer(
            customer,
            async work => await CustomersStore.Find(work, customer) is { } found ? (await Shown(caller, work, [found], names))[0] : null,
            cancel);
    }

    /// <summary>A page of customers, oldest first; a customer's own key sees only itself.</summary>
    public async Task<Page<CustomerBody>> List(Caller caller, CustomerId? after, string? nameHolds, int limit, CancellationToken cancel)
    {
        var names = await teams.Names(cancel);
        return caller.Customer is { } own
            ? await database.ForCustomer(own, work => Page(work, own), cancel)
            : await database.ForCaller(caller, work => Page(work, null), cancel);

        async Task<Page<CustomerBody>> Page(DbWork work, CustomerId? only)
        {
            var rows = await CustomersStore.List(work, only, after, nameHolds, limit + 1);
            var shown = await Shown(caller, work, [.. rows.Take(limit)], names);
            return new Page<CustomerBody>(shown, rows.Count > limit ? PageCursor.Write(shown[^1].Id) : null);
        }
    }

    private async Task<IReadOnlyList<CustomerBody>> Shown(Caller caller, DbWork work, IReadOnlyList<CustomerRow> rows, IReadOnlyDictionary<PersonId, StaffName> names)
    {
        var ownership = await teams.OwnershipOf(caller, work, [.. rows.Select(row => row.CustomerId)], names);
        return
        [
            .. rows.Select(row =>
            {
                var body = CustomerBody.Of(row.ToCustomer()) with
                {
                    Counts = new CustomerCounts(row.Events),
                    Owner = ownership[row.CustomerId].Owner,
                    Mine = ownership[row.CustomerId].IsMine,
                };
                return caller.Customer is null ? body : body.ForItself();
            }),
        ];
    }
}
