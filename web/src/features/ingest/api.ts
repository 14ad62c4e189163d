import { infiniteQueryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { IngestedEvent, Page } from '@/api/types';
import type { EventsSearch } from './events-search';

const pageSize = 50;

export const eventsQuery = (customer: string, search: EventsSearch) =>
  infiniteQueryOptions({
    queryKey: ['events', customer, search.type, search.source, search.subject, search.order ?? 'desc'],
    queryFn: ({ pageParam, signal }) =>
      json<Page<IngestedEvent>>('GET', '/v1/events', {
        query: {
          customer,
          type: search.type,
          source: search.source,
          subject: search.subject,
          order: search.order ?? 'desc',
          limit: pageSize,
          cursor: pageParam,
        },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
