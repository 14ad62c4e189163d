import {
  businessDaysAfter,
  businessDaysBetween,
  dayNumber,
  isoDay,
  openDay,
  type WhyClosed,
} from '@/lib/days';
import type { PlanItem, ReflowChange, ReflowPreview, Span } from './types';

/** What a change is about: a later change of the same thing replaces it. */
function subjectOf(change: ReflowChange): string {
  if ('planStart' in change) return 'plan';
  if ('start' in change) return `${change.item} start`;
  if ('finish' in change || 'workingDays' in change) return `${change.item} finish`;
  if ('pinned' in change) return `${change.item} pinned`;
  const dependency = 'addDependency' in change ? change.addDependency : change.removeDependency;
  return `${change.item} after ${dependency.item} ${dependency.kind}`;
}

/** Whether a change says what holds already. */
function isNothing(change: ReflowChange, item: PlanItem | undefined) {
  if (!item) return false;
  if ('start' in change) return change.start === item.start;
  if ('finish' in change) return change.finish === item.finish;
  if ('workingDays' in change) return change.workingDays === item.workingDays;
  if ('pinned' in change) return change.pinned === item.pinned;
  return false;
}

/** A draft with one more change: it takes the place of an earlier one about the same, and what changes nothing goes. */
export function withChange(
  changes: readonly ReflowChange[],
  change: ReflowChange,
  item?: PlanItem,
): ReflowChange[] {
  const others = changes.filter((one) => subjectOf(one) !== subjectOf(change));
  return isNothing(change, item) ? others : [...others, change];
}

/** Where an item would be: as the preview says, else as the draft asks for, else where it is. */
export function draftedSpan(
  item: PlanItem,
  changes: readonly ReflowChange[],
  preview: ReflowPreview | undefined,
  why: WhyClosed,
): Span {
  const asked = changes.filter((change) => 'item' in change && change.item === item.id);
  const start = asked.find((change) => 'start' in change)?.start;
  const finish = asked.find((change) => 'finish' in change)?.finish;
  const days = asked.find((change) => 'workingDays' in change)?.workingDays;
  if (start === undefined && finish === undefined && days === undefined) {
    return preview?.moves.find((move) => move.item === item.id)?.to ?? item;
  }
  const from = start ?? item.start;
  if (finish !== undefined) return { start: from <= finish ? from : finish, finish };
  return { start: from, finish: finishOf(from, days ?? item.workingDays, why) };
}

/** The last day of so many business days from a day on; the day itself for something without a length. */
export const finishOf = (start: string, workingDays: number, why: WhyClosed) =>
  isoDay(businessDaysAfter(dayNumber(start), Math.max(workingDays - 1, 0), why));

/** The change that moves an item by business days. */
export const shiftedBy = (item: PlanItem, now: Span, by: number, why: WhyClosed): ReflowChange => ({
  item: item.id,
  start: isoDay(businessDaysAfter(dayNumber(now.start), by, why)),
});

/** The change that makes an item longer or shorter; never shorter than a business day. */
export function lengthenedBy(item: PlanItem, now: Span, by: number, why: WhyClosed): ReflowChange | null {
  if (item.workingDays === 0) return null;
  const days = businessDaysBetween(dayNumber(now.start), dayNumber(now.finish), why);
  return { item: item.id, workingDays: Math.max(1, days + by) };
}

/** The change that a drag by whole days asks for: the start moves to an open day, or the finish does. */
export function draggedBy(
  item: PlanItem,
  now: Span,
  by: number,
  edge: 'move' | 'finish',
  why: WhyClosed,
): ReflowChange {
  const direction = by < 0 ? -1 : 1;
  if (edge === 'move')
    return { item: item.id, start: isoDay(openDay(dayNumber(now.start) + by, why, direction)) };
  const last = Math.max(dayNumber(now.finish) + by, dayNumber(now.start));
  return { item: item.id, finish: isoDay(openDay(last, why, direction)) };
}

/** Whether a person may still move it. */
export const isMovable = (item: PlanItem) => item.state !== 'done' && item.state !== 'cancelled';
