import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { ApiKey, Page } from '@/api/types';

const at = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}/api-keys`;

export interface NewKey {
  name: string;
  scopes: string[];
  expiresAt: string | null;
}

export const keysQuery = (customer: string) =>
  queryOptions({
    queryKey: ['keys', customer],
    queryFn: ({ signal }) => json<Page<ApiKey>>('GET', at(customer), { signal }),
  });

/** The answer holds the key itself, this once. */
export const createKey = (customer: string, key: NewKey) =>
  json<ApiKey & { key: string }>('POST', at(customer), { body: key });

export const revokeKey = (customer: string, key: string) => json<void>('DELETE', `${at(customer)}/${key}`);
