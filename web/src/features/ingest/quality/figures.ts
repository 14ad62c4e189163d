import { count } from '@/lib/format';
import type { Figure } from './quality-api';
import type { FaultKind, QualitySearch } from './quality-search';

const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 2 });

/** A share such as `0.0213` as 2.13 %. A share that is not all never reads as all. */
export function shareText(share: string | null) {
  if (share === null) return '–';
  const text = percent.format(Number(share));
  return Number(share) < 1 && text === percent.format(1) ? `< ${text}` : text;
}

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
] as const;

/** Milliseconds in the unit a person would choose. */
export function durationText(milliseconds: number) {
  const few = 10;
  const unit = units.find(([size]) => milliseconds >= size);
  if (!unit) return `${milliseconds} ms`;
  const value = milliseconds / unit[0];
  return `${value < few ? Math.round(value * 10) / 10 : Math.round(value)} ${unit[1]}`;
}

export function figureText(figure: Figure | undefined) {
  if (!figure || figure.value === null) return '–';
  if (figure.unit === 'share') return shareText(figure.value);
  if (figure.unit === 'ms') return durationText(Number(figure.value));
  if (figure.unit === 'events/s') return `${Number(figure.value).toLocaleString()}/s`;
  return count(Number(figure.value));
}

/** Where the rows behind a figure are. */
export type Rows =
  | { to: 'faults'; kind?: FaultKind; code?: string }
  | { to: 'events'; late?: true }
  | { to: 'fields' };

const rows: Record<string, Rows> = {
  events: { to: 'events' },
  refused: { to: 'faults', kind: 'refused' },
  faulty: { to: 'faults' },
  failing_share: { to: 'faults' },
  schema_violations: { to: 'faults', kind: 'schema' },
  entity_faults: { to: 'faults', kind: 'entity' },
  broken_texts: { to: 'faults', kind: 'format', code: 'text-broken' },
  late: { to: 'events', late: true },
  completeness: { to: 'fields' },
  null_share: { to: 'fields' },
  blank_texts: { to: 'fields' },
  odd_types: { to: 'fields' },
  lateness_p50: { to: 'events', late: true },
  lateness_p99: { to: 'events', late: true },
};

/** The rows behind a figure; undefined where there are none: a repeat is in the log once, a latency is a count. */
export const rowsOf = (figure: string): Rows | undefined => rows[figure];

/** The address of rows within this page. */
export const searchOf = (search: QualitySearch, to: Exclude<Rows, { to: 'events' }>): QualitySearch => ({
  period: search.period,
  from: search.from,
  to: search.to,
  batch: search.batch,
  view: to.to,
  kind: to.to === 'faults' ? to.kind : undefined,
  code: to.to === 'faults' ? to.code : undefined,
});
