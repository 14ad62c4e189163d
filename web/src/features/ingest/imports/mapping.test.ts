import { describe, expect, it } from 'vitest';
import type { ColumnPreview, FilePreview } from './imports-api';
import { expectedOf, guess, lacks, memberOf, toYaml } from './mapping';

const column = (
  name: string,
  type: ColumnPreview['type'],
  over: Partial<ColumnPreview> = {},
): ColumnPreview => ({ name, type, format: null, blanks: 0, distinct: 5, ...over });
const orders: FilePreview = {
  name: 'Orders 2011-07.csv',
  bytes: 1_000,
  delimiter: ',',
  encoding: 'utf-8',
  sampled: 100,
  rows: [],
  columns: [
    column('InvoiceNo', 'text', { distinct: 40 }),
    column('StockCode', 'text', { distinct: 60 }),
    column('Quantity', 'integer'),
    column('InvoiceDate', 'timestamp', { format: 'yyyy-MM-dd HH:mm:ss' }),
    column('UnitPrice', 'decimal'),
    column('CustomerID', 'integer', { distinct: 30 }),
    column('Ship date', 'date', { format: 'dd/MM/yyyy', blanks: 3 }),
  ],
};

describe('the first guess at a mapping', () => {
  const mapping = guess(orders, 'Europe/London');

  it('finds the time, the thing it is about, and what can be added up', () => {
    expect([mapping.timeColumn, mapping.timeFormat, mapping.zone]).toEqual([
      'InvoiceDate',
      'yyyy-MM-dd HH:mm:ss',
      'Europe/London',
    ]);
    expect(mapping.subject).toBe('StockCode');
    expect(mapping.columns.filter((one) => one.summed).map((one) => one.name)).toEqual([
      'quantity',
      'unitPrice',
    ]);
  });

  it('tells rows apart by file and row where no column does', () => {
    expect(mapping.id).toBe('');
    const keyed = {
      ...orders,
      columns: [column('OrderLineId', 'text', { distinct: 100 }), ...orders.columns],
    };
    expect(guess(keyed, 'UTC').id).toBe('OrderLineId');
  });

  it('keeps numbers that name something as text', () => {
    const customer = mapping.columns.find((one) => one.column === 'CustomerID');
    expect(customer).toMatchObject({ type: 'text', summed: false });
  });

  it('names type and source after the file', () => {
    expect([mapping.event, mapping.source]).toEqual(['orders.recorded', '/imports/orders']);
  });
});

describe('the mapping as YAML', () => {
  it('says what the form says', () => {
    const mapping = guess(orders, 'Europe/London');
    mapping.columns = mapping.columns.map((one) =>
      one.column === 'UnitPrice'
        ? { ...one, type: 'money', currency: 'GBP', required: true }
        : { ...one, taken: one.column === 'Quantity' || one.column === 'Ship date' },
    );
    expect(toYaml(mapping).split('\n')).toEqual([
      'v: 1',
      'event: "orders.recorded"',
      'source: "/imports/orders"',
      'id: "{file}:{row}"',
      'subject: "StockCode"',
      'input:',
      '  columns: ["StockCode", "Quantity", "InvoiceDate", "UnitPrice", "Ship date"]',
      '  delimiter: ","',
      '  encoding: utf-8',
      'time: { column: "InvoiceDate", format: "yyyy-MM-dd HH:mm:ss", zone: "Europe/London" }',
      'fields:',
      '  "quantity": { column: "Quantity", type: integer }',
      '  "unitPrice": { column: "UnitPrice", type: money, currency: GBP, required: true }',
      '  "shipDate": { column: "Ship date", type: date, format: "dd/MM/yyyy" }',
      'control_sums:',
      '  "quantity": { sum: "quantity" }',
      '  "unitPrice": { sum: "unitPrice" }',
      '',
    ]);
  });

  it('says what is missing before anything is sent', () => {
    const mapping = guess(orders, 'UTC');
    const all = (over: object) => ({
      ...mapping,
      columns: mapping.columns.map((one) => ({ ...one, ...over })),
    });
    expect(lacks(mapping)).toBeUndefined();
    expect(lacks({ ...mapping, event: ' ' })).toBe('event');
    expect(lacks({ ...mapping, timeColumn: '' })).toBe('time');
    expect(lacks(all({ taken: false }))).toBe('fields');
    expect(lacks(all({ type: 'money' }))).toBe('currency');
    expect(lacks(all({ name: 'same' }))).toBe('names');
    expect(mapping.columns.filter((one) => !one.taken).map((one) => one.column)).toEqual(['InvoiceDate']);
  });
});

describe('names of members', () => {
  it.each([
    ['Unit Price (GBP)', 'unitPriceGbp'],
    ['sys_created_at', 'sysCreatedAt'],
    ['InvoiceNo', 'invoiceNo'],
    ['Größe', 'größe'],
    ['###', 'column'],
  ])('%s becomes %s', (header, name) => expect(memberOf(header)).toBe(name));
});

describe('the books of the source', () => {
  it('are sent as exact decimals, and not at all when nothing is filled in', () => {
    expect(expectedOf({ rows: '285,421', gross: ' 5545687.682 ', net: '1234,5', other: '' })).toBe(
      '{"rows":"285421","gross":"5545687.682","net":"1234,5"}',
    );
    expect(expectedOf({ rows: '' })).toBeUndefined();
  });
});
