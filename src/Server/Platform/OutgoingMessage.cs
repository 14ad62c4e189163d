using Cairn.Domain.Foundation;

namespace Cairn.Server.Platform;

/// <summary>Something to be told to one person, by the inbox in the application, by mail, or both.</summary>
internal sealed record OutgoingMessage
{
    /// <summary>Whose record it is about; <see cref="CustomerId.Installation"/> when it concerns nobody's.</summary>
    public required CustomerId Customer { get; init; }

    /// <summary>What it is about, as a word that stays: <c>portal-invitation</c>, <c>quality-alert</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The member of the staff in whose inbox it appears; <see langword="null"/> for somebody without one.</summary>
    public PersonId? Inbox { get; init; }

    /// <summary>The mail address it goes to; <see langword="null"/> when the inbox is enough.</summary>
    public string? MailTo { get; init; }

    /// <summary>The name beside the mail address.</summary>
    public string? MailName { get; init; }

    /// <summary>One line, without a line break.</summary>
    public required string Subject { get; init; }

    /// <summary>Plain text; an empty line parts paragraphs.</summary>
    public required string Text { get; init; }

    /// <summary>Where it leads: a path of the application (<c>/customers/cus_…</c>). Mail puts the public address before it.</summary>
    public string? Path { get; init; }

    /// <summary>
    /// Whether <see cref="Text"/> or <see cref="Path"/> holds a secret (a single-use link). It is then sealed at rest, wiped
    /// once sent, and never shown in a list.
    /// </summary>
    public bool HoldsSecret { get; init; }
}

/// <summary>Takes messages inside the transaction of what they tell of, so that neither exists without the other.</summary>
internal interface IOutbox
{
    /// <summary>Adds a message; it leaves after the commit of <paramref name="work"/>.</summary>
    Task Add(DbWork work, OutgoingMessage message);
}
