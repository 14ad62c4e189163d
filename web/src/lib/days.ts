// Calendar days as whole numbers (0 is 1970-01-01), so that a plan can be counted and drawn without times and zones.
import { wallTime } from './zoned';

const dayMs = 86_400_000;

/** The number of a calendar day such as `2026-03-02`; what follows the day is ignored. */
export const dayNumber = (iso: string) => Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / dayMs);

/** The calendar day of a number. */
export const isoDay = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);

/** Monday is 0, Sunday is 6. */
export const weekdayOf = (day: number) => (((day + 3) % 7) + 7) % 7;

/** Today where the customer is. */
export const todayIn = (zone: string | null | undefined, now: number) => wallTime(now, zone).slice(0, 10);

/** Why a day is closed; null for a business day. */
export type WhyClosed = (day: number) => string | null;

/** A calendar that names its closed days from the first to the last of them; beyond, weekends are closed. */
export function closedDays(named: { date: string; name: string }[], weekend: string): WhyClosed {
  const names = new Map(named.map((one) => [dayNumber(one.date), one.name]));
  const first = Math.min(...names.keys());
  const last = Math.max(...names.keys());
  return (day) => {
    const name = names.get(day);
    if (name !== undefined) return name;
    return (day < first || day > last) && weekdayOf(day) > 4 ? weekend : null;
  };
}

/** How far a search for an open day goes: more than the longest close that anybody writes into a calendar. */
const mostClosed = 400;

/** The day itself when it is open, else the next open one in this direction. */
export function openDay(day: number, why: WhyClosed, direction: 1 | -1 = 1) {
  for (let at = day, steps = 0; steps < mostClosed; at += direction, steps++) if (why(at) === null) return at;
  return day;
}

/** So many business days later; earlier when negative. */
export function businessDaysAfter(day: number, by: number, why: WhyClosed) {
  const direction = by < 0 ? -1 : 1;
  let at = openDay(day, why, direction);
  for (let left = Math.abs(by); left > 0; left--) at = openDay(at + direction, why, direction);
  return at;
}

/** Business days from the first to the last day, both counted. */
export function businessDaysBetween(first: number, last: number, why: WhyClosed) {
  let days = 0;
  for (let at = first; at <= last; at++) if (why(at) === null) days++;
  return days;
}
