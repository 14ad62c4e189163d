import { describe, expect, it } from 'vitest';
import { someItem, somePlan } from '@/test/plans';
import { changedBetween, contested, overlaid, patched, withItem } from './merge';
import { keepPending, pendingOf } from './pending';

const ada = { id: 'per_1', name: 'Ada Moreau' };
const ben = { id: 'per_2', name: 'Ben Okafor' };
const ticks = [
  { id: 'a', text: 'First', done: false },
  { id: 'b', text: 'Second', done: true },
];

describe('a change before its answer', () => {
  it('finishes an item whole, and begins it anew', () => {
    expect(patched(someItem({ percentDone: 40, late: true }), { state: 'done' })).toMatchObject({
      state: 'done',
      percentDone: 100,
      late: false,
    });
    expect(patched(someItem({ state: 'done', percentDone: 100 }), { state: 'open' }).percentDone).toBe(0);
  });

  it('names the new owner, or nobody', () => {
    expect(patched(someItem(), { owner: ben.id }, ben).owner).toEqual(ben);
    expect(patched(someItem(), { owner: null }).owner).toBeNull();
  });

  it('ticks one entry and leaves the others', () => {
    const item = patched(someItem({ checklist: ticks }), { checklist: [{ id: 'a', done: true }] });
    expect(item.checklist.map((entry) => entry.done)).toEqual([true, true]);
  });
});

describe('a refresh while changes are on their way', () => {
  it('does not take them back, and shows what others did', () => {
    const settle = keepPending('pln_1', 'itm_1', (item) => patched(item, { state: 'done' }));
    const theirs = withItem(somePlan({ version: 8 }), someItem({ title: 'Write the charter together' }));
    const shown = overlaid(theirs, pendingOf('pln_1')).items[0];
    expect(shown).toMatchObject({ title: 'Write the charter together', state: 'done' });
    settle();
    expect(pendingOf('pln_1').size).toBe(0);
    expect(overlaid(theirs, pendingOf('pln_1'))).toBe(theirs);
  });

  it('does several changes of one item in their order', () => {
    const first = keepPending('pln_2', 'itm_1', (item) => ({ ...item, percentDone: 10 }));
    const second = keepPending('pln_2', 'itm_1', (item) => ({ ...item, percentDone: item.percentDone * 2 }));
    expect(overlaid(somePlan(), pendingOf('pln_2')).items[0]?.percentDone).toBe(20);
    first();
    second();
  });
});

describe('what others changed', () => {
  it('is tinted where a reader would see it, and nowhere else', () => {
    const before = somePlan();
    const after = withItem(somePlan({ version: 8 }), someItem({ owner: ben, version: 2 }));
    expect(changedBetween(before, after)).toEqual(['itm_1']);
    expect(changedBetween(before, somePlan({ version: 9 }))).toEqual([]);
    expect(changedBetween(before, { ...before, items: [...before.items, someItem({ id: 'new' })] })).toEqual([
      'new',
    ]);
  });

  it('contests a change of the same member to something else', () => {
    const base = someItem({ owner: ada });
    expect(contested(base, someItem({ owner: ben }), { owner: null })).toEqual(['owner']);
    expect(contested(base, someItem({ owner: ben }), { owner: ben.id })).toEqual([]);
    expect(contested(base, someItem({ owner: ben }), { state: 'done' })).toEqual([]);
    expect(contested(base, someItem({ state: 'cancelled' }), { state: 'done' })).toEqual(['state']);
  });

  it('contests a tick only of the same entry', () => {
    const base = someItem({ checklist: ticks });
    const theirs = someItem({
      checklist: [{ id: 'a', text: 'First', done: true }, ticks[1] as (typeof ticks)[1]],
    });
    expect(contested(base, theirs, { checklist: [{ id: 'b', done: false }] })).toEqual([]);
    expect(contested(base, theirs, { checklist: [{ id: 'a', done: false }] })).toEqual(['checklist']);
  });
});
