import { expect, it } from 'vitest';
import { readHours } from './hours';

it.each([
  ['1.5h', 1.5],
  ['1,5', 1.5],
  [' 2 H ', 2],
  ['90m', 1.5],
  ['45 min', 0.75],
  ['1h30', 1.5],
  ['1h 30m', 1.5],
  ['1:30', 1.5],
  ['0:20', 0.33],
  ['24', 24],
  ['8 hours', 8],
])('%s is %d hours', (text, hours) => {
  expect(readHours(text)).toBe(hours);
});

it.each(['', '0', '0m', '25h', '-1', 'soon', '1.5.5', '1:75', '1h99', '2000m'])('“%s” is no time', (text) => {
  expect(readHours(text)).toBeNull();
});
