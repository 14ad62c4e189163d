import type { PlaybookModel, PlaybookPhase } from '@/api/playbooks';

/** One phase on the strip of days: where it begins and how much of the strip it takes, both from 0 to 1. */
export interface Stretch {
  phase: PlaybookPhase;
  left: number;
  width: number;
  /** Phases whose days overlap stand in different rows. */
  row: number;
  isOpen: boolean;
}

/** Days that a phase without an end is drawn with beyond its first. */
const openDays = 8;

/** The last day that the playbook names anywhere; a day beyond for a phase that has no end. */
export function lastDayOf(model: PlaybookModel) {
  const days = model.phases.flatMap((phase) => [
    phase.to ?? phase.from + openDays,
    ...phase.items.map((item) => item.to ?? item.from),
  ]);
  return Math.max(1, ...days);
}

/** The phases on a strip from day 1 to the last, in as few rows as their days allow. */
export function stretchesOf(model: PlaybookModel): { stretches: Stretch[]; rows: number; last: number } {
  const last = lastDayOf(model);
  const ends: number[] = [];
  const stretches = model.phases.map((phase) => {
    const to = phase.to ?? last;
    const free = ends.findIndex((end) => end < phase.from);
    const row = free < 0 ? ends.length : free;
    ends[row] = to;
    return {
      phase,
      row,
      left: (phase.from - 1) / last,
      width: (to - phase.from + 1) / last,
      isOpen: phase.to === null,
    };
  });
  return { stretches, rows: Math.max(1, ends.length), last };
}

/** Days that the strip names: few enough to be read, the first and the last always. */
export function daysNamed(last: number): number[] {
  const most = 10;
  const step = [1, 2, 5, 7, 10, 14, 15, 30, 60].find((one) => last / one <= most) ?? 90;
  const days = [1];
  for (let day = step; day < last; day += step) if (day > 1 && last - day >= step / 2) days.push(day);
  return last === 1 ? days : [...days, last];
}

/** The days of something in words: `Day 3`, `Days 4-8`, `From day 22`. */
export function daysText(
  from: number,
  to: number | null,
  words: {
    day: (n: number) => string;
    days: (from: number, to: number) => string;
    from: (n: number) => string;
  },
) {
  if (to === null) return words.from(from);
  return to === from ? words.day(from) : words.days(from, to);
}
