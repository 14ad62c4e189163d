using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Domain.Foundation.Formulas;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers;

/// <summary>A customer's record as formulas see it.</summary>
internal sealed class ReadCustomerFacts(Clock clock) : ICustomerFacts
{
    /// <inheritdoc/>
    public async Task<IFactSource> Of(DbWork work, CustomerId customer) =>
        (await CustomersStore.Find(work, customer))?.ToCustomer() is { } found ? new KnownFacts(Facts(found, clock.Now)) : KnownFacts.None;

    private static IEnumerable<Fact> Facts(Customer customer, Instant now)
    {
        var details = customer.Details;
        var source = $"the customer's record, version {customer.Version}";
        (string Name, FormulaValue? Value)[] members =
        [
            ("name", Text(details.Name)), ("industry", Text(details.Industry)), ("vertical", Text(details.Vertical)), ("plan", Text(details.Plan)),
            ("sla_tier", Text(details.SlaTier)), ("stage", Text(details.Stage)), ("time_zone", Text(details.TimeZone)), ("payment_terms", Text(details.PaymentTerms)),
            ("arr", details.Acv is { } acv ? new FormulaValue.Amount(acv) : null),
            ("contract_start", Day(details.ContractStart)), ("contract_end", Day(details.ContractEnd)), ("renewal_date", Day(details.RenewalDate)),
            ("tags", new FormulaValue.List([.. details.Tags.Select(tag => new FormulaValue.Text(tag))])),
            .. details.CustomFields.Select(field => ("fields." + field.Key, Of(field.Value))),
        ];
        var today = now.InZone(CustomersDirectory.ZoneNamed(details.TimeZone)).Date;
        return members.Where(member => member.Value is not null).Select(member => new Fact(CustomerFacts.Prefix + member.Name, member.Value!, source))
            .Append(new Fact("now", new FormulaValue.Time(now), "the clock", now))
            .Append(new Fact("today", new FormulaValue.Date(today), "the clock, in the customer's zone", now));
    }

    private static FormulaValue? Text(string? text) => text is null ? null : new FormulaValue.Text(text);

    private static FormulaValue? Day(LocalDate? day) => day is { } value ? new FormulaValue.Date(value) : null;

    private static FormulaValue? Of(CustomField field) => field switch
    {
        CustomField.Text text => new FormulaValue.Text(text.Value),
        CustomField.Number number => new FormulaValue.Number(number.Value),
        CustomField.Flag flag => new FormulaValue.Flag(flag.Value),
        _ => null,
    };
}
