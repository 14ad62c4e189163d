import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { problem, server, someLog } from '@/test/server';
import { keepView } from './api';
import { Portal } from './portal';
import { makeQueryClient } from './query-client';

const jo = {
  person: { id: 'ppl_1', name: 'Jo Ito', email: 'jo@example.com', roles: ['data-owner'] },
  customer: { id: 'cus_1', name: 'Harbour & Pine' },
  previousVisitAt: '2026-03-01T09:00:00Z',
  seenBy: null as string | null,
};
const home = {
  since: '2026-03-01T09:00:00Z',
  shared: [
    { kind: 'receipts', record: '*', sharedAt: '2026-03-02T09:00:00Z', sharedBy: 'Ada Moreau', isNew: true },
  ],
  news: [{ kind: 'receipts', record: 'order.line', count: 3, at: '2026-03-02T10:00:00Z' }],
};
let session: typeof jo | null = null;

beforeEach(() => {
  session = null;
  sessionStorage.clear();
  server.use(
    http.get('*/v1/portal/sessions/current', () =>
      session ? HttpResponse.json(session) : problem(401, 'portal-session-ended', 'You are signed out.'),
    ),
    http.get('*/v1/portal/home', () => HttpResponse.json(home)),
    http.get('*/v1/portal/receipts', () =>
      HttpResponse.json({
        items: someLog.receipts.map((one) => ({
          eventId: one.event_id,
          source: one.source,
          type: one.transaction_type,
          time: one.timestamp,
          recordedAt: one.verification_timestamp,
        })),
        next: null,
      }),
    ),
    http.get('*/v1/portal/receipts/:id', ({ params }) => {
      const found = someLog.receipts.find((one) => one.event_id === params.id);
      return found ? HttpResponse.json(found) : problem(404, 'not-shared', 'There is nothing here.');
    }),
    http.get('*/v1/portal/receipts/:id/proof', ({ params }) =>
      HttpResponse.text(someLog.proofOf(someLog.receipts.findIndex((one) => one.event_id === params.id))),
    ),
    http.get('*/v1/portal/log/vkey', () => HttpResponse.text(someLog.vkey)),
  );
});

function open(address: string) {
  history.replaceState(null, '', address);
  render(
    <QueryClientProvider client={makeQueryClient()}>
      <Portal />
    </QueryClientProvider>,
  );
}

it('asks whoever is not signed in for their address, and says the same whatever it is', async () => {
  const asked: unknown[] = [];
  server.use(
    http.post('*/v1/portal/sign-in-links', async ({ request }) => {
      asked.push(await request.json());
      return new HttpResponse(null, { status: 202 });
    }),
  );
  open('/portal');
  await userEvent.type(await screen.findByLabelText('Mail address'), 'jo@example.com');
  await userEvent.click(screen.getByRole('button', { name: 'Send me a link' }));
  expect(await screen.findByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  expect(asked).toEqual([{ email: 'jo@example.com' }]);
});

it('takes the token out of the address and comes in only after a click where it was not asked for', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/v1/portal/sessions', async ({ request }) => {
      const body = (await request.json()) as { confirmed: boolean };
      sent.push(body);
      if (!body.confirmed) {
        return HttpResponse.json(
          {
            status: 409,
            code: 'portal-confirmation-required',
            customer: 'Harbour & Pine',
            person: 'Jo Ito',
            email: 'jo@example.com',
            invitation: true,
          },
          { status: 409, headers: { 'content-type': 'application/problem+json' } },
        );
      }
      session = jo;
      return new HttpResponse(null, { status: 201 });
    }),
  );
  open('/portal/enter#portalinvite_a_b_c');
  expect(
    await screen.findByRole('heading', { name: 'Welcome to the portal of Harbour & Pine' }),
  ).toBeVisible();
  expect(location.hash).toBe('');
  expect(sent).toEqual([{ token: 'portalinvite_a_b_c', confirmed: false }]);
  await userEvent.click(screen.getByRole('button', { name: 'Come in' }));
  expect(await screen.findByRole('heading', { name: /Jo$/ })).toBeVisible();
  expect(location.pathname).toBe('/portal');
});

it('says what is wrong with a link that does not hold, and where to get another', async () => {
  server.use(
    http.post('*/v1/portal/sessions', () => problem(409, 'portal-link-used', 'This link was used before.')),
  );
  open('/portal/enter#portallink_a_b_c');
  expect(await screen.findByRole('alert')).toHaveTextContent('This link was used before.');
  expect(screen.getByRole('link', { name: 'Ask for a new link' })).toHaveAttribute('href', '/portal');
});

it('tells first what has changed since the last visit', async () => {
  session = jo;
  open('/portal');
  expect(await screen.findByRole('heading', { name: 'Since you were here' })).toBeVisible();
  expect(screen.getByText('Shared with you: Receipts')).toBeVisible();
  expect(screen.getByRole('link', { name: '3 new receipts of order.line' })).toHaveAttribute(
    'href',
    '/portal/receipts',
  );
});

it('teaches what there could be where nothing is shared yet', async () => {
  session = jo;
  server.use(
    http.get('*/v1/portal/home', () => HttpResponse.json({ since: null, shared: [], news: [] })),
    http.get('*/v1/portal/receipts', () => HttpResponse.json({ items: [], next: null })),
  );
  open('/portal');
  expect(await screen.findByRole('heading', { name: 'Nothing is shared with you yet' })).toBeVisible();
  await userEvent.click(screen.getByRole('link', { name: 'Receipts' }));
  expect(await screen.findByRole('heading', { name: 'No receipts are shared with you' })).toBeVisible();
});

it('finds a receipt and proves it in the browser', async () => {
  session = jo;
  open('/portal/receipts');
  await userEvent.type(await screen.findByLabelText('Id of the record'), 'order-2');
  await userEvent.click(screen.getByRole('button', { name: 'Find it' }));
  expect(await screen.findByRole('heading', { name: 'Proven in this browser' })).toBeVisible();
  expect(location.search).toBe('?id=order-2');
});

it('does not tell a hidden receipt from one that never was', async () => {
  session = jo;
  open('/portal/receipts?id=salary-1');
  expect(await screen.findByRole('heading', { name: 'No receipt of “salary-1”' })).toBeVisible();
});

it('sends the look of the staff with every request and never lets it out of sight', async () => {
  session = { ...jo, seenBy: 'Ada Moreau' };
  keepView({ token: 'portalview_x', id: 'pvw_1', customer: 'cus_1' });
  const shown: (string | null)[] = [];
  server.use(
    http.get('*/v1/portal/home', ({ request }) => {
      shown.push(request.headers.get('cairn-portal-view'));
      return HttpResponse.json(home);
    }),
  );
  open('/portal');
  const banner = await screen.findByRole('status', { name: 'View through a customer’s eyes' });
  expect(within(banner).getByText(/You see what Jo Ito sees/)).toBeVisible();
  await waitFor(() => expect(shown).toEqual(['portalview_x']));
  await userEvent.click(screen.getByLabelText('Your account: Jo Ito'));
  expect(screen.queryByRole('button', { name: 'Sign out' })).toBeNull();
});
