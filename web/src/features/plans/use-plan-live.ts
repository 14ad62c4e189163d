import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { changedBetween } from './merge';
import { planKey, planQuery } from './plans-api';
import type { PersonRef, Plan } from './types';

/** How long a changed row stays tinted. */
const tintMs = 4_000;
/** Changes that come together are asked for once. */
const gatherMs = 80;
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'off';

interface Told {
  version: number;
  changed: string[];
  by: PersonRef | string | null;
}

/** Who of others changed something last, for an announcement. */
export interface Foreign {
  by: string | null;
  items: string[];
}

const none: ReadonlySet<string> = new Set();

/**
 * Follows a plan while its page is seen. What others change is fetched and tinted for a moment; what this window did
 * itself is on the screen already, so it differs in nothing and is not tinted.
 */
export function usePlanLive(customer: string, plan: string) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [tinted, setTinted] = useState<ReadonlySet<string>>(none);
  const [foreign, setForeign] = useState<Foreign>();
  const fading = useRef(new Set<ReturnType<typeof setTimeout>>());

  useEffect(() => {
    if (typeof EventSource === 'undefined') {
      setState('off');
      return;
    }
    const { queryKey } = planQuery(customer, plan);
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const look = async (by: string | null) => {
      const before = client.getQueryData<Plan>(queryKey);
      await client.invalidateQueries({ queryKey: planKey(plan) });
      const after = client.getQueryData<Plan>(queryKey);
      if (!before || !after) return;
      const ids = changedBetween(before, after);
      if (ids.length === 0) return;
      setTinted((standing) => new Set([...standing, ...ids]));
      const titles = after.items.filter((item) => ids.includes(item.id)).map((item) => item.title);
      setForeign({ by, items: titles });
      const timer = setTimeout(() => {
        fading.current.delete(timer);
        setTinted((standing) => new Set([...standing].filter((id) => !ids.includes(id))));
      }, tintMs);
      fading.current.add(timer);
    };
    const hear = (told: Told) => {
      const known = client.getQueryData<Plan>(queryKey)?.version ?? -1;
      if (told.version <= known) return;
      const by = typeof told.by === 'object' ? (told.by?.name ?? null) : null;
      clearTimeout(gathering);
      gathering = setTimeout(() => void look(by), gatherMs);
    };
    const stop = connect(
      `/v1/customers/${customer}/plans/${plan}/live`,
      hear,
      setState,
      () => void look(null),
    );
    const timers = fading.current;
    return () => {
      stop();
      clearTimeout(gathering);
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      setTinted(none);
    };
  }, [client, customer, plan]);

  return { state, tinted, foreign };
}

/** One connection that is given up while nobody sees the page, and taken up again with a look at what was missed. */
function connect(
  address: string,
  hear: (told: Told) => void,
  say: (state: LiveState) => void,
  onGap: () => void,
): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let retry = firstRetryMs;
  let wasLive = false;
  const open = () => {
    source = new EventSource(address);
    const told = (event: Event) => hear(JSON.parse((event as MessageEvent<string>).data) as Told);
    source.addEventListener('open', (event) => {
      // The server's first message has the same name as the browser's own, and tells the version.
      if (event instanceof MessageEvent) return hear({ changed: [], by: null, ...JSON.parse(event.data) });
      retry = firstRetryMs;
      say('live');
      if (wasLive) onGap();
      wasLive = true;
    });
    source.addEventListener('plan', told);
    source.addEventListener('end', () => {
      source?.close();
      say('off');
      onGap();
    });
    source.addEventListener('error', () => {
      say('reconnecting');
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, retry);
      retry = Math.min(retry * 2, longestRetryMs);
    });
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const look = () => {
    if (document.visibilityState === 'visible' && !source) open();
    else if (document.visibilityState !== 'visible') close();
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => {
    document.removeEventListener('visibilitychange', look);
    close();
  };
}
