import { describe, expect, it } from 'vitest';
import { durationText, figureText, rowsOf, searchOf, shareText } from './figures';

describe('figures of data quality', () => {
  it.each([
    [null, '–'],
    ['0', '0%'],
    ['0.0213', '2.13%'],
    ['1', '100%'],
    ['0.999999', '< 100%'],
  ])('a share of %s reads %s', (share, text) => expect(shareText(share)).toBe(text));

  it.each([
    [0, '0 ms'],
    [700, '700 ms'],
    [1_500, '1.5 s'],
    [30_000, '30 s'],
    [300_000, '5 min'],
    [86_400_000 * 3, '3 d'],
  ])('%d milliseconds read %s', (ms, text) => expect(durationText(ms)).toBe(text));

  it('say nothing where there is no value', () => {
    const figure = {
      name: 'x',
      value: null,
      unit: 'ms',
      how: '',
      over: '',
      inputs: [],
      missing: 'No event there had one.',
    };
    expect(figureText(figure)).toBe('–');
    expect(figureText({ ...figure, value: '1234', unit: 'events' })).toBe((1234).toLocaleString());
  });

  it('lead to their rows in the same period', () => {
    const rows = rowsOf('schema_violations');
    if (rows?.to !== 'faults') throw new Error('schema violations are faults');
    expect(searchOf({ period: '30d', batch: 'bat_1', open: 'x' }, rows)).toEqual({
      period: '30d',
      batch: 'bat_1',
      view: 'faults',
      kind: 'schema',
    });
    expect(rowsOf('repeated')).toBeUndefined();
  });
});
