import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { Page } from '@/api/types';
import { periodOfSearch, type QualitySearch, scopeOf } from './quality-search';

export interface Figure {
  name: string;
  /** An exact decimal; null with the reason in `missing`. */
  value: string | null;
  unit: string;
  how: string;
  over: string;
  inputs: { name: string; value: string }[];
  missing: string | null;
}

export interface TypeQuality {
  eventType: string;
  events: number;
  faulty: number;
  schemaViolations: number;
  late: number;
  completeness: string | null;
  firstTime: string;
  lastTime: string;
}

export interface Reconciliation {
  import: string;
  isReconciled: boolean;
  rows: number;
  accepted: number;
  repeated: number;
  rejected: number;
  figures: {
    name: string;
    recorded: string;
    read: string | null;
    expected: string | null;
    difference: string | null;
  }[];
}

export interface Alert {
  id: string;
  kind: 'failures' | 'latency' | 'lateness';
  state: 'open' | 'closed';
  openedAt: string;
  closedAt: string | null;
  value: string;
  threshold: string;
  unit: string;
  detail: string;
}

export interface Quality {
  from: string | null;
  to: string | null;
  batch: string | null;
  firstTime: string | null;
  lastTime: string | null;
  eventsWaiting: number;
  figures: Figure[];
  types: TypeQuality[];
  refusals: { eventType: string; code: string; refused: number }[];
  reconciliation: Reconciliation | null;
  openAlerts: Alert[];
}

export interface SeriesPoint {
  at: string;
  events: number;
  faulty: number;
  late: number;
  refused: number;
  repeated: number;
  latencyP50: number | null;
  latencyP99: number | null;
}

export interface Series {
  from: string | null;
  to: string | null;
  stepSeconds: number;
  points: SeriesPoint[];
}

export interface FieldQuality {
  eventType: string;
  field: string;
  events: number;
  present: number;
  missing: number;
  nulls: number;
  blanks: number;
  completeness: string | null;
  oddTypes: number;
  types: { strings: number; numbers: number; booleans: number; objects: number; arrays: number };
}

export interface QualityFault {
  id: string;
  foundAt: string;
  kind: 'refused' | 'schema' | 'format' | 'entity';
  eventType: string;
  code: string;
  pointer: string;
  detail: string;
  index: number | null;
  eventId: string | null;
  source: string | null;
  place: string | null;
  batch: string | null;
}

const refreshMs = 10_000;
const pageSize = 50;
const fieldsPage = 1_000;

const keyOf = (customer: string, search: QualitySearch) => [
  customer,
  periodOfSearch(search),
  search.from,
  search.to,
  search.batch,
];

export const qualityQuery = (customer: string, search: QualitySearch) =>
  queryOptions({
    queryKey: ['quality', 'summary', ...keyOf(customer, search)],
    queryFn: ({ signal }) =>
      json<Quality>('GET', '/v1/data-quality', {
        query: { customer, ...scopeOf(search, Date.now()) },
        signal,
      }),
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });

export const seriesQuery = (customer: string, search: QualitySearch) =>
  queryOptions({
    queryKey: ['quality', 'series', ...keyOf(customer, search)],
    queryFn: async ({ signal }) => {
      const scope = scopeOf(search, Date.now());
      const series = await json<Series>('GET', '/v1/data-quality/series', {
        query: { customer, ...scope },
        signal,
      });
      return { ...series, scope };
    },
    refetchInterval: refreshMs,
    placeholderData: keepPreviousData,
  });

export const fieldsQuery = (customer: string, search: QualitySearch) =>
  queryOptions({
    queryKey: ['quality', 'fields', ...keyOf(customer, search), search.type],
    queryFn: ({ signal }) =>
      json<Page<FieldQuality>>('GET', '/v1/data-quality/fields', {
        query: { customer, ...scopeOf(search, Date.now()), type: search.type, limit: fieldsPage },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const faultsQuery = (customer: string, search: QualitySearch) =>
  infiniteQueryOptions({
    queryKey: ['quality', 'faults', ...keyOf(customer, search), search.kind, search.code, search.type],
    queryFn: ({ pageParam, signal }) =>
      json<Page<QualityFault>>('GET', '/v1/data-quality/faults', {
        query: {
          customer,
          ...scopeOf(search, Date.now()),
          kind: search.kind,
          code: search.code,
          type: search.type,
          limit: pageSize,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const alertsQuery = (customer: string) =>
  infiniteQueryOptions({
    queryKey: ['quality', 'alerts', customer],
    queryFn: ({ pageParam, signal }) =>
      json<Page<Alert>>('GET', '/v1/data-quality/alerts', {
        query: { customer, limit: pageSize, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: refreshMs,
  });

/** Every fault that is kept of a batch, at most `limit` of them, and whether there are more. */
export async function allFaults(customer: string, batch: string, limit: number) {
  const items: QualityFault[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<QualityFault> = await json('GET', '/v1/data-quality/faults', {
      query: { customer, batch, limit: fieldsPage, cursor: cursor ?? undefined },
    });
    items.push(...page.items);
    cursor = page.next;
  } while (cursor && items.length < limit);
  return { items, isWhole: cursor === null };
}
