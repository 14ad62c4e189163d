import { queryOptions } from '@tanstack/react-query';
import { json } from './http';
import type { Page } from './types';

export interface Colleague {
  id: string;
  name: string;
}

export interface TeamMember {
  id: string;
  person: Colleague;
  role: string;
  from: string;
  until: string | null;
  when: 'past' | 'current' | 'coming';
  version: number;
}

/** Who of the staff works for a customer, in which role, past and coming places included. */
export const teamQuery = (customer: string) =>
  queryOptions({
    queryKey: ['customers', 'team', customer],
    queryFn: async ({ signal }) =>
      (await json<Page<TeamMember>>('GET', `/v1/customers/${customer}/team`, { signal })).items,
  });

/** Everybody on the staff who can be given something to do. */
export const colleaguesQuery = queryOptions({
  queryKey: ['colleagues'],
  queryFn: async ({ signal }) => (await json<Page<Colleague>>('GET', '/v1/colleagues', { signal })).items,
  staleTime: 60_000,
});
