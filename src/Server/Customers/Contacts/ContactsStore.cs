using Cairn.Domain.Customers;
using Cairn.Domain.Foundation;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Customers.Contacts;

/// <summary>A contact as stored.</summary>
internal sealed class ContactRow
{
    public Guid ContactId { get; init; }

    public string Name { get; init; } = "";

    public string? Email { get; init; }

    public string? Phone { get; init; }

    public string? Title { get; init; }

    public string[] Roles { get; init; } = [];

    public bool IsPrimary { get; init; }

    public string? Notes { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public long Version { get; init; }

    public DateTimeOffset? RemovedAt { get; init; }

    public Contact ToContact() => new(
        new ContactId(ContactId),
        new ContactDetails { Name = Name, Email = Email, Phone = Phone, Title = Title, Roles = Roles, IsPrimary = IsPrimary, Notes = Notes },
        Instant.FromDateTimeOffset(CreatedAt),
        Version);
}

/// <summary>The SQL of contacts.</summary>
internal static class ContactsStore
{
    private const string Columns = "contact_id, name, email, phone, title, roles, is_primary, notes, created_at, version, removed_at";

    /// <summary>A customer's contacts in the order in which they were recorded, without the removed ones.</summary>
    public static Task<IReadOnlyList<ContactRow>> List(DbWork work, CustomerId customer, ContactId? after, int limit) => work.List<ContactRow>(
        $"""
        select {Columns} from customers_contacts
        where customer_id = @customer and removed_at is null and (@after::uuid is null or contact_id > @after)
        order by contact_id limit @limit
        """,
        new { customer = customer.Value, after = after?.Value, limit });

    /// <summary>One contact, a removed one too.</summary>
    public static Task<ContactRow?> Find(DbWork work, CustomerId customer, ContactId contact) => work.Maybe<ContactRow>(
        $"select {Columns} from customers_contacts where customer_id = @customer and contact_id = @contact",
        new { customer = customer.Value, contact = contact.Value });

    public static Task<int> Count(DbWork work, CustomerId customer) => work.Single<int>(
        "select count(*)::int from customers_contacts where customer_id = @customer and removed_at is null", new { customer = customer.Value });

    public static Task Add(DbWork work, CustomerId customer, Contact contact) => work.Execute(
        """
        insert into customers_contacts (customer_id, contact_id, name, email, phone, title, roles, is_primary, notes, created_at, version)
        values (@customer, @contact, @name, @email, @phone, @title, @roles, @isPrimary, @notes, @createdAt, @version)
        """,
        Parameters(customer, contact));

    /// <summary>Writes all members over the version before; a removed contact is there again.</summary>
    public static Task Update(DbWork work, CustomerId customer, Contact contact) => work.Execute(
        """
        update customers_contacts set
            name = @name, email = @email, phone = @phone, title = @title, roles = @roles, is_primary = @isPrimary, notes = @notes,
            version = @version, removed_at = null
        where customer_id = @customer and contact_id = @contact
        """,
        Parameters(customer, contact));

    public static Task Remove(DbWork work, CustomerId customer, ContactId contact, Instant now) => work.Execute(
        "update customers_contacts set removed_at = @now, version = version + 1 where customer_id = @customer and contact_id = @contact",
        new { customer = customer.Value, contact = contact.Value, now = now.ToDateTimeOffset() });

    /// <summary>The customer's primary contact, unless it is the given one.</summary>
    public static Task<Guid?> OtherPrimary(DbWork work, CustomerId customer, ContactId contact) => work.Maybe<Guid?>(
        "select contact_id from customers_contacts where customer_id = @customer and is_primary and removed_at is null and contact_id <> @contact",
        new { customer = customer.Value, contact = contact.Value });

    public static Task MakeSecondary(DbWork work, CustomerId customer, Guid contact) => work.Execute(
        "update customers_contacts set is_primary = false, version = version + 1 where customer_id = @customer and contact_id = @contact",
        new { customer = customer.Value, contact });

    private static object Parameters(CustomerId customer, Contact contact) => new
    {
        customer = customer.Value,
        contact = contact.Id.Value,
        name = contact.Details.Name,
        email = contact.Details.Email,
        phone = contact.Details.Phone,
        title = contact.Details.Title,
        roles = contact.Details.Roles.ToArray(),
        isPrimary = contact.Details.IsPrimary,
        notes = contact.Details.Notes,
        createdAt = contact.CreatedAt.ToDateTimeOffset(),
        version = contact.Version,
    };
}
