import { expect, it } from 'vitest';
import { changesBetween } from './changes';

it('lists what differs, nested members by their path, and nothing else', () => {
  const before = { name: 'A', acv: { amount: '1', currency: 'GBP' }, tags: ['x'] };
  const after = { name: 'A', acv: { amount: '2', currency: 'GBP' }, tags: ['x', 'y'], plan: 'Starter' };
  expect(changesBetween(before, after)).toEqual([
    { member: 'acv.amount', before: '1', after: '2' },
    { member: 'tags', before: ['x'], after: ['x', 'y'] },
    { member: 'plan', before: undefined, after: 'Starter' },
  ]);
});

it('takes a record that was created or removed as a change of each of its members', () => {
  expect(changesBetween(null, { a: 1 })).toEqual([{ member: 'a', before: undefined, after: 1 }]);
  expect(changesBetween({ a: 1 }, null)).toEqual([{ member: 'a', before: 1, after: undefined }]);
  expect(changesBetween(null, null)).toEqual([]);
});
