import { address, type Query } from '@/api/http';
import type { IngestedEvent } from '@/api/types';

/** `ended`: the server ended the stream because access is over. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'ended';

export interface LiveTold {
  onEvent: (event: IngestedEvent) => void;
  onState: (state: LiveState) => void;
  /** Something may have been missed: the list should be looked at again. */
  onGap: () => void;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/**
 * New events of a customer. All windows of a browser that look at the same thing share one connection: the one that
 * holds the lock has it and tells the others. When it goes, the next one takes over where it knows the log to be.
 * Gives the function that stops it.
 */
export function openLive(query: Query, after: number | undefined, told: LiveTold): () => void {
  const name = `cairn:events?${address('', query)}`;
  const stopping = new AbortController();
  let last = after;
  const onEvent = (event: IngestedEvent) => {
    last = Math.max(last ?? -1, event.index);
    told.onEvent(event);
  };
  // Locks exist on secure addresses alone; without them each window has its own connection.
  if (!navigator.locks) {
    const close = connect(query, () => last, { ...told, onEvent });
    return close;
  }

  const channel = new BroadcastChannel(name);
  let leads = false;
  let state: LiveState = 'connecting';
  const tell = (message: Shared) => channel.postMessage(message);
  channel.onmessage = ({ data }: MessageEvent<Shared>) => {
    if (data.kind === 'hello' && leads) tell({ kind: 'state', state });
    if (leads) return;
    if (data.kind === 'event') onEvent(data.event);
    if (data.kind === 'state') {
      told.onState(data.state);
      // A window that joins late does not know what was told before.
      if (data.state === 'live') told.onGap();
    }
  };
  tell({ kind: 'hello' });
  navigator.locks
    .request(name, { signal: stopping.signal }, async () => {
      leads = true;
      const close = connect(query, () => last, {
        onEvent: (event) => {
          onEvent(event);
          tell({ kind: 'event', event });
        },
        onState: (next) => {
          state = next;
          told.onState(next);
          tell({ kind: 'state', state: next });
        },
        onGap: told.onGap,
      });
      await new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
      close();
    })
    .catch((error: unknown) => {
      // Stopped before it was this window's turn.
      if (!stopping.signal.aborted) throw error;
    });
  return () => {
    stopping.abort();
    channel.close();
  };
}

type Shared =
  | { kind: 'hello' }
  | { kind: 'state'; state: LiveState }
  | { kind: 'event'; event: IngestedEvent };

/**
 * One connection. The browser reconnects by itself and sends the last id; where it gives up (a proxy that answers with
 * an error) this asks again after a while, a longer one each time.
 */
function connect(query: Query, last: () => number | undefined, told: LiveTold): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry = firstRetryMs;
  const open = () => {
    source = new EventSource(address('/v1/events/stream', { ...query, after: last() }));
    source.addEventListener('open', () => {
      retry = firstRetryMs;
      told.onState('live');
    });
    source.addEventListener('recorded', (message) =>
      told.onEvent(JSON.parse((message as MessageEvent<string>).data) as IngestedEvent),
    );
    source.addEventListener('end', () => {
      source?.close();
      told.onState('ended');
      told.onGap();
    });
    source.addEventListener('error', () => {
      told.onState('reconnecting');
      if (source?.readyState !== EventSource.CLOSED) return;
      // What the server refused is told by the next look at the list; it may also be a server that starts anew.
      told.onGap();
      timer = setTimeout(open, retry);
      retry = Math.min(retry * 2, longestRetryMs);
    });
  };
  told.onState('connecting');
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}
