using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>A message in somebody's inbox, as stored.</summary>
internal sealed class InboxRow
{
    public Guid CustomerId { get; init; }

    public Guid MessageId { get; init; }

    public string Kind { get; init; } = "";

    public string Subject { get; init; } = "";

    public string? Text { get; init; }

    public string? Path { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ReadAt { get; init; }
}

/// <summary>A delivery by mail, as stored. What the message says is not read for the list, so that it cannot be shown there.</summary>
internal sealed class DeliveryRow
{
    public Guid CustomerId { get; init; }

    public Guid MessageId { get; init; }

    public string Kind { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Address { get; init; } = "";

    public string? AddressName { get; init; }

    public string State { get; init; } = "";

    public int Attempts { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    public string? Failure { get; init; }

    public string? Reply { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    public bool IsWiped { get; init; }
}

/// <summary>Which deliveries a list shows.</summary>
internal sealed record DeliveryFilter(string? State, string? Holds, CustomerId? Customer);

/// <summary>Whose inbox it is, and which customers that person reaches: <see langword="null"/> for all.</summary>
internal sealed record InboxOwner(PersonId Person, IReadOnlySet<CustomerId>? Reach)
{
    /// <summary>The reach as SQL takes it.</summary>
    public Guid[]? Customers => Reach?.Select(customer => customer.Value).ToArray();
}

/// <summary>The lists of Notify. An inbox reaches over customers, so its owner is in every condition.</summary>
internal static class NotifyViews
{
    private const string DeliveryColumns =
        """
        d.customer_id, d.message_id, m.kind, m.subject, d.address, d.address_name, d.state, d.attempts, d.next_attempt_at, d.failure, d.reply,
        m.created_at, d.changed_at, (m.holds_secret and m.sealed is null and d.state = 'failed') as is_wiped
        """;

    // A message about a customer is there for as long as its owner reaches that customer.
    private const string InReach = "(@reach::uuid[] is null or d.customer_id = @installation or d.customer_id = any(@reach))";

    public static Task<IReadOnlyList<InboxRow>> Inbox(DbWork work, InboxOwner owner, bool onlyUnread, MessageId? before, int limit) => work.List<InboxRow>(
        $"""
        select m.customer_id, m.message_id, m.kind, m.subject, m.text, m.path, m.created_at, d.read_at
        from notify_deliveries d join notify_messages m on m.customer_id = d.customer_id and m.message_id = d.message_id
        where d.channel = 'inbox' and d.person_id = @person and (not @onlyUnread or d.read_at is null) and (@before::uuid is null or d.message_id < @before)
          and {InReach}
        order by d.message_id desc limit @limit
        """,
        new { person = owner.Person.Value, reach = owner.Customers, installation = CustomerId.Installation.Value, onlyUnread, before = before?.Value, limit });

    public static Task<long> Unread(DbWork work, InboxOwner owner) => work.Single<long>(
        $"select count(*) from notify_deliveries d where channel = 'inbox' and person_id = @person and read_at is null and {InReach}",
        new { person = owner.Person.Value, reach = owner.Customers, installation = CustomerId.Installation.Value });

    public static Task<IReadOnlyList<DeliveryRow>> Deliveries(DbWork work, DeliveryFilter filter, MessageId? before, int limit) => work.List<DeliveryRow>(
        $"""
        select {DeliveryColumns}
        from notify_deliveries d join notify_messages m on m.customer_id = d.customer_id and m.message_id = d.message_id
        where d.channel = 'mail' and (@State::text is null or d.state = @State) and (@before::uuid is null or d.message_id < @before)
          and (@customer::uuid is null or d.customer_id = @customer)
          and (@Holds::text is null or position(lower(@Holds) in lower(d.address)) > 0 or position(lower(@Holds) in lower(m.subject)) > 0)
        order by d.message_id desc limit @limit
        """,
        new { filter.State, filter.Holds, customer = filter.Customer?.Value, before = before?.Value, limit });

    public static Task<DeliveryRow?> Delivery(DbWork work, MessageId id) => work.Maybe<DeliveryRow>(
        $"""
        select {DeliveryColumns}
        from notify_deliveries d join notify_messages m on m.customer_id = d.customer_id and m.message_id = d.message_id
        where d.channel = 'mail' and d.message_id = @id
        """,
        new { id = id.Value });

    public static Task<IReadOnlyList<(string State, long Count)>> DeliveryCounts(DbWork work) => work.List<(string, long)>(
        "select state, count(*) from notify_deliveries where channel = 'mail' group by state");
}
