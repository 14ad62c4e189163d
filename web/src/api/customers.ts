import { queryOptions } from '@tanstack/react-query';
import { json } from './http';
import type { Customer, Page } from './types';

/** The server's page, and the most customers that one portfolio loads; beyond it the filter asks the server. */
const pageSize = 200;
export const portfolioLimit = 2_000;

/** The customers whose name matches, at most `portfolioLimit` of them, and whether there are more. */
export const customersQuery = (q?: string) =>
  queryOptions({
    queryKey: ['customers', 'list', q ?? ''],
    queryFn: async ({ signal }) => {
      const items: Customer[] = [];
      let cursor: string | null = null;
      do {
        const page: Page<Customer> = await json('GET', '/v1/customers', {
          query: { limit: pageSize, cursor: cursor ?? undefined, q },
          signal,
        });
        items.push(...page.items);
        cursor = page.next;
      } while (cursor && items.length < portfolioLimit);
      return { items, truncated: cursor !== null };
    },
    staleTime: 30_000,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customers', 'one', id],
    queryFn: ({ signal }) => json<Customer>('GET', `/v1/customers/${encodeURIComponent(id)}`, { signal }),
  });
