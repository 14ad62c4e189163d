import { oneOf, text } from '@/lib/search';
import type { ItemState } from './types';

export const planViews = ['gantt', 'board', 'list', 'calendar', 'checklists', 'budget', 'history'] as const;
export type PlanView = (typeof planViews)[number];
export const zooms = ['fit', 'day', 'week', 'month'] as const;
export type Zoom = (typeof zooms)[number];
export const itemStates: readonly ItemState[] = ['open', 'in-progress', 'done', 'cancelled'];

export interface PlanSearch {
  view?: PlanView;
  /** The item whose details are open. */
  item?: string;
  zoom?: Zoom;
  /** What the Gantt leaves out, with commas between: critical, baseline, links. */
  hide?: string;
  /** The month of the calendar, `2026-03`. */
  month?: string;
  q?: string;
  state?: ItemState;
  owner?: string;
  phase?: string;
  /** `column.asc` or `column.desc`. */
  sort?: string;
}

/** Reads the address; whatever it does not know it leaves out, so that an old link still opens. */
export const planSearch = (search: Record<string, unknown>): PlanSearch => ({
  view: oneOf(planViews)(search.view === 'gantt' ? undefined : search.view),
  item: text(search.item),
  zoom: oneOf(zooms)(search.zoom === 'fit' ? undefined : search.zoom),
  hide: text(search.hide),
  month:
    typeof search.month === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(search.month)
      ? search.month
      : undefined,
  q: text(search.q),
  state: oneOf(itemStates)(search.state),
  owner: text(search.owner),
  phase: text(search.phase),
  sort: text(search.sort),
});

export interface StartSearch {
  playbook?: string;
  /** Day 1. */
  start?: string;
}

export const isDay = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^\d{4}-\d{2}-\d{2}$/.test(value) &&
  !Number.isNaN(Date.parse(`${value}T00:00:00Z`));

export const startSearch = (search: Record<string, unknown>): StartSearch => ({
  playbook: text(search.playbook),
  start: isDay(search.start) ? search.start : undefined,
});

export const myDaySearch = (search: Record<string, unknown>): { date?: string } => ({
  date: isDay(search.date) ? search.date : undefined,
});
