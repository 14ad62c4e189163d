using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Customers.Contacts;

/// <summary>
/// Adds, changes, removes and restores a customer's contacts. Each works under a lock on the customer's record, so that
/// there is never a moment with two primary contacts.
/// </summary>
internal sealed class ChangeContacts(Database database, LedgerAppender ledger, Clock clock)
{
    /// <param name="faults">What reading the input found already, so that one answer tells all.</param>
    public async Task<Outcome<Contact>> Add(CustomerId customer, ContactDraft draft, Actor actor, InputFaults faults, CancellationToken cancel)
    {
        var details = ContactRules.Check(draft, faults);
        if (!details.IsOk)
        {
            return details.Problem;
        }

        var contact = new Contact(new ContactId(NewId.Next()), details.Value, clock.NowMilliseconds, Version: 1);
        return await database.ForCustomer<Outcome<Contact>>(customer, async work =>
        {
            await CustomersStore.Lock(work, customer);
            if (await ContactsStore.Count(work, customer) >= ContactRules.MostContacts)
            {
                return CustomersProblems.TooManyOf("contacts", ContactRules.MostContacts);
            }

            var replaced = await MakeRoom(work, customer, contact);
            await ContactsStore.Add(work, customer, contact);
            await ledger.Record(work, customer, Said("contact.created", actor, contact) with { After = After(contact, replaced) });
            return contact;
        }, cancel);
    }

    /// <param name="place">Which contact of which customer, at which version.</param>
    /// <param name="change">Lays the change over the contact as it is, and notes what it cannot read.</param>
    public Task<Outcome<Contact>> Change(
        RecordPlace<ContactId> place, Func<ContactDraft, InputFaults, ContactDraft> change, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Outcome<Contact>>(place.Customer, async work =>
        {
            var found = await Load(work, place);
            if (!found.IsOk)
            {
                return found.Problem;
            }

            var before = found.Value;
            var faults = new InputFaults();
            var details = ContactRules.Check(change(ContactInput.DraftOf(before.Details), faults), faults);
            if (!details.IsOk)
            {
                return details.Problem;
            }

            var after = before with { Details = details.Value };
            var changed = ChangedMembers.Between(ContactBody.Of(before), ContactBody.Of(after));
            if (!changed.Any)
            {
                return before;
            }

            after = after with { Version = before.Version + 1 };
            if (await MakeRoom(work, place.Customer, after) is { } replaced)
            {
                changed.Became["replacedPrimary"] = replaced;
            }

            await ContactsStore.Update(work, place.Customer, after);
            await ledger.Record(work, place.Customer, Said("contact.changed", actor, after) with { Before = changed.Was, After = changed.Became });
            return after;
        }, cancel);

    /// <returns>The refusal, or <see langword="null"/>.</returns>
    public Task<Problem?> Remove(RecordPlace<ContactId> place, Actor actor, CancellationToken cancel) =>
        database.ForCustomer(place.Customer, async work =>
        {
            var found = await Load(work, place);
            if (!found.IsOk)
            {
                return found.Problem;
            }

            await ContactsStore.Remove(work, place.Customer, place.Id, clock.NowMilliseconds);
            await ledger.Record(work, place.Customer, Said("contact.removed", actor, found.Value) with { Before = ContactBody.Of(found.Value) });
            return null;
        }, cancel);

    /// <summary>Brings a removed contact back as it was; if somebody else is primary by now, it no longer is. One that is there stays as it is.</summary>
    public Task<Outcome<Contact>> Restore(CustomerId customer, ContactId id, Actor actor, CancellationToken cancel) =>
        database.ForCustomer<Outcome<Contact>>(customer, async work =>
        {
            await CustomersStore.Lock(work, customer);
            if (await ContactsStore.Find(work, customer, id) is not { } row)
            {
                return CustomersProblems.ContactNotFound;
            }

            var contact = row.ToContact();
            if (row.RemovedAt is null)
            {
                return contact;
            }

            if (await ContactsStore.Count(work, customer) >= ContactRules.MostContacts)
            {
                return CustomersProblems.TooManyOf("contacts", ContactRules.MostContacts);
            }

            var isPrimary = contact.Details.IsPrimary && await ContactsStore.OtherPrimary(work, customer, id) is null;
            contact = contact with { Details = contact.Details with { IsPrimary = isPrimary }, Version = contact.Version + 1 };
            await ContactsStore.Update(work, customer, contact);
            await ledger.Record(work, customer, Said("contact.restored", actor, contact) with { After = ContactBody.Of(contact) });
            return contact;
        }, cancel);

    private static async Task<Outcome<Contact>> Load(DbWork work, RecordPlace<ContactId> place)
    {
        await CustomersStore.Lock(work, place.Customer);
        return await ContactsStore.Find(work, place.Customer, place.Id) is not { RemovedAt: null } row ? CustomersProblems.ContactNotFound
            : row.Version != place.Version ? CustomersProblems.LostRace(row.Version)
            : row.ToContact();
    }

    /// <summary>Takes the mark from whoever was primary, if this one is to have it; answers whom it was taken from.</summary>
    private static async Task<string?> MakeRoom(DbWork work, CustomerId customer, Contact contact)
    {
        if (!contact.Details.IsPrimary || await ContactsStore.OtherPrimary(work, customer, contact.Id) is not { } other)
        {
            return null;
        }

        await ContactsStore.MakeSecondary(work, customer, other);
        return new ContactId(other).ToString();
    }

    private static object After(Contact contact, string? replaced)
    {
        var after = System.Text.Json.JsonSerializer.SerializeToNode(ContactBody.Of(contact), ProblemResults.Json)!.AsObject();
        if (replaced is not null)
        {
            after["replacedPrimary"] = replaced;
        }

        return after;
    }

    private static RecordChange Said(string action, Actor actor, Contact contact) => new(action, actor, "contact", contact.Id.ToString()) { SubjectName = contact.Details.Name };
}
