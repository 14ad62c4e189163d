import { expect, it } from 'vitest';
import { hoursText, minutesOf, monthAfter, readClosedDays, readHours } from './calendar-text';

it('reads hours as people type them and writes them one way', () => {
  expect(readHours('9-12:30; 13:30 – 17:30')).toEqual([
    { from: '09:00', until: '12:30' },
    { from: '13:30', until: '17:30' },
  ]);
  expect(hoursText(readHours(' 00:00 to 24:00 '))).toBe('00:00-24:00');
  expect(readHours('')).toEqual([]);
  // What cannot be read goes to the server as it stands, which says what is wrong with it.
  expect(readHours('nine-17')).toEqual([{ from: 'nine', until: '17:00' }]);
});

it('reads a closed day from each line', () =>
  expect(readClosedDays('2026-12-24  Stock taking \n\n2026-12-31 Party')).toEqual([
    { date: '2026-12-24', name: 'Stock taking' },
    { date: '2026-12-31', name: 'Party' },
  ]));

it('adds up hours and walks over the turn of the year', () => {
  expect(minutesOf(readHours('09:00-12:30, 13:30-24:00'))).toBe(840);
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
  expect(monthAfter('2026-01', -1)).toBe('2025-12');
});
