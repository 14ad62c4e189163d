import { describe, expect, it } from 'vitest';
import { instantOf, wallTime } from './zoned';

const iso = (wall: string, zone: string) => {
  const at = instantOf(wall, zone);
  return at === null ? null : new Date(at).toISOString();
};

describe('times of a zone', () => {
  it.each([
    ['2026-01-15T09:30', 'Europe/London', '2026-01-15T09:30:00.000Z'],
    ['2026-07-15T09:30', 'Europe/London', '2026-07-15T08:30:00.000Z'],
    ['2026-07-15T09:30:15', 'America/New_York', '2026-07-15T13:30:15.000Z'],
    ['2026-07-15', 'Asia/Kolkata', '2026-07-14T18:30:00.000Z'],
    // 01:30 does not exist on the day on which the clocks go forward, and exists twice when they go back.
    ['2026-03-29T01:30', 'Europe/London', '2026-03-29T01:30:00.000Z'],
    ['2026-10-25T01:30', 'Europe/London', '2026-10-25T00:30:00.000Z'],
    ['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['2026-11-01T12:00', 'America/New_York', '2026-11-01T17:00:00.000Z'],
  ])('%s in %s is %s', (wall, zone, expected) => {
    expect(iso(wall, zone)).toBe(expected);
  });

  it('shows what the clock of a zone shows, and comes back from it', () => {
    const at = Date.parse('2026-07-15T08:30:05Z');
    expect(wallTime(at, 'Europe/London')).toBe('2026-07-15T09:30:05');
    expect(wallTime(at, 'Europe/London', false)).toBe('2026-07-15T09:30');
    expect(instantOf(wallTime(at, 'Australia/Lord_Howe'), 'Australia/Lord_Howe')).toBe(at);
  });

  it('says that text is no time', () => {
    expect(instantOf('yesterday', 'UTC')).toBeNull();
  });
});
