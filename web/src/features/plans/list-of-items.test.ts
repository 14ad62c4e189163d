import { describe, expect, it } from 'vitest';
import { someItem, somePlan } from '@/test/plans';
import { byPhase, itemsByDay, listedItems, nobody, sortingOf } from './list-of-items';
import { planSearch } from './plans-search';

const { items, phases } = somePlan();
const titles = (search: Record<string, unknown>) =>
  listedItems(items, planSearch(search)).map((item) => item.title);

describe('the list of a plan', () => {
  it('is by start unless the address says otherwise', () => {
    expect(titles({})[0]).toBe('Write the charter');
    expect(titles({ sort: 'title.desc' })[0]).toBe('Write the charter');
    expect(titles({ sort: 'title.asc' })[0]).toBe('Closing review');
    expect(sortingOf('nonsense.desc')).toEqual({ column: 'start', down: false });
  });

  it('puts items without the value last, whichever way it is sorted', () => {
    expect(titles({ sort: 'effort.asc' }).at(-1)).toBe('Go-live');
    expect(titles({ sort: 'effort.desc' }).at(-1)).toBe('Go-live');
  });

  it('is filtered by words, state, phase and owner', () => {
    expect(titles({ q: 'DESIGN' })).toEqual(['Design the solution']);
    expect(titles({ phase: 'live' })).toEqual(['Go-live', 'Closing review']);
    expect(titles({ state: 'done' })).toEqual([]);
    expect(titles({ owner: nobody })).toEqual([]);
    expect(titles({ owner: 'per_1' })).toHaveLength(items.length);
  });

  it('survives an address that somebody broke', () => {
    expect(planSearch({ view: 'moon', state: 3, month: '2026-13', zoom: 'fit', q: '' })).toEqual({});
  });
});

describe('items by day and phase', () => {
  it('puts work on its first and its last day, meetings in their order', () => {
    const early = someItem({ id: 'early', start: '2026-03-31', finish: '2026-03-31', at: '09:00' });
    const days = itemsByDay([...items, early]);
    expect(days.get('2026-03-02')?.map((one) => one.as)).toEqual(['start']);
    expect(days.get('2026-03-31')?.map((one) => one.item.id)).toEqual(['early', 'itm_4']);
  });

  it('reads from the first to the last', () => {
    expect(byPhase(items, phases).map((one) => one.items.map((item) => item.id))).toEqual([
      ['itm_1', 'itm_2'],
      ['itm_3', 'itm_4'],
    ]);
  });
});
