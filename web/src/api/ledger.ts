import { queryOptions } from '@tanstack/react-query';
import { json, ProblemError, send } from './http';
import type { IngestedEvent, Page, Receipt } from './types';

const latest = 6;
const at = (customer: string) => `/v1/customers/${encodeURIComponent(customer)}`;

/** Text that may not exist yet: a log without a checkpoint, an entry that none covers. */
async function textOrNull(path: string, query: Record<string, string | undefined>, signal: AbortSignal) {
  try {
    return await (await send('GET', path, { query, signal })).text();
  } catch (error) {
    if (error instanceof ProblemError && error.status === 404) return null;
    throw error;
  }
}

export const latestEventsQuery = (customer: string) =>
  queryOptions({
    queryKey: ['events', customer, 'latest'],
    queryFn: ({ signal }) =>
      json<Page<IngestedEvent>>('GET', '/v1/events', {
        query: { customer, limit: latest, order: 'desc' },
        signal,
      }),
  });

export const checkpointQuery = (customer: string) =>
  queryOptions({
    queryKey: ['log', customer, 'checkpoint'],
    queryFn: ({ signal }) => textOrNull(`${at(customer)}/log/checkpoint`, {}, signal),
  });

/** The log's verifier key; it never changes under one origin. */
export const verifierKeyQuery = (customer: string) =>
  queryOptions({
    queryKey: ['log', customer, 'vkey'],
    queryFn: ({ signal }) => textOrNull(`${at(customer)}/log/vkey`, {}, signal),
  });

export const receiptQuery = (customer: string, eventId: string, source?: string) =>
  queryOptions({
    queryKey: ['receipts', customer, eventId, source ?? ''],
    queryFn: ({ signal }) =>
      json<Receipt>('GET', `/v1/receipts/${encodeURIComponent(eventId)}`, {
        query: { customer, source },
        signal,
      }),
    retry: false,
  });

export const proofQuery = (customer: string, eventId: string, source?: string) =>
  queryOptions({
    queryKey: ['receipts', customer, eventId, source ?? '', 'proof'],
    queryFn: ({ signal }) =>
      textOrNull(`/v1/receipts/${encodeURIComponent(eventId)}/proof`, { customer, source }, signal),
  });
