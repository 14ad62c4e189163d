import type { Interval } from './calendar-api';

/** Intervals as somebody types them: `09:00-12:30, 13:30-17:30`. */
export const hoursText = (intervals: Interval[]) =>
  intervals.map((one) => `${one.from}-${one.until}`).join(', ');

/** Reads typed intervals as far as they can be read; what is no time is for the server to explain. */
export const readHours = (text: string): Interval[] =>
  text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [from = '', until = ''] = part.split(/\s*(?:-|–|to)\s*/);
      return { from: clock(from), until: clock(until) };
    });

/** `9` and `9:30` mean `09:00` and `09:30`. */
const clock = (text: string) => {
  const [hour = '', minute = '00'] = text.split(':');
  return /^\d{1,2}$/.test(hour) ? `${hour.padStart(2, '0')}:${minute}` : text;
};

/** Closed days as somebody types them, one a line: `2026-12-24 Stock taking`. */
export const readClosedDays = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [date = '', ...name] = line.split(/\s+/);
      return { date, name: name.join(' ') };
    });

export const minutesOf = (intervals: Interval[]) =>
  intervals.reduce((sum, one) => sum + minute(one.until) - minute(one.from), 0);

const minute = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

/** The month before or after, as `2026-03`. */
export function monthAfter(month: string, by: number) {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + by);
  return date.toISOString().slice(0, 7);
}
