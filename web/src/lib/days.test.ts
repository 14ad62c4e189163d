import { describe, expect, it } from 'vitest';
import {
  businessDaysAfter,
  businessDaysBetween,
  closedDays,
  dayNumber,
  isoDay,
  openDay,
  todayIn,
  weekdayOf,
} from './days';

const easter = closedDays(
  ['2026-03-28', '2026-03-29', '2026-04-04', '2026-04-05', '2026-04-11', '2026-04-12']
    .map((date) => ({ date, name: 'Weekend' }))
    .concat([
      { date: '2026-04-03', name: 'Good Friday' },
      { date: '2026-04-06', name: 'Easter Monday' },
    ]),
  'Weekend',
);
const after = (from: string, by: number) => isoDay(businessDaysAfter(dayNumber(from), by, easter));

describe('days of a plan', () => {
  it.each(['1970-01-01', '2024-02-29', '2026-03-02', '2026-12-31'])(
    '%s comes back from its number',
    (iso) => {
      expect(isoDay(dayNumber(iso))).toBe(iso);
    },
  );

  it('know their weekday', () => {
    expect(weekdayOf(dayNumber('2026-03-02'))).toBe(0);
    expect(weekdayOf(dayNumber('2026-03-08'))).toBe(6);
    expect(weekdayOf(dayNumber('1969-12-31'))).toBe(2);
  });

  it('are closed by name, and on weekends where the calendar ends', () => {
    expect(easter(dayNumber('2026-04-03'))).toBe('Good Friday');
    expect(easter(dayNumber('2026-04-02'))).toBeNull();
    expect(easter(dayNumber('2026-05-02'))).toBe('Weekend');
    expect(easter(dayNumber('2026-05-04'))).toBeNull();
  });

  it.each([
    ['2026-04-02', 1, '2026-04-07'],
    ['2026-04-02', 0, '2026-04-02'],
    ['2026-04-03', 0, '2026-04-07'],
    ['2026-04-07', -1, '2026-04-02'],
    ['2026-04-05', -1, '2026-04-01'],
    ['2026-03-31', 5, '2026-04-09'],
  ])('%s and %d business days is %s', (from, by, expected) => {
    expect(after(from, by)).toBe(expected);
  });

  it('count as business days only when they are open', () => {
    const count = (from: string, until: string) =>
      businessDaysBetween(dayNumber(from), dayNumber(until), easter);
    expect(count('2026-04-01', '2026-04-07')).toBe(3);
    expect(count('2026-04-03', '2026-04-06')).toBe(0);
  });

  it('find no open day where there is none, and say the day itself', () => {
    expect(openDay(5, () => 'Always')).toBe(5);
  });

  it('begin where the customer is', () => {
    const at = Date.parse('2026-03-02T23:30:00Z');
    expect(todayIn('Europe/London', at)).toBe('2026-03-02');
    expect(todayIn('Asia/Tokyo', at)).toBe('2026-03-03');
  });
});
