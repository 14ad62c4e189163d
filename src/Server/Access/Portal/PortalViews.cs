using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>The customer, as its own people see it.</summary>
internal sealed record PortalCustomerBody(string Id, string Name);

/// <summary>Who is signed in to the portal.</summary>
/// <param name="Person">Whose eyes see.</param>
/// <param name="Customer">Whose portal it is.</param>
/// <param name="PreviousVisitAt">When they were here last before this visit; null on the first.</param>
/// <param name="SeenBy">The member of the staff who looks through their eyes; null when it is the person.</param>
internal sealed record PortalSessionBody(PortalSelfBody Person, PortalCustomerBody Customer, string? PreviousVisitAt, string? SeenBy);

/// <summary>The person themselves.</summary>
internal sealed record PortalSelfBody(string Id, string Name, string Email, IReadOnlyList<string> Roles);

/// <summary>The reading side of the portal's people.</summary>
internal sealed class PortalViews(Database database, ICustomerLookup customers, Clock clock)
{
    /// <summary>A page of a customer's people, in the order in which they were first invited.</summary>
    public Task<Page<PortalPersonBody>> People(CustomerId customer, PortalPersonId? after, int limit, CancellationToken cancel) =>
        database.ForCustomer(customer, async work =>
        {
            var rows = await PortalStore.List(work, customer, after, limit + 1);
            var now = clock.Now;
            var shown = rows.Take(limit).Select(row => PortalPersonBody.Of(row, now)).ToList();
            return new Page<PortalPersonBody>(shown, rows.Count > limit ? PageCursor.Write(shown[^1].Id) : null);
        }, cancel);

    /// <summary>One of a customer's people.</summary>
    public async Task<PortalPersonBody?> Person(CustomerId customer, PortalPersonId person, CancellationToken cancel) =>
        await database.ForCustomer(customer, work => PortalStore.Find(work, customer, person), cancel) is { } row ? PortalPersonBody.Of(row, clock.Now) : null;

    /// <summary>The caller of a page of the portal, for themselves.</summary>
    public async Task<PortalSessionBody> Session(Caller caller, CancellationToken cancel)
    {
        var (customer, person) = (caller.Customer!.Value, caller.PortalPerson!.Value);
        var row = await database.ForCustomer(customer, work => PortalStore.Find(work, customer, person), cancel)
            ?? throw new InvalidOperationException($"{person} was recognised and is not there.");
        return new PortalSessionBody(
            new PortalSelfBody(person.ToString(), row.Name, row.Email, row.Roles),
            new PortalCustomerBody(customer.ToString(), await customers.NameOf(customer, cancel)),
            AccessStore.ToInstant(row.PreviousVisitAt) is { } visit ? Rfc3339.Format(visit) : null,
            caller.View is null ? null : caller.Actor.Name);
    }
}
