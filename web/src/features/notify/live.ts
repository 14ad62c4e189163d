import type { QueryClient } from '@tanstack/react-query';
import { inboxQuery, unreadQuery } from './api';

const name = 'cairn-inbox';

/**
 * Hears how many messages are unread, as long as nobody calls the returned function. However many tabs are open, one of
 * them holds the stream (the lock goes to the next when that one closes) and tells the others.
 */
export function follow(client: QueryClient): () => void {
  // A browser without these, and a test, still asks when the window gets the focus.
  if (typeof EventSource === 'undefined' || typeof BroadcastChannel === 'undefined' || !navigator.locks)
    return () => undefined;
  const ends = new AbortController();
  const tabs = new BroadcastChannel(name);
  const hear = (unread: number) => {
    const known = client.getQueryData(unreadQuery.queryKey);
    client.setQueryData(unreadQuery.queryKey, unread);
    if (known !== unread) void client.invalidateQueries({ queryKey: ['inbox', 'list'] });
  };
  tabs.onmessage = (message) => hear(Number(message.data));
  void navigator.locks
    .request(name, { signal: ends.signal }, () => hold(ends.signal, hear, tabs))
    .catch(() => undefined); // Given up while it waited for its turn: the tab closed or signed out.
  return () => {
    ends.abort();
    tabs.close();
  };
}

function hold(ends: AbortSignal, hear: (unread: number) => void, tabs: BroadcastChannel) {
  return new Promise<void>((done) => {
    const stream = new EventSource('/v1/inbox/stream');
    stream.addEventListener('inbox', (event) => {
      const { unread } = JSON.parse((event as MessageEvent<string>).data) as { unread: number };
      hear(unread);
      tabs.postMessage(unread);
    });
    const end = () => {
      stream.close();
      done();
    };
    // The session is over; the next request says so and asks for a sign-in.
    stream.addEventListener('end', end);
    ends.addEventListener('abort', end);
  });
}

/** Asks again for what changing a message changes. */
export const refresh = (client: QueryClient) =>
  client.invalidateQueries({ queryKey: inboxQuery(false).queryKey.slice(0, 1) });
