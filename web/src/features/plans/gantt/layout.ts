import type { Span } from '../types';

/** What the Gantt needs to know of an item; items of a plan and of a preview both have it. */
export interface GanttItem extends Span {
  id: string;
  /** Its id in the playbook. */
  key?: string | null;
  /** It has no dates yet, so nothing is drawn for it. */
  undated?: boolean;
  kind: 'task' | 'milestone' | 'meeting' | 'deliverable' | 'hand-off';
  phase: string;
  title: string;
  state?: 'open' | 'in-progress' | 'done' | 'cancelled';
  percentDone?: number;
  effortHours?: number | null;
  owner?: { id: string; name: string } | null;
  role?: string | null;
  at?: string | null;
  baselineStart?: string | null;
  baselineFinish?: string | null;
  critical?: boolean;
  pinned?: boolean;
  late?: boolean;
  after: { item: string; kind: 'FS' | 'SS' | 'FF' | 'SF' }[];
}

export interface GanttPhase {
  id: string;
  title: string;
}

export const headHeight = 48;
export const itemHeight = 34;
export const phaseHeight = 36;

interface Line {
  id: string;
  /** Where it begins below the head. */
  y: number;
  height: number;
}
export type PhaseLine = Line & { kind: 'phase'; title: string; items: GanttItem[]; isOpen: boolean };
/** A meeting that repeats: one line with a sign on each of its days. */
export type SeriesLine = Line & { kind: 'series'; title: string; items: GanttItem[]; isOpen: boolean };
export type ItemLine = Line & { kind: 'item'; item: GanttItem; inSeries: boolean };
/** One line of the Gantt. */
export type Row = PhaseLine | SeriesLine | ItemLine;

/** So many meetings of one series in a phase share a line. */
const fewestOfSeries = 3;

/** The key of the series that a meeting belongs to: occurrences have a number after a dot, `stand-up.3`. */
const seriesOf = (item: GanttItem) =>
  item.kind === 'meeting' ? /^(.+)\.\d+$/.exec(item.key ?? '')?.[1] : undefined;

/**
 * Phases in their order with their items by date below them. What stands in `toggled` by the id of its line is not as it
 * is at first: phases are open, series are not.
 */
export function rowsOf(
  items: readonly GanttItem[],
  phases: readonly GanttPhase[],
  toggled: ReadonlySet<string>,
): { rows: Row[]; height: number } {
  const known = new Set(phases.map((phase) => phase.id));
  const stray = [...new Set(items.map((item) => item.phase))].filter((id) => !known.has(id));
  const rows: Row[] = [];
  let y = 0;
  const put = (row: Row) => {
    rows.push({ ...row, y });
    y += row.height;
  };
  const putItem = (item: GanttItem, inSeries: boolean) =>
    put({ kind: 'item', id: item.id, y, height: itemHeight, item, inSeries });
  for (const phase of [...phases, ...stray.map((id) => ({ id, title: id }))]) {
    const inPhase = items.filter((item) => item.phase === phase.id).sort(byDate);
    const id = `phase:${phase.id}`;
    const isOpen = !toggled.has(id);
    put({ kind: 'phase', id, y, height: phaseHeight, title: phase.title, items: inPhase, isOpen });
    if (!isOpen) continue;
    for (const entry of withSeries(inPhase, phase.id)) {
      if ('item' in entry) {
        putItem(entry.item, false);
        continue;
      }
      const open = toggled.has(entry.id);
      put({ ...entry, kind: 'series', y, height: itemHeight, isOpen: open });
      if (open) for (const item of entry.items) putItem(item, true);
    }
  }
  return { rows, height: y };
}

type Entry = { item: GanttItem } | { id: string; title: string; items: GanttItem[] };

/** Items in their order, a series where its first meeting stands. */
function withSeries(items: readonly GanttItem[], phase: string): Entry[] {
  const series = new Map<string, GanttItem[]>();
  for (const item of items) {
    const key = seriesOf(item);
    if (key) series.set(key, [...(series.get(key) ?? []), item]);
  }
  return items.flatMap((item): Entry[] => {
    const key = seriesOf(item);
    const all = key === undefined ? undefined : series.get(key);
    if (!all || all.length < fewestOfSeries) return [{ item }];
    return all[0] === item ? [{ id: `series:${phase}:${key}`, title: item.title, items: all }] : [];
  });
}

const byDate = (left: GanttItem, right: GanttItem) =>
  left.start.localeCompare(right.start) ||
  // What has a clock time comes first on its day: the others mostly wait for it.
  (left.at ?? '99').localeCompare(right.at ?? '99') ||
  left.finish.localeCompare(right.finish) ||
  left.title.localeCompare(right.title);

/** Below this many lines all are drawn, which keeps the browser's own search and printing whole. */
const drawnWhole = 140;
/** Lines beyond the edges, so that a quick scroll does not show holes. */
const beyond = 400;

/** The lines that a window of this place and height needs; `always` is drawn wherever it is. */
export function visibleRows(rows: readonly Row[], top: number, height: number, always?: string): Row[] {
  if (rows.length <= drawnWhole) return [...rows];
  return rows.filter(
    (row) =>
      row.id === always || (row.y + row.height > top - beyond && row.y < top + Math.max(height, 1) + beyond),
  );
}

/** The dates that all items together take; null without items. */
export function spanOf(items: readonly Span[]): Span | null {
  const [first] = items;
  if (!first) return null;
  return items.reduce<Span>(
    (span, item) => ({
      start: item.start < span.start ? item.start : span.start,
      finish: item.finish > span.finish ? item.finish : span.finish,
    }),
    { start: first.start, finish: first.finish },
  );
}

/** How far a phase is, 0 to 100: by effort where there is any, else each item counts the same. Cancelled ones do not. */
export function percentOf(items: readonly GanttItem[]) {
  const counted = items.filter((item) => item.state !== 'cancelled');
  const effort = counted.reduce((sum, item) => sum + (item.effortHours ?? 0), 0);
  const weight = (item: GanttItem) => (effort > 0 ? (item.effortHours ?? 0) : 1);
  const whole = counted.reduce((sum, item) => sum + weight(item), 0);
  if (whole === 0) return 0;
  const done = (item: GanttItem) => (item.state === 'done' ? 100 : (item.percentDone ?? 0));
  return counted.reduce((sum, item) => sum + weight(item) * done(item), 0) / whole;
}

/** Something without a length: drawn as a sign on its day instead of a bar. */
export const isPoint = (item: GanttItem) =>
  item.kind === 'milestone' ||
  ((item.kind === 'meeting' || item.kind === 'hand-off') && item.start === item.finish);
