import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { json, type Query } from '@/api/http';
import type { IngestedEvent, Page } from '@/api/types';
import type { EventsSearch } from './events-search';

const pageSize = 50;

/** The filter as the server takes it. */
export const eventsFilter = (customer: string, search: EventsSearch): Query => ({
  customer,
  type: search.type,
  source: search.source,
  subject: search.subject,
  time_from: search.from,
  time_to: search.to,
  late: search.late,
  batch: search.batch,
});

export const eventsQuery = (customer: string, search: EventsSearch) =>
  infiniteQueryOptions({
    queryKey: ['events', customer, eventsFilter(customer, search), search.order ?? 'desc'],
    queryFn: ({ pageParam, signal }) =>
      json<Page<IngestedEvent>>('GET', '/v1/events', {
        query: {
          ...eventsFilter(customer, search),
          order: search.order ?? 'desc',
          limit: pageSize,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** One event by its place in the log; null when there is none. */
export const eventQuery = (customer: string, index: number | undefined) =>
  queryOptions({
    queryKey: ['events', customer, 'one', index],
    queryFn: async ({ signal }) =>
      (
        await json<Page<IngestedEvent>>('GET', '/v1/events', {
          query: { customer, index, limit: 1 },
          signal,
        })
      ).items[0] ?? null,
    enabled: index !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
