using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Notify;

/// <summary>A mail delivery that this process has taken on, with its message.</summary>
internal sealed class ClaimedRow
{
    public Guid CustomerId { get; init; }

    public Guid MessageId { get; init; }

    public string Address { get; init; } = "";

    public string? AddressName { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    public string Subject { get; init; } = "";

    public string? Text { get; init; }

    public string? Path { get; init; }

    public bool HoldsSecret { get; init; }

    public byte[]? Sealed { get; init; }
}

/// <summary>The SQL of messages and their deliveries, as it changes them.</summary>
internal static class NotifyStore
{
    /// <summary>The PostgreSQL channel on which new messages are announced: <c>mail</c>, or the person whose inbox changed.</summary>
    public const string Channel = "cairn_messages";

    /// <summary>What is announced when there is mail to send.</summary>
    public const string MailWaits = "mail";

    public static Task AddMessage(DbWork work, MessageId id, OutgoingMessage message, byte[]? sealedContent, Instant now) => work.Execute(
        """
        insert into notify_messages (customer_id, message_id, kind, subject, text, path, holds_secret, sealed, created_at)
        values (@customer, @id, @kind, @subject, @text, @path, @holdsSecret, @sealedContent, @now)
        """,
        new
        {
            customer = message.Customer.Value,
            id = id.Value,
            kind = message.Kind,
            subject = message.Subject,
            text = message.HoldsSecret ? null : message.Text,
            path = message.HoldsSecret ? null : message.Path,
            holdsSecret = message.HoldsSecret,
            sealedContent,
            now = now.ToDateTimeOffset(),
        });

    /// <summary>In an inbox it arrives with the commit: there is nothing to send and nothing that could fail.</summary>
    public static Task AddToInbox(DbWork work, CustomerId customer, MessageId id, PersonId person, Instant now) => work.Execute(
        """
        insert into notify_deliveries (customer_id, message_id, channel, person_id, state, changed_at)
        values (@customer, @id, 'inbox', @person, 'sent', @now)
        """,
        new { customer = customer.Value, id = id.Value, person = person.Value, now = now.ToDateTimeOffset() });

    /// <param name="work">The transaction of the use case.</param>
    /// <param name="customer">Whose message.</param>
    /// <param name="id">Which message.</param>
    /// <param name="to">The address and the name beside it.</param>
    /// <param name="failure">Why it cannot be sent at all; <see langword="null"/> for one that waits.</param>
    /// <param name="now">When it was written.</param>
    public static Task AddMail(DbWork work, CustomerId customer, MessageId id, (string Address, string? Name) to, DeliveryFailure? failure, Instant now) => work.Execute(
        """
        insert into notify_deliveries (customer_id, message_id, channel, address, address_name, state, next_attempt_at, failure, changed_at)
        values (@customer, @id, 'mail', @address, @name, case when @failure is null then 'waiting' else 'failed' end, case when @failure is null then @now end, @failure, @now)
        """,
        new { customer = customer.Value, id = id.Value, address = to.Address, name = to.Name, failure = failure?.Code, now = now.ToDateTimeOffset() });

    /// <summary>Tells every server, at commit, that there is mail to send or that somebody's inbox changed.</summary>
    public static Task Announce(DbWork work, string what) => work.Execute("select pg_notify(@Channel, @what)", new { Channel, what });

    /// <summary>
    /// Takes the mail that is due longest, and no other server gets it until <paramref name="until"/>. A crash before it is
    /// marked leaves it waiting until then; it is sent again, with the same message id, by whoever comes first.
    /// </summary>
    /// <param name="work">A transaction across customers.</param>
    /// <param name="isFirst">Mail that was never tried, or mail that failed before: the two have lanes of their own.</param>
    /// <param name="now">What is due.</param>
    /// <param name="until">When the attempt counts as abandoned.</param>
    public static Task<ClaimedRow?> Claim(DbWork work, bool isFirst, Instant now, Instant until) => work.Maybe<ClaimedRow>(
        """
        with due as materialized (
            select customer_id, message_id, channel from notify_deliveries
            where state = 'waiting' and channel = 'mail' and next_attempt_at <= @now and (attempts = 0) = @isFirst
            order by next_attempt_at, message_id limit 1 for update skip locked),
        taken as (
            update notify_deliveries d set attempts = d.attempts + 1, next_attempt_at = @until
            from due where d.customer_id = due.customer_id and d.message_id = due.message_id and d.channel = due.channel
            returning d.customer_id, d.message_id, d.address, d.address_name, d.attempts, d.changed_at as started_at)
        select t.customer_id, t.message_id, t.address, t.address_name, t.attempts, t.started_at, m.subject, m.text, m.path, m.holds_secret, m.sealed
        from taken t join notify_messages m on m.customer_id = t.customer_id and m.message_id = t.message_id
        """,
        new { isFirst, now = now.ToDateTimeOffset(), until = until.ToDateTimeOffset() });

    /// <summary>Notes that the mail left, and wipes what it held if that was secret.</summary>
    public static async Task MarkSent(DbWork work, CustomerId customer, MessageId id, Instant now)
    {
        await work.Execute(
            """
            update notify_deliveries set state = 'sent', next_attempt_at = null, failure = null, reply = null, changed_at = @now
            where customer_id = @customer and message_id = @id and channel = 'mail'
            """,
            new { customer = customer.Value, id = id.Value, now = now.ToDateTimeOffset() });
        await work.Execute(
            "update notify_messages set sealed = null where customer_id = @customer and message_id = @id and holds_secret",
            new { customer = customer.Value, id = id.Value });
    }

    /// <summary>Notes how an attempt failed. One that was meanwhile taken over by another server, or sent again, stays as that left it.</summary>
    public static Task<int> MarkFailed(DbWork work, ClaimedRow row, (DeliveryFailure Failure, string? Reply) how, Instant? next, Instant now) => work.Execute(
        """
        update notify_deliveries set state = case when @next::timestamptz is null then 'failed' else 'waiting' end, next_attempt_at = @next,
            failure = @failure, reply = @reply, changed_at = case when @next::timestamptz is null then @now else changed_at end
        where customer_id = @CustomerId and message_id = @MessageId and channel = 'mail' and state = 'waiting' and attempts = @Attempts
        """,
        new { row.CustomerId, row.MessageId, row.Attempts, failure = how.Failure.Code, reply = how.Reply, next = next?.ToDateTimeOffset(), now = now.ToDateTimeOffset() });

    /// <summary>Gives up what waited too long, be it that no mail server is set up.</summary>
    public static Task<int> GiveUp(DbWork work, Instant before, Instant now) => work.Execute(
        """
        update notify_deliveries set state = 'failed', next_attempt_at = null, failure = coalesce(failure, @failure), changed_at = @now
        where state = 'waiting' and channel = 'mail' and changed_at < @before and next_attempt_at <= @now
        """,
        new { before = before.ToDateTimeOffset(), now = now.ToDateTimeOffset(), failure = DeliveryFailure.NotSetUp.Code });

    /// <summary>Wipes the secrets of messages that failed and that nobody sent again.</summary>
    public static Task<int> WipeFailed(DbWork work, Instant before) => work.Execute(
        """
        update notify_messages m set sealed = null from notify_deliveries d
        where d.customer_id = m.customer_id and d.message_id = m.message_id and m.sealed is not null and d.state = 'failed' and d.changed_at < @before
        """,
        new { before = before.ToDateTimeOffset() });

    /// <summary>Marks messages of an inbox as read, or as unread again; how many changed.</summary>
    /// <param name="work">A transaction across customers.</param>
    /// <param name="person">Whose inbox.</param>
    /// <param name="only">The one message, or all of them.</param>
    /// <param name="upTo">The newest that is meant, so that one that comes meanwhile stays unread.</param>
    /// <param name="readAt">When it was read; <see langword="null"/> for not.</param>
    public static Task<int> SetRead(DbWork work, PersonId person, MessageId? only, MessageId? upTo, Instant? readAt) => work.Execute(
        """
        update notify_deliveries set read_at = @readAt
        where channel = 'inbox' and person_id = @person and (@only::uuid is null or message_id = @only) and (@upTo::uuid is null or message_id <= @upTo)
          and (read_at is null) = (@readAt::timestamptz is not null)
        """,
        new { person = person.Value, only = only?.Value, upTo = upTo?.Value, readAt = readAt?.ToDateTimeOffset() });

    /// <summary>Lets failed mail wait again from the beginning: the one message, or every one whose secret was not wiped.</summary>
    public static Task<int> SendAgain(DbWork work, MessageId? only, Instant now) => work.Execute(
        """
        update notify_deliveries d set state = 'waiting', attempts = 0, next_attempt_at = @now, changed_at = @now
        from notify_messages m
        where m.customer_id = d.customer_id and m.message_id = d.message_id and d.channel = 'mail' and d.state = 'failed'
          and (@only::uuid is null or d.message_id = @only) and (not m.holds_secret or m.sealed is not null)
        """,
        new { only = only?.Value, now = now.ToDateTimeOffset() });
}
