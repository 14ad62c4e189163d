import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Query } from '@/api/http';
import type { IngestedEvent } from '@/api/types';
import { arrive, type LiveList, letIn, nothingNew } from './live-list';
import { type LiveState, openLive } from './live-source';

/** How long arrivals are gathered before the list is drawn again. */
const gatherMs = 150;
/** How long a new row stays tinted, as the style says. */
const tintMs = 4_000;

export interface LiveOptions {
  /** What the stream is asked for. */
  query: Query;
  /** What it cannot be asked for is looked at here. */
  wants: (event: IngestedEvent) => boolean;
  /** The newest event that is loaded; undefined until it is known. */
  after: number | undefined;
  on: boolean;
  /** Whether the reader's eye or pointer is in the list, so that nothing may move. */
  isHeld: () => boolean;
  onGap: () => void;
}

/** New events as they are recorded, held back while somebody reads. A page that nobody sees holds no connection. */
export function useLiveEvents(options: LiveOptions) {
  const now = useRef(options);
  now.current = options;
  const key = JSON.stringify(options.query);
  const ready = options.on && options.after !== undefined;
  const [list, setList] = useState<LiveList>(nothingNew);
  const [state, setState] = useState<LiveState>('connecting');
  const visible = useVisible();
  const newest = useRef<number | undefined>(undefined);
  const gathered = useRef<IngestedEvent[]>([]);
  newest.current = Math.max(options.after ?? -1, list.waiting[0]?.index ?? -1, list.taken[0]?.index ?? -1);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another question begins with an empty list
  useEffect(() => setList(nothingNew), [key]);

  useEffect(() => {
    if (!ready || !visible) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      const events = gathered.current.splice(0);
      const hold = now.current.isHeld();
      setList((before) => arrive(before, events, hold));
    };
    const stop = openLive(JSON.parse(key) as Query, newest.current, {
      onEvent: (event) => {
        if (!now.current.wants(event)) return;
        gathered.current.push(event);
        timer ??= setTimeout(flush, gatherMs);
      },
      onState: setState,
      onGap: () => now.current.onGap(),
    });
    return () => {
      stop();
      clearTimeout(timer);
      // The next connection begins after what is in the list, so these are told again.
      gathered.current = [];
    };
  }, [key, ready, visible]);

  const take = useCallback(() => setList(letIn), []);
  const clear = useCallback(() => setList(nothingNew), []);
  return { list, state, letIn: take, clear };
}

/** The indexes of rows that came in a moment ago. */
export function useTinted(events: IngestedEvent[]): ReadonlySet<number> {
  const [tinted, setTinted] = useState<ReadonlySet<number>>(new Set());
  const known = useRef(new Set<number>());
  useEffect(() => {
    const fresh = events.filter((event) => !known.current.has(event.index)).map((event) => event.index);
    if (fresh.length === 0) return;
    for (const index of fresh) known.current.add(index);
    setTinted((before) => new Set([...before, ...fresh]));
    setTimeout(
      () => setTinted((before) => new Set([...before].filter((index) => !fresh.includes(index)))),
      tintMs,
    );
  }, [events]);
  return tinted;
}

function useVisible() {
  const [visible, setVisible] = useState(() => document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}

/** Whether nothing may move in a list: the pointer or the focus is in it, or its head is scrolled away. */
export function useHold(list: RefObject<HTMLElement | null>) {
  const pointer = useRef(false);
  const props = {
    onPointerEnter: () => {
      pointer.current = true;
    },
    onPointerLeave: () => {
      pointer.current = false;
    },
  };
  const isHeld = () => {
    const element = list.current;
    if (!element) return false;
    return (
      pointer.current || element.contains(document.activeElement) || element.getBoundingClientRect().top < 0
    );
  };
  return { isHeld, props };
}
