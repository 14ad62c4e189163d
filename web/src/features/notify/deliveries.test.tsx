import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server } from '@/test/server';
import type { Delivery, MailState } from './api';

const delivery = (id: string, over: Partial<Delivery> = {}): Delivery => ({
  id,
  kind: 'portal-invitation',
  subject: `Subject ${id}`,
  to: `${id}@example.com`,
  toName: null,
  customer: null,
  state: 'sent',
  attempts: 1,
  createdAt: '2026-03-02T09:00:00Z',
  changedAt: '2026-03-02T09:00:01Z',
  nextAttemptAt: null,
  failure: null,
  canSendAgain: false,
  ...over,
});
const failure = { code: 'address-refused', detail: 'The mail server refuses this address.', reply: '550 no' };
let mail: MailState;
let again: string[];

beforeEach(() => {
  again = [];
  mail = {
    isSetUp: true,
    server: 'mail.example.com:587',
    from: 'cairn@example.com',
    publicAddress: 'https://cairn.example.com',
    waiting: 0,
    sent: 1,
    failed: 1,
  };
  const all = [delivery('bad', { state: 'failed', failure, canSendAgain: true }), delivery('good')];
  server.use(
    http.get('*/v1/mail', () => HttpResponse.json(mail)),
    http.get('*/v1/deliveries', ({ request }) => {
      const state = new URL(request.url).searchParams.get('state');
      return HttpResponse.json({ items: all.filter((one) => !state || one.state === state), next: null });
    }),
    http.post('*/v1/deliveries/sendings', () => {
      again.push('all');
      return HttpResponse.json({ count: 1 });
    }),
    http.post('*/v1/deliveries/:id/sending', ({ params }) => {
      again.push(String(params.id));
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

it('says why a message failed, and sends it again', async () => {
  open('/mail');
  expect(await screen.findByText('The mail server refuses this address.')).toBeVisible();
  expect(screen.getByText('The mail server said: 550 no')).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Send “Subject bad” to bad@example.com again' }));
  await waitFor(() => expect(again).toEqual(['bad']));
  await userEvent.click(screen.getByRole('button', { name: 'Send all 1 failed again' }));
  await waitFor(() => expect(again).toEqual(['bad', 'all']));
});

it('shows one state alone', async () => {
  const { address } = open('/mail');
  await userEvent.click(await screen.findByRole('link', { name: /^Failed/ }));
  await waitFor(() => expect(screen.queryByText('Subject good')).toBeNull());
  expect(address()).toBe('/mail?state=failed');
});

it('says what to set where no mail server is set up, and what a test message met', async () => {
  mail = { ...mail, isSetUp: false, server: null, from: null };
  server.use(
    http.post('*/v1/mail/tests', () =>
      HttpResponse.json({
        state: 'failed',
        failure: { code: 'mail-not-set-up', detail: 'Nothing set up.', reply: null },
      }),
    ),
  );
  open('/mail');
  expect(await screen.findByText(/CAIRN_SMTP_HOST/)).toBeVisible();
  await userEvent.click(screen.getByRole('button', { name: 'Send a test' }));
  await userEvent.type(screen.getByLabelText('To'), 'ana@example.com');
  await userEvent.click(screen.getByRole('button', { name: 'Send' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('Nothing set up.');
});

it('says in the words of the server that somebody may not', async () => {
  server.use(
    http.get('*/v1/deliveries', () => problem(403, 'role-missing', 'This takes the role Manager.')),
    http.get('*/v1/mail', () => problem(403, 'role-missing', 'This takes the role Manager.')),
  );
  open('/mail');
  expect(await screen.findByRole('alert')).toHaveTextContent('This takes the role Manager.');
});
