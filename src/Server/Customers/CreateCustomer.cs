using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary>Records a new customer and opens its log. Its receipt secret is in the answer and, sealed, in the database; it is shown this once.</summary>
internal sealed class CreateCustomer(Database database, LedgerAppender ledger, Clock clock)
{
    public sealed record Created(Customer Customer, string ReceiptSecret);

    /// <param name="draft">What is known of the customer.</param>
    /// <param name="actor">Who records it.</param>
    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    /// <param name="keep">Keeps the answer for repeats, in the same transaction.</param>
    public async Task<Outcome<Created>> Run(
        CustomerDraft draft, Actor actor, InputFaults faults, CancellationToken cancel, Func<DbWork, Created, Task>? keep = null)
    {
        var details = CustomerRules.Check(draft, faults);
        if (!details.IsOk)
        {
            return details.Problem;
        }

        var customer = new Customer(new CustomerId(NewId.Next()), details.Value, clock.NowMilliseconds, Version: 1);
        // The claim of a key stands under the installation, beyond the new customer's wall.
        return keep is null ? await database.ForCustomer(customer.Id, Write, cancel) : await database.ForOperator(Write, cancel);

        async Task<Outcome<Created>> Write(DbWork work)
        {
            await CustomersStore.Add(work, customer);
            var created = new Created(customer, await ledger.OpenLog(work, customer.Id, await InstallationSettings.LogName(work)));
            if (keep is not null)
            {
                await keep(work, created);
            }

            await ledger.Record(work, customer.Id, new RecordChange("customer.created", actor, "customer", customer.Id.ToString())
            {
                SubjectName = customer.Details.Name,
                After = CustomerBody.Of(customer),
            });
            return created;
        }
    }
}
