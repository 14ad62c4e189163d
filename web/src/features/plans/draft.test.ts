import { describe, expect, it } from 'vitest';
import { closedDays } from '@/lib/days';
import { someItem, somePlan } from '@/test/plans';
import { draftedSpan, draggedBy, lengthenedBy, shiftedBy, withChange } from './draft';
import type { ReflowChange, ReflowPreview } from './types';

const why = closedDays(somePlan().calendar.closed, 'Weekend');
const item = someItem({ start: '2026-03-05', finish: '2026-03-06', workingDays: 2 });
const at = (start: string): ReflowChange => ({ item: item.id, start });

describe('a draft', () => {
  it('keeps the last of two changes of the same, and both of two others', () => {
    const changes = withChange(withChange([at('2026-03-09')], at('2026-03-10')), {
      item: 'itm_2',
      pinned: true,
    });
    expect(changes).toEqual([at('2026-03-10'), { item: 'itm_2', pinned: true }]);
  });

  it('takes a finish and a number of days for two ways to say one thing', () => {
    const finish: ReflowChange = { item: item.id, finish: '2026-03-12' };
    const days: ReflowChange = { item: item.id, workingDays: 4 };
    expect(withChange([finish], days)).toEqual([days]);
  });

  it('forgets what was moved back to where it is', () => {
    expect(withChange([at('2026-03-09')], at('2026-03-05'), item)).toEqual([]);
  });

  it('adds a dependency and takes it back as one thing', () => {
    const dependency = { item: 'itm_9', kind: 'FS', lagDays: 0 } as const;
    const added = withChange([], { item: item.id, addDependency: dependency });
    expect(withChange(added, { item: item.id, removeDependency: dependency })).toHaveLength(1);
  });
});

describe('where an item would be', () => {
  it('is where it is without a draft', () => {
    expect(draftedSpan(item, [], undefined, why)).toBe(item);
  });

  it('keeps its business days when it moves over a weekend', () => {
    expect(draftedSpan(item, [at('2026-03-06')], undefined, why)).toEqual({
      start: '2026-03-06',
      finish: '2026-03-09',
    });
  });

  it('is what the draft asks for before the server has answered, and what it answered for the others', () => {
    const preview = {
      moves: [
        { item: item.id, to: { start: '2026-04-01', finish: '2026-04-02' } },
        { item: 'itm_2', to: { start: '2026-03-11', finish: '2026-03-13' } },
      ],
    } as ReflowPreview;
    expect(draftedSpan(item, [at('2026-03-09')], preview, why).start).toBe('2026-03-09');
    expect(draftedSpan(someItem({ id: 'itm_2' }), [at('2026-03-09')], preview, why).start).toBe('2026-03-11');
  });

  it('never ends before it starts', () => {
    const changes: ReflowChange[] = [at('2026-03-12'), { item: item.id, finish: '2026-03-10' }];
    const span = draftedSpan(item, changes, undefined, why);
    expect(span.start <= span.finish).toBe(true);
  });
});

describe('a hand and a key', () => {
  it.each([
    [1, '2026-03-06'],
    [2, '2026-03-09'],
    [-1, '2026-03-04'],
    [-4, '2026-02-27'],
  ])('move by %d business days to %s', (by, start) => {
    expect(shiftedBy(item, item, by, why)).toEqual(at(start));
  });

  it('make it longer and shorter by business days, never shorter than one', () => {
    expect(lengthenedBy(item, item, 1, why)).toEqual({ item: item.id, workingDays: 3 });
    expect(lengthenedBy(item, item, -5, why)).toEqual({ item: item.id, workingDays: 1 });
    expect(lengthenedBy(someItem({ workingDays: 0 }), item, 1, why)).toBeNull();
  });

  it('drop a bar on the open day that comes next in their direction', () => {
    expect(draggedBy(item, item, 2, 'move', why)).toEqual(at('2026-03-09'));
    expect(draggedBy(item, { start: '2026-03-09', finish: '2026-03-10' }, -1, 'move', why)).toEqual(
      at('2026-03-06'),
    );
  });

  it('pull a finish to an open day, and never before the start', () => {
    expect(draggedBy(item, item, 1, 'finish', why)).toEqual({ item: item.id, finish: '2026-03-09' });
    expect(draggedBy(item, item, -9, 'finish', why)).toEqual({ item: item.id, finish: '2026-03-05' });
  });
});
