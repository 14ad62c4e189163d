using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;
using NodaTime;

namespace Cairn.Server.Notify;

/// <summary>
/// Sends the mail that is due, one at a time for each call. The row is taken in one transaction and marked in another, so
/// that no lock is held while the mail server thinks. A crash in between sends the message once more, with the same
/// Message-ID, which mail programs show once; the alternative, marking first, would lose it.
/// </summary>
internal sealed class DeliverMessages(Database database, SecretBox box, SmtpMail mail, PublicAddress address, Clock clock)
{
    /// <summary>A taken message belongs to its server this long; well beyond the deadline of one attempt.</summary>
    private static readonly Duration Lease = Duration.FromMinutes(5);

    /// <summary>How long the secret of a message that failed is kept for sending it again.</summary>
    private static readonly Duration KeepsSecret = Duration.FromDays(7);

    /// <summary>Takes the next message that is due and tries it. False when none is.</summary>
    public async Task<bool> Next(bool isFirst, CancellationToken cancel)
    {
        if (!mail.IsSetUp)
        {
            return false;
        }

        var now = clock.Now;
        var row = await database.ForOperator(work => NotifyStore.Claim(work, isFirst, now, now + Lease), cancel);
        if (row is null)
        {
            return false;
        }

        var how = await mail.Send(Compose(row), cancel);
        await Mark(row, how);
        return true;
    }

    /// <summary>Gives up what is too old, and wipes secrets that nobody will send any more.</summary>
    public Task Tidy(CancellationToken cancel)
    {
        var now = clock.Now;
        return database.ForOperator(async work =>
        {
            await NotifyStore.GiveUp(work, now - DeliveryRetry.Lifetime, now);
            return await NotifyStore.WipeFailed(work, now - KeepsSecret);
        }, cancel);
    }

    private Letter Compose(ClaimedRow row)
    {
        var id = new MessageId(row.MessageId);
        var content = row.Sealed is { } sealedContent
            ? SealedContent.Read(box.Unseal(SealedContent.Purpose(id), sealedContent))
            : new SealedContent(row.Text ?? "", row.Path);
        return Letter.Write(id, (row.Address, row.AddressName), row.Subject, content.Text, content.Path is { } path ? address.Of(path) : null);
    }

    // Not cancelled when the server stops: the message has left, and only this line knows it.
    private Task Mark(ClaimedRow row, SmtpOutcome how) => database.ForCustomer(CustomerId.Of(row.CustomerId), async work =>
    {
        var now = clock.Now;
        if (how.Failure is not { } failure)
        {
            await NotifyStore.MarkSent(work, CustomerId.Of(row.CustomerId), new MessageId(row.MessageId), now);
            return true;
        }

        // A server that refuses a message may quote it, and with it the secret.
        var reply = row.HoldsSecret ? null : how.Reply;
        var next = DeliveryRetry.Next(row.Attempts, Instant.FromDateTimeOffset(row.StartedAt), failure, now);
        await NotifyStore.MarkFailed(work, row, (failure, reply), next, now);
        return true;
    });
}
