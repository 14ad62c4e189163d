import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { json, ProblemError } from '@/api/http';
import type { Page } from '@/api/types';
import type { EntitiesSearch } from './entities-search';

export type Value = string | number | boolean | null | Value[] | { [member: string]: Value };

export interface EntityType {
  type: string;
  entities: number;
  lastAt: string | null;
  fields: { name: string; unit: string | null; says: string | null }[];
  eventTypes: string[];
}

export interface Entity {
  type: string;
  id: string;
  fields: Record<string, Value>;
  changes: number;
  firstAt: string;
  lastAt: string;
  lastIndex: number;
  asOf: string | null;
  eventsWaiting: number;
  /** Where each value comes from; only for a single entity. */
  origins: FieldOrigin[] | null;
}

export interface FieldOrigin {
  field: string;
  changes: number;
  kind: 'set' | 'add';
  at: string;
  index: number;
  eventId: string | null;
  source: string | null;
  eventType: string | null;
}

export interface EntityChange {
  at: string;
  recordedAt: string | null;
  index: number;
  eventId: string | null;
  source: string | null;
  eventType: string | null;
  actor: string | null;
  fields: {
    name: string;
    kind: 'set' | 'add';
    amount: string | null;
    before: Value | undefined;
    after: Value | undefined;
  }[];
}

const listPage = 50;
const historyPage = 500;
const waitingEveryMs = 2_000;

export const entityTypesQuery = (customer: string) =>
  queryOptions({
    queryKey: ['entities', customer, 'types'],
    queryFn: ({ signal }) =>
      json<{ items: EntityType[]; eventsWaiting: number }>('GET', '/v1/entity-types', {
        query: { customer },
        signal,
      }),
    // While events wait to be folded in, what is shown is about to change.
    refetchInterval: (query) => ((query.state.data?.eventsWaiting ?? 0) > 0 ? waitingEveryMs : false),
  });

export const entitiesQuery = (customer: string, search: EntitiesSearch) =>
  infiniteQueryOptions({
    queryKey: ['entities', customer, 'list', search.type, search.q],
    queryFn: ({ pageParam, signal }) =>
      json<Page<Entity>>('GET', '/v1/entities', {
        query: { customer, type: search.type, q: search.q, limit: listPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

const at = (type: string, id: string) => `/v1/entities/${encodeURIComponent(type)}/${encodeURIComponent(id)}`;

/** An entity now or as of a time; null when nothing had told of it yet. */
export const entityQuery = (customer: string, type: string, id: string, asOf?: string) =>
  queryOptions({
    queryKey: ['entities', customer, 'one', type, id, asOf],
    queryFn: async ({ signal }) => {
      try {
        return await json<Entity>('GET', at(type, id), { query: { customer, as_of: asOf }, signal });
      } catch (error) {
        if (asOf && error instanceof ProblemError && error.code === 'entity-not-found') return null;
        throw error;
      }
    },
    placeholderData: asOf ? keepPreviousData : undefined,
  });

/** The changes, newest first. */
export const entityHistoryQuery = (customer: string, type: string, id: string) =>
  infiniteQueryOptions({
    queryKey: ['entities', customer, 'history', type, id],
    queryFn: ({ pageParam, signal }) =>
      json<Page<EntityChange>>('GET', `${at(type, id)}/history`, {
        query: { customer, order: 'desc', limit: historyPage, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
