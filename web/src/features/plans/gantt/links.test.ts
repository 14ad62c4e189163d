import { describe, expect, it } from 'vitest';
import { somePlan } from '@/test/plans';
import type { PlanItem } from '../types';
import { rowsOf } from './layout';
import { linksOf } from './links';
import { daysOf } from './scale';

const plan = somePlan();
const scale = { ...daysOf(plan.items), width: 20 };
const { rows } = rowsOf(plan.items, plan.phases, new Set());
const itself = (item: { start: string; finish: string }) => item;

describe('lines between items', () => {
  it('stand for each dependency between lines that are drawn', () => {
    expect(linksOf(rows, scale, itself).map((link) => `${link.from} ${link.to}`)).toEqual([
      'itm_1 itm_2',
      'itm_2 itm_3',
    ]);
    expect(linksOf(rows.slice(0, 3), scale, itself)).toHaveLength(1);
  });

  it('are critical where both ends are', () => {
    expect(linksOf(rows, scale, itself).map((link) => link.critical)).toEqual([false, true]);
  });

  it.each(['FS', 'SS', 'FF', 'SF'] as const)('of kind %s arrive at the side it speaks of', (kind) => {
    const items = plan.items.map(
      (item): PlanItem =>
        item.id === 'itm_2' ? { ...item, after: [{ item: 'itm_1', kind, lagDays: 0 }] } : item,
    );
    const [link] = linksOf(rowsOf(items, plan.phases, new Set()).rows, scale, itself);
    const end = Number(/H(-?[\d.]+)$/.exec(link?.path ?? '')?.[1]);
    const first = 4 * scale.width;
    const last = 7 * scale.width;
    expect(Math.abs(end - (kind[1] === 'S' ? first : last))).toBeLessThanOrEqual(1);
  });
});
