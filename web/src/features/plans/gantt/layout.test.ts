import { describe, expect, it } from 'vitest';
import { someItem, somePlan } from '@/test/plans';
import { percentOf, type Row, rowsOf, spanOf, visibleRows } from './layout';

const ids = (rows: readonly Row[]) => rows.map((row) => row.id);
const none: ReadonlySet<string> = new Set();

describe('the lines of a Gantt', () => {
  const plan = somePlan();

  it('are phases in their order with their items by date below them', () => {
    const { rows, height } = rowsOf(plan.items.toReversed(), plan.phases, none);
    expect(ids(rows)).toEqual(['phase:planning', 'itm_1', 'itm_2', 'phase:live', 'itm_3', 'itm_4']);
    const last = rows.at(-1);
    expect(height).toBe((last?.y ?? 0) + (last?.height ?? 0));
  });

  it('stand one under the other without a gap', () => {
    const { rows } = rowsOf(plan.items, plan.phases, none);
    for (const [at, row] of rows.entries()) {
      const above = rows[at - 1];
      expect(row.y).toBe(above ? above.y + above.height : 0);
    }
  });

  it('leave out what a folded phase holds', () => {
    expect(ids(rowsOf(plan.items, plan.phases, new Set(['phase:planning'])).rows)).toEqual([
      'phase:planning',
      'phase:live',
      'itm_3',
      'itm_4',
    ]);
  });

  it('keep an item of a phase that the plan does not name', () => {
    const stray = someItem({ id: 'itm_9', phase: 'extra' });
    expect(ids(rowsOf([...plan.items, stray], plan.phases, none).rows).slice(-2)).toEqual([
      'phase:extra',
      'itm_9',
    ]);
  });

  it('hold a meeting that repeats once, with its days, until it is unfolded', () => {
    const meetings = [5, 4, 3].map((day) =>
      someItem({
        id: `m${day}`,
        key: `stand-up.${day}`,
        kind: 'meeting',
        title: 'Stand-up',
        start: `2026-03-0${day}`,
        finish: `2026-03-0${day}`,
      }),
    );
    const few = rowsOf([...plan.items, ...meetings.slice(1)], plan.phases, none);
    expect(ids(few.rows)).toContain('m3');
    const items = [...plan.items, ...meetings];
    const { rows } = rowsOf(items, plan.phases, none);
    const series = rows.find((row) => row.kind === 'series');
    expect(series?.kind === 'series' && series.items.map((item) => item.id)).toEqual(['m3', 'm4', 'm5']);
    expect(ids(rows)).not.toContain('m4');
    const open = rowsOf(items, plan.phases, new Set(['series:planning:stand-up'])).rows;
    expect(ids(open).slice(2, 6)).toEqual(['series:planning:stand-up', 'm3', 'm4', 'm5']);
  });

  it('are all drawn in a plan of usual size', () => {
    const { rows } = rowsOf(plan.items, plan.phases, none);
    expect(visibleRows(rows, 0, 1)).toHaveLength(rows.length);
  });

  it('are drawn around the window in a long plan, with the one that has the focus', () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      someItem({ id: `itm_${at}`, title: String(at).padStart(3, '0') }),
    );
    const { rows } = rowsOf(many, plan.phases, none);
    const shown = visibleRows(rows, 5_000, 600, 'itm_0');
    expect(shown.length).toBeLessThan(60);
    expect(ids(shown)).toContain('itm_0');
    for (const row of rows) if (row.y + row.height > 5_000 && row.y < 5_600) expect(shown).toContain(row);
  });
});

describe('what a phase says', () => {
  it('is how much of the effort is done, without what was cancelled', () => {
    const items = [
      someItem({ effortHours: 6, state: 'done' }),
      someItem({ effortHours: 2, percentDone: 50 }),
      someItem({ effortHours: 100, state: 'cancelled' }),
    ];
    expect(percentOf(items)).toBe((6 * 100 + 2 * 50) / 8);
  });

  it('counts items where none has an effort, and is zero for none', () => {
    expect(percentOf([someItem({ effortHours: null, state: 'done' }), someItem({ effortHours: null })])).toBe(
      50,
    );
    expect(percentOf([])).toBe(0);
  });

  it('spans from the first start to the last finish', () => {
    expect(spanOf(somePlan().items)).toEqual({ start: '2026-03-02', finish: '2026-03-31' });
    expect(spanOf([])).toBeNull();
  });
});
