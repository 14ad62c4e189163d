using Cairn.Domain.Foundation;
using Cairn.Domain.Notify;
using Cairn.Server.Platform;

namespace Cairn.Server.Notify;

/// <summary>One's own inbox: what is in it, and what of it is read. No use case of a record, so nothing of it is in the ledger.</summary>
internal sealed class ReadInbox(Database database, Clock clock)
{
    public Task<Page<InboxItemBody>> List(InboxOwner owner, bool onlyUnread, MessageId? before, int limit, CancellationToken cancel) => database.ForOperator(async work =>
    {
        var rows = await NotifyViews.Inbox(work, owner, onlyUnread, before, limit + 1);
        var shown = rows.Take(limit).Select(InboxItemBody.Of).ToList();
        return new Page<InboxItemBody>(shown, rows.Count > limit ? PageCursor.Write(shown[^1].Id) : null);
    }, cancel);

    public Task<long> Unread(InboxOwner owner, CancellationToken cancel) => database.ForOperator(work => NotifyViews.Unread(work, owner), cancel);

    /// <summary>Marks one message as read, or as unread again. Doing it twice changes nothing, and neither does naming one that is not there.</summary>
    public Task<int> Mark(PersonId person, MessageId id, bool isRead, CancellationToken cancel) => Change(person, id, null, isRead, cancel);

    /// <summary>Marks all as read, up to the newest that the reader has seen.</summary>
    public Task<int> MarkAll(PersonId person, MessageId? upTo, CancellationToken cancel) => Change(person, null, upTo, true, cancel);

    private Task<int> Change(PersonId person, MessageId? only, MessageId? upTo, bool isRead, CancellationToken cancel) => database.ForOperator(async work =>
    {
        var count = await NotifyStore.SetRead(work, person, only, upTo, isRead ? clock.Now : null);
        if (count > 0)
        {
            await NotifyStore.Announce(work, person.ToString());
        }

        return count;
    }, cancel);
}
