import { describe, expect, it } from 'vitest';
import type { SeriesPoint } from './quality-api';
import { scopeOf } from './quality-search';
import { stretches } from './series';

const point = (at: string, events: number): SeriesPoint => ({
  at,
  events,
  faulty: 0,
  late: 0,
  refused: 0,
  repeated: 0,
  latencyP50: null,
  latencyP99: null,
});
const points = [point('2026-03-02T10:00:00Z', 5), point('2026-03-02T10:15:00Z', 7)];
const now = Date.parse('2026-03-02T10:22:00Z');

describe('the stretches of a curve', () => {
  it('have no gaps', () => {
    const series = { from: null, to: null, stepSeconds: 300, points, scope: {} };
    const events = stretches(series, now).map((one) => one.events);
    expect(events.slice(-4)).toEqual([5, 0, 0, 7]);
    expect(events).toHaveLength(24);
  });

  it('reach from the beginning of the period to now', () => {
    const series = {
      from: null,
      to: null,
      stepSeconds: 300,
      points,
      scope: { from: '2026-03-02T09:52:00Z' },
    };
    expect(stretches(series, now).map((one) => one.events)).toEqual([0, 0, 5, 0, 0, 7, 0]);
  });

  it('end with the period', () => {
    const series = {
      from: null,
      to: null,
      stepSeconds: 300,
      points: points.slice(0, 1),
      scope: { from: '2026-03-02T10:00:00Z', to: '2026-03-02T10:05:00Z' },
    };
    expect(stretches(series, now)).toHaveLength(1);
  });

  it('are none where nothing was counted', () => {
    expect(stretches({ from: null, to: null, stepSeconds: 300, points: [], scope: {} }, now)).toEqual([]);
  });
});

describe('the period of data quality', () => {
  it.each([
    [{}, { from: '2026-02-23T10:22:00.000Z' }],
    [{ period: '24h' as const }, { from: '2026-03-01T10:22:00.000Z' }],
    [{ period: 'all' as const }, {}],
    [{ batch: 'bat_1' }, { batch: 'bat_1' }],
    [{ period: '24h' as const, from: '2026-01-01T00:00:00.000Z' }, { from: '2026-01-01T00:00:00.000Z' }],
  ])('%j is asked for as %j', (search, scope) => {
    expect(JSON.parse(JSON.stringify(scopeOf(search, now)))).toEqual(scope);
  });
});
