import { describe, expect, it } from 'vitest';
import type { EntityChange, Value } from './entities-api';
import { curveFields, curveOf, numberOf, stepFrom, valueText } from './values';

const change = (at: string, fields: Record<string, Value>): EntityChange => ({
  at,
  recordedAt: at,
  index: 0,
  eventId: 'e',
  source: '/s',
  eventType: 't',
  actor: null,
  fields: Object.entries(fields).map(([name, after]) => ({
    name,
    kind: 'set',
    amount: null,
    before: undefined,
    after,
  })),
});
/** Newest first, as the server sends them. */
const changes = [
  change('2026-03-03T00:00:00Z', { onHand: 90, location: 'R2' }),
  change('2026-03-02T00:00:00Z', { onHand: 120 }),
  change('2026-03-01T00:00:00Z', { onHand: 100, location: 'R1', price: '2.50' }),
];

describe('values of entities', () => {
  it.each<[Value | undefined, string]>([
    [null, '–'],
    [undefined, '–'],
    [true, 'yes'],
    [1234567, (1234567).toLocaleString()],
    ['R1', 'R1'],
    [{ a: 1 }, '{"a":1}'],
  ])('%j is shown as %s', (value, text) => expect(valueText(value)).toBe(text));

  it('shows times in the zone of the customer', () => {
    expect(valueText('2026-03-02T08:00:00Z', 'Asia/Tokyo')).toContain('17:00');
  });

  it.each<[Value | undefined, number | null]>([
    [12, 12],
    ['2.50', 2.5],
    ['10012', null],
    ['2026-03-02', null],
    ['1234567890123456.789', null],
    [null, null],
  ])('%j as a number is %s', (value, number) => expect(numberOf(value)).toBe(number));

  it('draws the curve of a field oldest first, and offers the fields that moved', () => {
    expect(curveOf(changes, 'onHand').map((point) => point.value)).toEqual([100, 120, 90]);
    expect(curveOf(changes, 'price').map((point) => point.value)).toEqual([2.5]);
    expect(curveFields(changes)).toEqual(['onHand']);
    const lines = changes.map((one, at) => ({
      ...one,
      fields: [...one.fields, ...change(one.at, { lines: 9 - at, same: 1 }).fields],
    }));
    expect(curveFields(lines)).toEqual(['onHand', 'lines', 'same']);
  });

  it('steps from change to change', () => {
    const at = Date.parse('2026-03-02T00:00:00Z');
    expect(stepFrom(changes, at, 1)).toBe('2026-03-03T00:00:00.000Z');
    expect(stepFrom(changes, at, -1)).toBe('2026-03-01T00:00:00.000Z');
    expect(stepFrom(changes, Date.parse('2026-03-03T00:00:00Z'), 1)).toBeUndefined();
  });
});
