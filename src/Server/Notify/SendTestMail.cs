using System.Net.Mail;
using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>Sends one message at once, past the outbox, so that whoever sets mail up sees what the mail server says.</summary>
internal sealed class SendTestMail(SmtpMail mail, PublicAddress address)
{
    public async Task<Outcome<SmtpOutcome>> Run(string? to, InputFaults faults, CancellationToken cancel)
    {
        if (to is null || to.Any(char.IsControl) || !MailAddress.TryCreate(to, out var parsed) || parsed.Address != to)
        {
            faults.Add("/address", to is null ? InputFaults.MemberMissing : "address-unusable", "'address' takes one mail address and nothing beside it, like ana@example.com.");
        }

        return faults.Any
            ? faults.ToProblem()
            : await mail.Send(
                Letter.Write(
                    new MessageId(NewId.Next()), (to!, null), "Mail from Cairn works",
                    $"This is the test message that somebody asked for at {address.Origin}.\n\nMail from Cairn reaches this address.", address.Of("/")),
                cancel);
    }
}
