using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>A message in one's own inbox.</summary>
/// <param name="Id">Which message.</param>
/// <param name="Kind">What it is about, as a word that stays.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">What it says; null when that is secret and only mail may carry it.</param>
/// <param name="Path">Where it leads in the application.</param>
/// <param name="Customer">Whose record it is about; null when it concerns the installation.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="ReadAt">When it was marked as read.</param>
internal sealed record InboxItemBody(
    string Id, string Kind, string Subject, string? Text, string? Path, string? Customer, string CreatedAt, string? ReadAt)
{
    public static InboxItemBody Of(InboxRow row) => new(
        new MessageId(row.MessageId).ToString(), row.Kind, row.Subject, row.Text, row.Path, NotifyBodies.Customer(row.CustomerId),
        NotifyBodies.Time(row.CreatedAt)!, NotifyBodies.Time(row.ReadAt));
}

/// <summary>How many messages of one's inbox are unread.</summary>
internal sealed record UnreadBody(long Unread);

/// <summary>Up to which message all are read; null for all there are.</summary>
internal sealed record ReadAllBody(string? UpTo);

/// <summary>Why a message did not get through: a stable code, a sentence, and the mail server's own words where they hold no secret.</summary>
internal sealed record FailureBody(string Code, string Detail, string? Reply);

/// <summary>A message on its way by mail. What it says is not shown.</summary>
/// <param name="Id">Which message.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="To">The address.</param>
/// <param name="ToName">The name beside it.</param>
/// <param name="Customer">Whose record it is about; null when it concerns the installation.</param>
/// <param name="State"><c>waiting</c>, <c>sent</c> or <c>failed</c>.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="ChangedAt">When it was sent, failed, or was sent again.</param>
internal sealed record DeliveryBody(
    string Id, string Kind, string Subject, string To, string? ToName, string? Customer, string State, int Attempts, string CreatedAt, string ChangedAt)
{
    /// <summary>When it is tried next; null when it is not waiting.</summary>
    public string? NextAttemptAt { get; init; }

    /// <summary>How the last attempt failed; null when none did.</summary>
    public FailureBody? Failure { get; init; }

    /// <summary>Whether it can be sent again: it failed, and what it held was not wiped.</summary>
    public bool CanSendAgain { get; init; }

    public static DeliveryBody Of(DeliveryRow row) => new(
        new MessageId(row.MessageId).ToString(), row.Kind, row.Subject, row.Address, row.AddressName, NotifyBodies.Customer(row.CustomerId),
        row.State, row.Attempts, NotifyBodies.Time(row.CreatedAt)!, NotifyBodies.Time(row.ChangedAt)!)
    {
        NextAttemptAt = NotifyBodies.Time(row.NextAttemptAt),
        Failure = row.Failure is { } code ? new FailureBody(code, DeliveryFailure.Sentence(code), row.Reply) : null,
        CanSendAgain = row is { State: "failed", IsWiped: false },
    };
}

/// <summary>How mail stands: what waits, left and failed, and through what it leaves.</summary>
/// <param name="IsSetUp">Whether a mail server is configured.</param>
/// <param name="Server">Host and port of the mail server.</param>
/// <param name="From">The address that mail comes from.</param>
/// <param name="PublicAddress">What the links in mail begin with.</param>
internal sealed record MailStateBody(bool IsSetUp, string? Server, string? From, string PublicAddress, long Waiting, long Sent, long Failed);

/// <summary>Where to send a test message.</summary>
internal sealed record MailTestBody(string Address);

/// <summary>How the test message fared: <c>sent</c> or <c>failed</c> with the reason.</summary>
internal sealed record MailTestedBody(string State, FailureBody? Failure);

/// <summary>How many failed messages wait again.</summary>
internal sealed record SentAgainBody(int Count);

/// <summary>How rows are written in answers.</summary>
internal static class NotifyBodies
{
    public static string? Customer(Guid customer) => CustomerId.Of(customer) is { IsInstallation: false } id ? id.ToString() : null;

    public static string? Time(DateTimeOffset? time) => time is { } value ? Rfc3339.Format(NodaTime.Instant.FromDateTimeOffset(value)) : null;
}
