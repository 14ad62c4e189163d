import { dayNumber } from '@/lib/days';
import type { Span } from '../types';
import { type GanttItem, isPoint, type Row } from './layout';
import { type Scale, xOf } from './scale';

export interface Link {
  key: string;
  path: string;
  from: string;
  to: string;
  critical: boolean;
  /** Both ends are done, so nobody waits any more. */
  finished: boolean;
}

interface Place {
  row: Row;
  item: GanttItem;
  span: Span;
}

const corner = 4;
const stub = 7;
/** Half of a milestone's sign, and half of a bar's height. */
const signPx = 8;
const barHalf = 9;

/**
 * Lines from each item to those that wait for it, between lines that are drawn. They leave and arrive at the side that
 * the kind of dependency speaks of: FS from the finish to the start.
 */
export function linksOf(rows: readonly Row[], scale: Scale, spanOf: (item: GanttItem) => Span): Link[] {
  const places = new Map<string, Place>();
  for (const row of rows)
    if (row.kind === 'item') places.set(row.id, { row, item: row.item, span: spanOf(row.item) });
  const links: Link[] = [];
  for (const to of places.values()) {
    for (const dependency of to.item.after) {
      const from = places.get(dependency.item);
      if (!from) continue;
      links.push({
        key: `${from.item.id}>${to.item.id}>${dependency.kind}`,
        from: from.item.id,
        to: to.item.id,
        finished: from.item.state === 'done' && to.item.state === 'done',
        critical: Boolean(from.item.critical && to.item.critical),
        path: pathOf(
          side(from, dependency.kind[0] === 'F', scale, true),
          side(to, dependency.kind[1] === 'F', scale, false),
        ),
      });
    }
  }
  return links;
}

interface End {
  x: number;
  y: number;
  /** Whether the line is at the right side of its item. */
  right: boolean;
}

function side({ row, item, span }: Place, atFinish: boolean, scale: Scale, leaving: boolean): End {
  const y = row.y + row.height / 2;
  if (isPoint(item)) {
    const middle = xOf(scale, dayNumber(span.finish)) + scale.width / 2;
    return { x: middle + (leaving ? signPx : -signPx), y, right: leaving };
  }
  const x = atFinish
    ? xOf(scale, dayNumber(span.finish)) + scale.width - 1
    : xOf(scale, dayNumber(span.start)) + 1;
  return { x, y, right: atFinish };
}

/** A line with square corners; it goes around when its end is on the wrong side of its beginning. */
export function pathOf(from: End, to: End) {
  const out = from.right ? stub : -stub;
  const into = to.right ? stub : -stub;
  const down = to.y >= from.y ? 1 : -1;
  const straight = from.right && !to.right && to.x - from.x >= 2 * corner;
  if (straight) {
    const bend = to.x - Math.min(stub, (to.x - from.x) / 2);
    return `M${from.x} ${from.y}H${bend - corner}q${corner} 0 ${corner} ${down * corner}V${to.y - down * corner}q0 ${down * corner} ${corner} ${down * corner}H${to.x}`;
  }
  const between = from.y + down * (barHalf + 8);
  return `M${from.x} ${from.y}h${out}V${between}H${to.x + into}V${to.y}H${to.x}`;
}
