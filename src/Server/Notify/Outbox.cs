using System.Net.Mail;
using System.Text.Json;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>
/// Writes messages down beside what they tell of. A crash before the commit leaves neither; after it, the deliveries wait
/// in the database until some server has sent them.
/// </summary>
internal sealed class Outbox(SecretBox box, Clock clock) : IOutbox
{
    private const int LongestSubject = 200;
    private const int LongestAddress = 254;

    public async Task Add(DbWork work, OutgoingMessage message)
    {
        if (work.Customer is { } declared && declared != message.Customer)
        {
            throw new InvalidOperationException($"A message about {message.Customer} cannot be written by work for {declared}.");
        }

        var id = new MessageId(NewId.Next());
        var now = clock.Now;
        var clean = message with { Subject = OneLine(message.Subject, LongestSubject) };
        var content = message.HoldsSecret ? box.Seal(SealedContent.Purpose(id), SealedContent.Write(message.Text, message.Path)) : null;
        await NotifyStore.AddMessage(work, id, clean, content, now);
        if (message.Inbox is { } person)
        {
            await NotifyStore.AddToInbox(work, message.Customer, id, person, now);
            await NotifyStore.Announce(work, person.ToString());
        }

        if (message.MailTo is { } address)
        {
            // What is no address fails here and now: the use case has checked it if it came from a person, and a typing error in
            // some stored record must not keep anything else from happening.
            var isUsable = IsUsable(address);
            var name = message.MailName is { } given ? OneLine(given, LongestSubject) : null;
            await NotifyStore.AddMail(work, message.Customer, id, (OneLine(address, LongestAddress), name), isUsable ? null : DeliveryFailure.AddressUnusable, now);
            await NotifyStore.Announce(work, NotifyStore.MailWaits);
        }
    }

    /// <summary>One address and nothing beside it: no name, no list, no line break.</summary>
    private static bool IsUsable(string address) =>
        address.Length <= LongestAddress && !address.Any(char.IsControl) && MailAddress.TryCreate(address, out var parsed) && parsed.Address == address;

    /// <summary>A header is one line. What would begin another becomes a space, so that no record's name can add a header.</summary>
    private static string OneLine(string text, int most)
    {
        var line = string.Concat(text.Select(character => char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character)).Trim();
        return line.Length <= most ? line : string.Concat(line.AsSpan(0, most - 1), "…");
    }
}

/// <summary>The text and the path of a message that holds a secret, as they are sealed.</summary>
internal sealed record SealedContent(string Text, string? Path)
{
    /// <summary>Bound to the message, so that a sealed text moved to another row does not open.</summary>
    public static string Purpose(MessageId id) => $"message {id}";

    public static byte[] Write(string text, string? path) => JsonSerializer.SerializeToUtf8Bytes(new SealedContent(text, path));

    public static SealedContent Read(byte[] content) => JsonSerializer.Deserialize<SealedContent>(content)!;

    /// <summary>Without what is sealed.</summary>
    public override string ToString() => nameof(SealedContent);
}
