import { queryOptions } from '@tanstack/react-query';
import { json, ProblemError } from './http';
import type { Person } from './types';

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Person | null> => {
    try {
      return (await json<{ person: Person }>('GET', '/v1/sessions/current', { signal })).person;
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export const signOut = () => json<void>('DELETE', '/v1/sessions/current');
