using Cairn.Domain.Access.Portal;
using Cairn.Server.Platform;

namespace Cairn.Server.Access.Portal;

/// <summary>What the portal writes to people.</summary>
internal sealed class PortalMail(IOutbox outbox, CairnOptions options)
{
    /// <summary>Whether mail leaves at all. Where it does not, whoever invites hands the link over, and nothing waits for a mail server: by then the links would be over.</summary>
    public bool IsConfigured => options.Mail is not null;

    public Task SendInvitation(DbWork work, PortalPerson person, string customer, Actor by, string path) => Send(work, person, path, "portal-invitation",
        $"{by.Name ?? "Your team"} invites you to the portal of {customer}",
        $"""
        Hello {person.Name},

        {by.Name ?? "The team that works with you"} invites you to the portal of {customer}. It shows you what is shared with you: the people who look after you, receipts for your data that you can check yourself, and more as the work goes on.

        Open this link to come in. It works once, for {PortalInvitation.Lifetime.Days} days, and needs no password:
        """);

    public Task SendLink(DbWork work, PortalPerson person, string customer, string path) => Send(work, person, path, "portal-sign-in-link",
        $"Your sign-in link for the portal of {customer}",
        $"""
        Hello {person.Name},

        Open this link to sign in to the portal of {customer}. It works once, for {(int)PortalLink.Lifetime.TotalMinutes} minutes.

        If you did not ask for it, do nothing: without the link nobody comes in.
        """);

    private Task Send(DbWork work, PortalPerson person, string path, string kind, string subject, string text) => !IsConfigured ? Task.CompletedTask : outbox.Add(work, new OutgoingMessage
    {
        Customer = person.Customer,
        Kind = kind,
        MailTo = person.Email,
        MailName = person.Name,
        Subject = subject,
        Text = text,
        Path = path,
        HoldsSecret = true,
    });
}
