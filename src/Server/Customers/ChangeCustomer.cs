using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers;

/// <summary>Changes members of a customer record, based on a version of it. The ledger keeps what each changed member was and became.</summary>
internal sealed class ChangeCustomer(Database database, LedgerAppender ledger)
{
    /// <param name="customer">Whose record.</param>
    /// <param name="version">The version that the change is based on.</param>
    /// <param name="change">Lays the change over the record as it is, and notes what it cannot read.</param>
    /// <param name="actor">Who changes it.</param>
    /// <param name="cancel">Gives up before the commit.</param>
    public Task<Outcome<Customer>> Run(
        CustomerId customer, long version, Func<CustomerDraft, InputFaults, CustomerDraft> change, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Outcome<Customer>>(customer, async work =>
        {
            if (await CustomersStore.FindForChange(work, customer) is not { } before)
            {
                return PlatformProblems.CustomerNotFound;
            }

            if (before.Version != version)
            {
                return CustomersProblems.LostRace(before.Version);
            }

            var faults = new InputFaults();
            var details = CustomerRules.Check(change(CustomerInput.DraftOf(before.Details), faults), faults);
            if (!details.IsOk)
            {
                return details.Problem;
            }

            var after = before with { Details = details.Value };
            var changed = ChangedMembers.Between(CustomerBody.Of(before), CustomerBody.Of(after));
            if (!changed.Any)
            {
                return before;
            }

            after = after with { Version = before.Version + 1 };
            await CustomersStore.Update(work, after);
            await ledger.Record(work, customer, new RecordChange("customer.changed", actor, "customer", customer.ToString())
            {
                SubjectName = after.Details.Name,
                Before = changed.Was,
                After = changed.Became,
            });
            return after;
        }, cancel);
}
