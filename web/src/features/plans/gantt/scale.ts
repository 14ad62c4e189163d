import { dayNumber, weekdayOf } from '@/lib/days';
import type { Zoom } from '../plans-search';

/** A stretch of days and how wide each of them is. */
export interface Scale {
  /** The first and last day that are drawn, as numbers. */
  from: number;
  to: number;
  /** Pixels a day. */
  width: number;
}

/** What the head of a scale says at a day. */
export interface Tick {
  day: number;
  kind: 'day' | 'week' | 'month';
}

/** Narrowest day of each zoom, in pixels; `fit` shows the whole plan as long as a day can still be told apart. */
const narrowest: Record<Zoom, number> = { fit: 7, day: 26, week: 11, month: 4 };
/** A day wider than this makes bars of one day look like work of a week. */
const widest = 40;
const marginDays = 2;
/** Room at the end for the words beside the last bar. */
const lastDays = 5;

interface Dated {
  start: string;
  finish: string;
  baselineStart?: string | null;
  baselineFinish?: string | null;
}

/** The days from the earliest to the latest date, baselines included, with a little room around them. */
export function daysOf(items: readonly Dated[], around: readonly string[] = []) {
  const days = items
    .flatMap((item) => [
      item.start,
      item.finish,
      item.baselineStart ?? item.start,
      item.baselineFinish ?? item.finish,
    ])
    .concat(around)
    .map(dayNumber);
  if (days.length === 0) return { from: 0, to: 0 };
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const day of days) {
    if (day < from) from = day;
    if (day > to) to = day;
  }
  return { from: from - marginDays, to: to + lastDays };
}

/** Today belongs to a plan that runs, is about to, or has just ended; further off it would only push the bars together. */
const nearDays = 7;

export function daysWithToday(items: readonly Dated[], today: string | undefined) {
  const days = daysOf(items);
  if (!today || items.length === 0) return days;
  const day = dayNumber(today);
  const isNear = day >= days.from - nearDays && day <= days.to + nearDays;
  return isNear ? daysOf(items, [today]) : days;
}

/** The scale that shows these days in the room there is. */
export function scaleOf(days: { from: number; to: number }, room: number, zoom: Zoom): Scale {
  const fit = Math.floor(room / (days.to - days.from + 1));
  const width =
    zoom === 'fit' || zoom === 'day'
      ? Math.min(Math.max(fit, narrowest[zoom]), widest)
      : Math.max(narrowest[zoom], 1);
  return { ...days, width };
}

/** Where a day begins, in pixels from the first one. */
export const xOf = (scale: Scale, day: number) => (day - scale.from) * scale.width;

/** Where a stretch of whole days is drawn. */
export function barOf(scale: Scale, span: { start: string; finish: string }) {
  const first = dayNumber(span.start);
  const last = Math.max(dayNumber(span.finish), first);
  return { x: xOf(scale, first), width: (last - first + 1) * scale.width };
}

/** The day under a place; the first or the last one beyond the ends. */
export const dayAt = (scale: Scale, x: number) =>
  Math.min(Math.max(scale.from + Math.floor(x / scale.width), scale.from), scale.to);

const roomForDay = 20;
const roomForWeek = 5;

/** The upper row of the head: weeks while there is room for their dates, months beyond. */
export function upperTicks(scale: Scale): Tick[] {
  const kind = scale.width >= 11 ? 'week' : 'month';
  return daysIn(scale)
    .filter((day, at) => begins(kind, day) || (at === 0 && !beginsSoon(kind, day, scale)))
    .map((day) => ({ day, kind }));
}

/** The lower row: each day, or the first of each week. */
export function lowerTicks(scale: Scale): Tick[] {
  const kind = scale.width >= roomForDay ? 'day' : 'week';
  if (scale.width < roomForWeek) return [];
  const isShown = (day: number) =>
    kind === 'day' || weekdayOf(day) === 0 || (scale.width >= 11 && weekdayOf(day) === 3);
  return daysIn(scale)
    .filter(isShown)
    .map((day) => ({ day, kind }));
}

/** Whether a closed day is in the middle of the week, where a planner forgets it. */
export const isHoliday = (day: number) => weekdayOf(day) < 5;

export const daysIn = (scale: Scale) =>
  Array.from({ length: scale.to - scale.from + 1 }, (_, at) => scale.from + at);

const begins = (kind: 'week' | 'month', day: number) =>
  kind === 'week' ? weekdayOf(day) === 0 : new Date(day * 86_400_000).getUTCDate() === 1;

/** Whether the next tick comes before there is room for the words of the first day. */
function beginsSoon(kind: 'week' | 'month', day: number, scale: Scale) {
  const wordsPx = 60;
  for (let at = day; (at - day) * scale.width < wordsPx; at++) if (begins(kind, at)) return true;
  return false;
}
