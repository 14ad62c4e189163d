import type { Customer } from '@/api/types';
import { csv, download } from '@/lib/csv';

const columns = [
  'id',
  'name',
  'industry',
  'vertical',
  'stage',
  'plan',
  'slaTier',
  'timeZone',
  'contractStart',
  'contractEnd',
  'renewalDate',
] as const;

/** The list as it is seen, with the names of the API as column names. */
export function exportCustomers(customers: Customer[]) {
  const head = [...columns, 'acvAmount', 'acvCurrency', 'tags', 'events'];
  const rows = customers.map((one) => [
    ...columns.map((column) => one[column]),
    one.acv?.amount,
    one.acv?.currency,
    one.tags.join('; '),
    one.counts.events,
  ]);
  download('customers.csv', 'text/csv;charset=utf-8', csv([head, ...rows]));
}
