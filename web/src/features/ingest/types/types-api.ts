import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { Page } from '@/api/types';

export interface EventType {
  type: string;
  version: number;
  schema: unknown;
  onViolation: 'reject' | 'flag';
  entityModel: unknown;
  changedAt: string;
  changedBy: string;
}

const pageSize = 1_000;

/** What is said about event types; types of which nothing is said are recorded all the same. */
export const eventTypesQuery = (customer: string) =>
  queryOptions({
    queryKey: ['event-types', customer],
    queryFn: ({ signal }) =>
      json<Page<EventType>>('GET', '/v1/event-types', { query: { customer, limit: pageSize }, signal }),
  });

const at = (type: string) => `/v1/event-types/${encodeURIComponent(type)}`;

export const putEventType = (
  customer: string,
  type: string,
  draft: Pick<EventType, 'schema' | 'onViolation' | 'entityModel'>,
  version?: number,
) => json<EventType>('PUT', at(type), { query: { customer }, body: draft, ifMatch: version });

export const deleteEventType = (customer: string, type: string) =>
  json<void>('DELETE', at(type), { query: { customer } });
