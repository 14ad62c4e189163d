import { json } from '@/api/http';
import type { Customer, NewCustomer } from '@/api/types';

export type CustomerChange = Partial<Omit<Customer, 'id' | 'createdAt' | 'version' | 'counts'>>;

/** Sent twice with one key, it records one customer and shows its secret both times. */
export const createCustomer = (customer: CustomerChange, idempotencyKey: string) =>
  json<NewCustomer>('POST', '/v1/customers', { body: customer, idempotencyKey });

/** The server refuses with 412 when the record is no longer at this version. */
export const changeCustomer = (id: string, version: number, change: CustomerChange) =>
  json<Customer>('PATCH', `/v1/customers/${id}`, { body: change, ifMatch: version });
