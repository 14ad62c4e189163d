import { infiniteQueryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { AuditEntry, Page } from '@/api/types';

export const abouts = ['record', 'people', 'keys', 'data'] as const;
export type About = (typeof abouts)[number];

export interface ActivitySearch {
  about?: About;
}

export const activitySearch = (search: Record<string, unknown>): ActivitySearch => ({
  about: abouts.find((about) => about === search.about),
});

export interface Activity {
  id: string;
  at: string;
  action: string;
  actor: AuditEntry['actor'];
  subject: AuditEntry['subject'];
  before?: Record<string, unknown> | null;
  after?: Record<string, unknown> | null;
  batch?: {
    kind: string;
    accepted: number;
    repeated: number;
    rejected: number;
    finishedAt: string | null;
  } | null;
}

export const activityQuery = (customer: string, about?: About) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'activity', customer, about],
    queryFn: ({ pageParam, signal }) =>
      json<Page<Activity>>('GET', `/v1/customers/${customer}/activity`, {
        query: { about, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
