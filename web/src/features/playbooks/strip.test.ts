import { describe, expect, it } from 'vitest';
import type { PlaybookModel, PlaybookPhase } from '@/api/playbooks';
import { daysNamed, daysText, stretchesOf } from './strip';

const phase = (id: string, from: number, to: number | null): PlaybookPhase => ({
  id,
  title: id,
  goal: null,
  from,
  to,
  after: [],
  gate: null,
  items: [],
  checklists: [],
  cutover: null,
  timeline: [],
});
const model = (...phases: PlaybookPhase[]): PlaybookModel => ({
  days: 'calendar',
  start: null,
  parameters: [],
  roles: [],
  phases,
  signOffs: [],
  budget: null,
  targets: [],
});

describe('phases over the days', () => {
  it('stand in one row while they follow each other, and fill it', () => {
    const { stretches, rows } = stretchesOf(model(phase('a', 1, 3), phase('b', 4, 10), phase('c', 11, 30)));
    expect(rows).toBe(1);
    expect(stretches.reduce((sum, one) => sum + one.width, 0)).toBeCloseTo(1);
    expect(stretches[1]?.left).toBeCloseTo(3 / 30);
  });

  it('stand in different rows where their days overlap', () => {
    const { stretches } = stretchesOf(model(phase('a', 1, 10), phase('b', 5, 12), phase('c', 11, 15)));
    expect(stretches.map((one) => one.row)).toEqual([0, 1, 0]);
  });

  it('run to the end where they have none', () => {
    const { stretches, last } = stretchesOf(model(phase('a', 1, 21), phase('b', 22, null)));
    expect(last).toBe(30);
    expect(stretches[1]).toMatchObject({ isOpen: true });
    expect((stretches[1]?.left ?? 0) + (stretches[1]?.width ?? 0)).toBeCloseTo(1);
  });

  it.each([1, 2, 7, 21, 30, 45, 90, 365])(
    'name the first and the last of %d days and a few between',
    (last) => {
      const days = daysNamed(last);
      expect(days[0]).toBe(1);
      expect(days.at(-1)).toBe(last);
      expect(days.length).toBeLessThanOrEqual(13);
      expect(days).toEqual([...new Set(days)].sort((left, right) => left - right));
    },
  );

  it('are said in words', () => {
    const words = {
      day: (n: number) => `on ${n}`,
      days: (a: number, b: number) => `${a} to ${b}`,
      from: (n: number) => `since ${n}`,
    };
    expect([daysText(3, 3, words), daysText(4, 8, words), daysText(22, null, words)]).toEqual([
      'on 3',
      '4 to 8',
      'since 22',
    ]);
  });
});
