import type { Customer, Money } from '@/api/types';
import { daysUntil } from '@/lib/format';
import type { PortfolioSearch, PortfolioView } from './portfolio-search';
import { isOnTheWay, stages } from './words';

export const renewalHorizonDays = 90;

export const isRenewingSoon = (customer: Customer, now: number) => {
  if (!customer.renewalDate) return false;
  const days = daysUntil(customer.renewalDate, now);
  return days >= 0 && days <= renewalHorizonDays;
};

export const viewTests: Record<PortfolioView, (customer: Customer, now: number) => boolean> = {
  all: () => true,
  mine: (customer) => customer.mine === true,
  onboarding: (customer) => isOnTheWay(customer.stage),
  live: (customer) => customer.stage !== null && !isOnTheWay(customer.stage),
  renewing: isRenewingSoon,
  silent: (customer) => customer.counts?.events === 0,
};

export type Column = 'customer' | 'owner' | 'stage' | 'plan' | 'acv' | 'renewal' | 'events';
export interface Sorting {
  column: Column;
  down: boolean;
}

const defaultSorting: Sorting = { column: 'customer', down: false };
const sortKeys: Record<Column, (customer: Customer) => string | number | null> = {
  customer: (customer) => customer.name.toLowerCase(),
  owner: (customer) => customer.owner?.name.toLowerCase() ?? null,
  stage: (customer) => (customer.stage === null ? null : stages.indexOf(customer.stage)),
  plan: (customer) => customer.plan,
  acv: (customer) => (customer.acv ? Number(customer.acv.amount) : null),
  renewal: (customer) => customer.renewalDate,
  events: (customer) => customer.counts?.events ?? null,
};

export function sortingOf(text: string | undefined): Sorting {
  const [column, direction] = (text ?? '').split('.');
  return column && column in sortKeys
    ? { column: column as Column, down: direction === 'desc' }
    : defaultSorting;
}

/** What the list shows: the view, then the filters, then the sorting; customers without the value come last. */
export function listed(all: Customer[], search: PortfolioSearch, now: number) {
  const q = search.q?.toLowerCase();
  const { column, down } = sortingOf(search.sort);
  const key = sortKeys[column];
  return all
    .filter(
      (customer) =>
        viewTests[search.view ?? 'all'](customer, now) &&
        (!search.stage || customer.stage === search.stage) &&
        (!search.plan || customer.plan === search.plan) &&
        (!search.owner || customer.owner?.id === search.owner) &&
        (!q ||
          [customer.name, customer.industry, customer.owner?.name, ...customer.tags].some((text) =>
            text?.toLowerCase().includes(q),
          )),
    )
    .sort((left, right) => compare(key(left), key(right), down) || left.name.localeCompare(right.name));
}

function compare(left: string | number | null, right: string | number | null, down: boolean) {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return (left < right ? -1 : 1) * (down ? -1 : 1);
}

/** The sum of each currency, largest first: amounts of different currencies are not added. */
export function valueByCurrency(customers: Customer[]): Money[] {
  const sums = new Map<string, number>();
  for (const { acv } of customers) {
    if (acv) sums.set(acv.currency, (sums.get(acv.currency) ?? 0) + Number(acv.amount));
  }
  return [...sums]
    .sort(([, left], [, right]) => right - left)
    .map(([currency, amount]) => ({ amount: amount.toFixed(2), currency }));
}
