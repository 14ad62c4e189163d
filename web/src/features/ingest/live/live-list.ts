import type { IngestedEvent } from '@/api/types';

/** The most rows that come in by themselves; past it the list is asked for anew, so that a busy log cannot fill the page. */
export const mostLive = 500;

/** New events on their way into a list that shows the newest first. Both lists are newest first too. */
export interface LiveList {
  /** Shown above what was loaded. */
  taken: IngestedEvent[];
  /** Held back, because the reader's eye or pointer is in the list. */
  waiting: IngestedEvent[];
  /** More came than are kept; the list must be loaded anew to be whole. */
  overflow: boolean;
}

export const nothingNew: LiveList = { taken: [], waiting: [], overflow: false };

/** Puts arrivals into the list: straight in, or behind the bar while it is held. An event comes in once, however often it is told. */
export function arrive(list: LiveList, events: IngestedEvent[], hold: boolean): LiveList {
  const held = hold || list.waiting.length > 0 || list.overflow;
  const newest = list.waiting[0]?.index ?? list.taken[0]?.index ?? -1;
  const fresh = events
    .filter((event) => event.index > newest)
    .sort((left, right) => right.index - left.index);
  if (fresh.length === 0) return list;
  const waiting = held ? [...fresh, ...list.waiting] : list.waiting;
  const taken = held ? list.taken : [...fresh, ...list.taken];
  const overflow = list.overflow || waiting.length + taken.length > mostLive;
  return { taken, waiting: waiting.slice(0, mostLive), overflow };
}

/** Lets in what was held back. */
export const letIn = (list: LiveList): LiveList => ({
  taken: [...list.waiting, ...list.taken],
  waiting: [],
  overflow: list.overflow,
});
