import { describe, expect, it } from 'vitest';
import type { Customer } from '@/api/types';
import { listed, valueByCurrency } from './portfolio-list';

const now = Date.parse('2026-03-02T10:00:00Z');
const some = (name: string, over: Partial<Customer> = {}): Customer => ({
  id: `cus_${name}`,
  name,
  industry: null,
  vertical: null,
  plan: null,
  slaTier: null,
  timeZone: 'UTC',
  stage: 'onboarding',
  tags: [],
  acv: null,
  contractStart: null,
  contractEnd: null,
  renewalDate: null,
  createdAt: '2026-01-01T00:00:00Z',
  version: 1,
  counts: { events: 1 },
  ...over,
});
const names = (customers: Customer[]) => customers.map((customer) => customer.name);

describe('the list of a portfolio', () => {
  const all = [
    some('Beta', { acv: { amount: '9', currency: 'GBP' }, renewalDate: '2026-05-31' }),
    some('alpha', { tags: ['Pilot'], renewalDate: '2026-06-01', stage: 'adoption' }),
    some('Gamma', {
      acv: { amount: '10', currency: 'USD' },
      renewalDate: '2026-03-01',
      counts: { events: 0 },
    }),
  ];

  it('is sorted by name, whatever the case, when nothing else is asked', () =>
    expect(names(listed(all, {}, now))).toEqual(['alpha', 'Beta', 'Gamma']));

  it('sorts amounts as numbers and puts customers without one last, both ways', () => {
    expect(names(listed(all, { sort: 'acv.asc' }, now))).toEqual(['Beta', 'Gamma', 'alpha']);
    expect(names(listed(all, { sort: 'acv.desc' }, now))).toEqual(['Gamma', 'Beta', 'alpha']);
  });

  it('counts the ninetieth day as renewing, the ninety-first and a past day not', () =>
    expect(names(listed(all, { view: 'renewing' }, now))).toEqual(['Beta']));

  it('narrows by view, stage and words together', () => {
    expect(names(listed(all, { view: 'silent' }, now))).toEqual(['Gamma']);
    expect(names(listed(all, { q: 'pilot', stage: 'adoption' }, now))).toEqual(['alpha']);
    expect(names(listed(all, { q: 'pilot', stage: 'onboarding' }, now))).toEqual([]);
  });

  it('adds amounts of one currency only', () =>
    expect(valueByCurrency([...all, some('Delta', { acv: { amount: '2.50', currency: 'GBP' } })])).toEqual([
      { amount: '11.50', currency: 'GBP' },
      { amount: '10.00', currency: 'USD' },
    ]));
});
