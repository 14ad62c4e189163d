import type { PlanSearch } from './plans-search';
import type { PlanItem, PlanPhase } from './types';

export const columns = ['title', 'state', 'owner', 'start', 'finish', 'effort', 'slack'] as const;
export type Column = (typeof columns)[number];
export interface Sorting {
  column: Column;
  down: boolean;
}

const keys: Record<Column, (item: PlanItem) => string | number | null> = {
  title: (item) => item.title.toLowerCase(),
  state: (item) => ['in-progress', 'open', 'done', 'cancelled'].indexOf(item.state),
  owner: (item) => item.owner?.name.toLowerCase() ?? null,
  start: (item) => item.start,
  finish: (item) => item.finish,
  effort: (item) => item.effortHours,
  slack: (item) => item.slackDays,
};

export function sortingOf(text: string | undefined): Sorting {
  const [column, direction] = (text ?? '').split('.');
  const known = columns.find((one) => one === column);
  return known ? { column: known, down: direction === 'desc' } : { column: 'start', down: false };
}

export const nobody = 'nobody';

/** What the list shows: the filters of the address, then its sorting; items without the value come last. */
export function listedItems(items: readonly PlanItem[], search: PlanSearch): PlanItem[] {
  const q = search.q?.toLowerCase();
  const { column, down } = sortingOf(search.sort);
  const key = keys[column];
  return items
    .filter(
      (item) =>
        (!search.state || item.state === search.state) &&
        (!search.phase || item.phase === search.phase) &&
        (!search.owner ||
          (search.owner === nobody ? item.owner === null : item.owner?.id === search.owner)) &&
        (!q || [item.title, item.owner?.name, item.details].some((text) => text?.toLowerCase().includes(q))),
    )
    .sort(
      (left, right) =>
        compare(key(left), key(right), down) ||
        left.start.localeCompare(right.start) ||
        left.title.localeCompare(right.title),
    );
}

function compare(left: string | number | null, right: string | number | null, down: boolean) {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return (left < right ? -1 : 1) * (down ? -1 : 1);
}

/** Items by their day of a month, for a calendar: everything on its finish, and work on its start, too. */
export function itemsByDay(items: readonly PlanItem[]) {
  const days = new Map<string, { item: PlanItem; as: 'start' | 'finish' }[]>();
  const put = (day: string, item: PlanItem, as: 'start' | 'finish') =>
    days.set(day, [...(days.get(day) ?? []), { item, as }]);
  for (const item of items) {
    if (item.undated) continue;
    if (item.start !== item.finish) put(item.start, item, 'start');
    put(item.finish, item, 'finish');
  }
  for (const list of days.values())
    list.sort((left, right) => (left.item.at ?? '99').localeCompare(right.item.at ?? '99'));
  return days;
}

/** The items of each phase, by date, for a reader who goes from top to bottom. */
export const byPhase = (items: readonly PlanItem[], phases: readonly PlanPhase[]) =>
  phases.map((phase) => ({
    phase,
    items: items
      .filter((item) => item.phase === phase.id)
      .toSorted(
        (left, right) => left.start.localeCompare(right.start) || left.title.localeCompare(right.title),
      ),
  }));
