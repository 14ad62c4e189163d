import { count, instant } from '@/lib/format';
import type { EntityChange, Value } from './entities-api';

const instantLike = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
/** Beyond this a number in JSON loses digits, so it is shown as it was sent. */
const exactDigits = 15;

/** A value as a person reads it: numbers with separators, times in the customer's zone, the rest as JSON. */
export function valueText(value: Value | undefined, zone?: string | null): string {
  if (value === undefined || value === null) return '–';
  if (typeof value === 'number')
    return Number.isInteger(value)
      ? count(value)
      : value.toLocaleString(undefined, { maximumFractionDigits: 6 });
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'string') return JSON.stringify(value);
  return instantLike.test(value) ? instant(value, zone) : value;
}

/** A value as a number; null for what is none. Prices come as texts with a point; digits alone are ids. */
export function numberOf(value: Value | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^-?\d+\.\d+$/.test(value)) return null;
  return value.replace(/\D/g, '').length <= exactDigits ? Number(value) : null;
}

export interface CurvePoint {
  at: number;
  value: number;
}

/** How a field went, from the changes newest first: its value after each change that touched it, oldest first. */
export function curveOf(changes: EntityChange[], field: string): CurvePoint[] {
  const points: CurvePoint[] = [];
  for (const change of changes.toReversed()) {
    const value = numberOf(change.fields.find((one) => one.name === field)?.after);
    if (value !== null) points.push({ at: Date.parse(change.at), value });
  }
  return points;
}

/** The fields that can be drawn: those that went up and down first, for a shape says more than a slope, then those with the most changes. */
export function curveFields(changes: EntityChange[]): string[] {
  const names = new Set(changes.flatMap((change) => change.fields.map((field) => field.name)));
  const few = 2;
  return [...names]
    .map((name) => ({ name, values: curveOf(changes, name).map((point) => point.value) }))
    .filter(({ values }) => values.length >= few)
    .map(({ name, values }) => ({ name, turns: turnsOf(values), changes: values.length }))
    .sort(
      (left, right) =>
        right.turns - left.turns || right.changes - left.changes || left.name.localeCompare(right.name),
    )
    .map(({ name }) => name);
}

/** How often values change direction; a constant is worth less than a slope. */
function turnsOf(values: number[]) {
  const steps = values.slice(1).map((value, at) => Math.sign(value - (values[at] ?? value)));
  const moves = steps.filter((step) => step !== 0);
  return moves.length === 0 ? -1 : moves.filter((step, at) => at > 0 && step !== moves[at - 1]).length;
}

/** The change before or after an instant, for stepping; undefined at an end. */
export function stepFrom(changes: EntityChange[], at: number, direction: 1 | -1): string | undefined {
  const times = changes.map((change) => Date.parse(change.at));
  const found = direction > 0 ? times.findLast((time) => time > at) : times.find((time) => time < at);
  return found === undefined ? undefined : new Date(found).toISOString();
}
