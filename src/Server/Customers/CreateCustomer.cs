using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary>Records a new customer and opens its log. Its receipt secret is in the answer and, sealed, in the database; it is shown this once.</summary>
internal sealed class CreateCustomer(Database database, LedgerAppender ledger, Clock clock)
{
    public sealed record Created(Customer Customer, string ReceiptSecret);

    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    public async Task<Outcome<Created>> Run(CustomerDraft draft, Actor actor, InputFaults faults, CancellationToken cancel)
    {
        var details = CustomerRules.Check(draft, faults);
        if (!details.IsOk)
        {
            return details.Problem;
        }

        var customer = new Customer(new CustomerId(NewId.Next()), details.Value, clock.NowMilliseconds, Version: 1);
        return await database.ForCustomer<Outcome<Created>>(customer.Id, async work =>
        {
            await CustomersStore.Add(work, customer);
            var secret = await ledger.OpenLog(work, customer.Id, await InstallationSettings.LogName(work));
            await ledger.Record(work, customer.Id, new RecordChange("customer.created", actor, "customer", customer.Id.ToString())
            {
                SubjectName = customer.Details.Name,
                After = CustomerBody.Of(customer),
            });
            return new Created(customer, secret);
        }, cancel);
    }
}
