import { instantText, oneOf, text } from '@/lib/search';

export const periods = ['24h', '7d', '30d', 'all'] as const;
export type Period = (typeof periods)[number];
export const views = ['overview', 'fields', 'faults', 'alerts'] as const;
export type View = (typeof views)[number];
export const faultKinds = ['refused', 'schema', 'format', 'entity'] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface QualitySearch {
  /** None stands for the last seven days, and for a batch for all of it. */
  period?: Period;
  /** A stretch of the curve that was picked: times of recording. */
  from?: string;
  to?: string;
  batch?: string;
  view?: Exclude<View, 'overview'>;
  kind?: FaultKind;
  code?: string;
  type?: string;
  /** The figure that explains itself, or the fault whose details are open. */
  open?: string;
}

const viewOf = oneOf(views);
const periodOf = oneOf(periods);
export const faultKindOf = oneOf(faultKinds);

export const qualitySearch = (search: Record<string, unknown>): QualitySearch => {
  const view = viewOf(search.view);
  return {
    period: periodOf(search.period),
    from: instantText(search.from),
    to: instantText(search.to),
    batch: text(search.batch),
    view: view === 'overview' ? undefined : view,
    kind: faultKindOf(search.kind),
    code: text(search.code),
    type: text(search.type),
    open: text(search.open),
  };
};

const hourMs = 3_600_000;
const lengths: Record<Exclude<Period, 'all'>, number> = {
  '24h': 24 * hourMs,
  '7d': 7 * 24 * hourMs,
  '30d': 30 * 24 * hourMs,
};

export const periodOfSearch = (search: QualitySearch): Period =>
  search.period ?? (search.batch ? 'all' : '7d');

/** The period as the server takes it. */
export function scopeOf(search: QualitySearch, now: number): { from?: string; to?: string; batch?: string } {
  const period = periodOfSearch(search);
  const { from, to, batch } = search;
  if (from || to) return { from, to, batch };
  return period === 'all' ? { batch } : { from: new Date(now - lengths[period]).toISOString(), batch };
}
