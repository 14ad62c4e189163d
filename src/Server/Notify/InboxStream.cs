using Cairn.Domain.Foundation;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>
/// Tells a browser how many of one's messages are unread, at once and whenever that changes. It carries the number alone:
/// the browser reads the list when somebody looks at it.
/// </summary>
internal sealed class InboxStream(ReadInbox inbox, MessageSignals signals, LiveStream live)
{
    public Task<Problem?> Run(HttpContext context, InboxOwner owner)
    {
        long? told = null;
        return live.Run(context, null, async (say, cancel) =>
        {
            var signal = signals.NextOf(owner.Person);
            var unread = await inbox.Unread(owner, cancel);
            if (unread != told)
            {
                told = unread;
                await say($"event: inbox\ndata: {{\"unread\":{unread}}}\n\n");
            }

            return signal;
        });
    }
}
