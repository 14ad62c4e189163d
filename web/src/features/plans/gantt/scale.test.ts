import { describe, expect, it } from 'vitest';
import { dayNumber, isoDay, weekdayOf } from '@/lib/days';
import { somePlan } from '@/test/plans';
import { barOf, dayAt, daysOf, daysWithToday, lowerTicks, scaleOf, upperTicks, xOf } from './scale';

const days = daysOf(somePlan().items);
const widths = [7, 9, 12, 20, 27, 40];

describe('the scale of days', () => {
  it('holds every date of the plan, its baseline too', () => {
    expect(isoDay(days.from) <= '2026-03-02').toBe(true);
    expect(isoDay(days.to) >= '2026-03-31').toBe(true);
  });

  it('fits a plan of 30 days into a usual window, and scrolls in a small one', () => {
    const room = 860;
    const whole = scaleOf(days, room, 'fit');
    expect(whole.width * (whole.to - whole.from + 1)).toBeLessThanOrEqual(room);
    expect(whole.width).toBeGreaterThan(16);
    expect(scaleOf(days, 100, 'fit').width).toBe(7);
  });

  it.each(['day', 'week', 'month'] as const)('is wide enough to be read in %s', (zoom) => {
    expect(scaleOf(days, 300, zoom).width).toBeGreaterThanOrEqual(4);
  });

  it('draws a day where it is found again', () => {
    const scale = { ...days, width: 23 };
    for (let day = days.from; day <= days.to; day++) {
      expect(dayAt(scale, xOf(scale, day))).toBe(day);
      expect(dayAt(scale, xOf(scale, day) + 22)).toBe(day);
    }
    expect(dayAt(scale, -50)).toBe(days.from);
    expect(dayAt(scale, 1e6)).toBe(days.to);
  });

  it('draws a bar as wide as its days, and at least one', () => {
    const scale = { ...days, width: 10 };
    expect(barOf(scale, { start: '2026-03-02', finish: '2026-03-04' }).width).toBe(30);
    expect(barOf(scale, { start: '2026-03-04', finish: '2026-03-02' }).width).toBe(10);
  });

  it.each(widths)('names days without two names in one place, a day being %d pixels', (width) => {
    for (const ticks of [upperTicks({ ...days, width }), lowerTicks({ ...days, width })]) {
      expect(new Set(ticks.map((tick) => tick.day)).size).toBe(ticks.length);
    }
    for (const tick of upperTicks({ ...days, width }).slice(1))
      if (tick.kind === 'week') expect(weekdayOf(tick.day)).toBe(0);
  });

  it('holds today while the plan runs or nearly so, and not a day months away', () => {
    const { items } = somePlan();
    expect(daysWithToday(items, '2026-03-15')).toEqual(days);
    expect(isoDay(daysWithToday(items, '2026-02-26').from) <= '2026-02-26').toBe(true);
    expect(daysWithToday(items, '2026-11-21')).toEqual(days);
  });

  it('of nothing is one day', () => {
    expect(daysOf([])).toEqual({ from: 0, to: 0 });
    expect(daysOf([], ['2026-03-02']).from).toBeLessThan(dayNumber('2026-03-02'));
  });
});
