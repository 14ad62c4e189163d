import { queryOptions } from '@tanstack/react-query';
import { json } from '@/api/http';
import type { ApiKey, Page } from '@/api/types';

/** A customer's keys, or the operator's own. */
const at = (customer?: string) =>
  customer ? `/v1/customers/${encodeURIComponent(customer)}/api-keys` : '/v1/operator-keys';

export interface NewKey {
  name: string;
  scopes: string[];
  expiresAt: string | null;
}

export const keysQuery = (customer: string | undefined) =>
  queryOptions({
    queryKey: ['keys', customer ?? 'operator'],
    queryFn: ({ signal }) => json<Page<ApiKey>>('GET', at(customer), { signal }),
  });

/** The answer holds the key itself, this once. */
export const createKey = (customer: string | undefined, key: NewKey) =>
  json<ApiKey & { key: string }>('POST', at(customer), { body: key });

export const revokeKey = (customer: string | undefined, key: string) =>
  json<void>('DELETE', `${at(customer)}/${key}`);

/** The answer holds the new text of the key, this once; the one before works until the time in it. */
export const rotateKey = (customer: string | undefined, key: string, overlapHours: number) =>
  json<{ id: string; key: string; previousUntil: string }>('POST', `${at(customer)}/${key}/rotations`, {
    body: { overlapHours },
  });
