import { json } from '@/api/http';
import type { Customer, NewCustomer } from '@/api/types';

export type CustomerChange = Partial<Omit<Customer, 'id' | 'createdAt' | 'version' | 'counts'>> & {
  paymentTerms?: string | null;
};

export const createCustomer = (customer: CustomerChange) =>
  json<NewCustomer>('POST', '/v1/customers', { body: customer });

/** The server refuses with 412 when the record is no longer at this version. */
export const changeCustomer = (id: string, version: number, change: CustomerChange) =>
  json<Customer>('PATCH', `/v1/customers/${id}`, { body: change, ifMatch: version });
