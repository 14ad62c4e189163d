import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import type { Customer } from '@/api/types';
import { makeLog } from './ledger';

/** Any customer will do; a test names what matters to it. */
export const someCustomer = (over: Partial<Customer> = {}): Customer => ({
  id: 'cus_1',
  name: 'Harbour & Pine',
  industry: 'Retail',
  vertical: 'e-commerce',
  plan: 'Enterprise',
  slaTier: 'Enterprise',
  timeZone: 'Europe/London',
  stage: 'onboarding',
  tags: [],
  acv: { amount: '124000.00', currency: 'GBP' },
  contractStart: '2026-01-01',
  contractEnd: '2026-12-31',
  renewalDate: '2026-12-01',
  createdAt: '2026-01-01T00:00:00Z',
  version: 1,
  counts: { events: 3 },
  ...over,
});

export const someLog = makeLog([
  { id: 'order-1', type: 'order.line', data: { sku: 'A', quantity: 1 } },
  { id: 'order-2', type: 'order.line', data: { sku: 'B', quantity: 2 } },
  { id: 'order-3', type: 'order.line', data: { sku: 'C', quantity: 3 } },
]);

const person = { id: 'per_1', name: 'Ada Moreau', email: 'ada@example.com', role: 'Admin' };
export const problem = (status: number, code: string, detail: string, faults?: object[]) =>
  HttpResponse.json(
    { status, code, detail, faults },
    { status, headers: { 'content-type': 'application/problem+json' } },
  );
const customers = [
  someCustomer(),
  someCustomer({ id: 'cus_2', name: 'Alder & Finch', stage: 'adoption', acv: null }),
];

/** A server on which somebody is signed in; `server.use` changes an answer for one test. */
export const server = setupServer(
  http.get('*/v1/sessions/current', () => HttpResponse.json({ person })),
  http.get('*/v1/sessions', () => HttpResponse.json({ items: [], next: null })),
  http.get('*/v1/saved-views', () => HttpResponse.json({ items: [], next: null })),
  http.get('*/v1/sign-in-ways', () => HttpResponse.json({ singleSignOn: null })),
  http.get('*/v1/inbox/unread', () => HttpResponse.json({ unread: 0 })),
  http.get('*/v1/customers', () => HttpResponse.json({ items: customers, next: null })),
  http.get('*/v1/customers/:id', ({ params }) => {
    const found = customers.find((one) => one.id === params.id);
    return found
      ? HttpResponse.json(found)
      : problem(404, 'customer-not-found', 'There is no such customer.');
  }),
  http.get('*/v1/customers/:id/log/vkey', () => HttpResponse.text(someLog.vkey)),
  http.get('*/v1/customers/:id/log/checkpoint', () => HttpResponse.text(someLog.checkpoint)),
  http.get('*/v1/receipts/:event/proof', ({ params }) =>
    HttpResponse.text(someLog.proofOf(indexOf(params.event))),
  ),
  http.get('*/v1/receipts/:event', ({ params }) =>
    HttpResponse.json(someLog.receipts[indexOf(params.event)]),
  ),
);

const indexOf = (event: unknown) => someLog.receipts.findIndex((receipt) => receipt.event_id === event);
