import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { open } from '@/test/open';
import { server } from '@/test/server';

const jo = {
  id: 'ppl_1',
  name: 'Jo Ito',
  email: 'jo@example.com',
  roles: ['data-owner'],
  status: 'invited',
  invitation: { state: 'pending', expiresAt: '2026-03-09T09:00:00Z' },
  version: 1,
};
let people = [jo];
let shares: {
  id: string;
  kind: string;
  record: string;
  roles: string[];
  sharedAt: string;
  sharedBy: string;
}[] = [];

beforeEach(() => {
  people = [jo];
  shares = [];
  server.use(
    http.get('*/v1/customers/:id/portal-people', () => HttpResponse.json({ items: people, next: null })),
    http.get('*/v1/customers/:id/contacts', () =>
      HttpResponse.json({
        items: [
          { id: 'con_1', name: 'Pat Lee', email: 'pat@example.com', roles: ['finance'] },
          { id: 'con_2', name: 'Jo Ito', email: 'Jo@example.com', roles: ['it'] },
          { id: 'con_3', name: 'No Mail', email: null, roles: ['it'] },
        ],
        next: null,
      }),
    ),
    http.get('*/v1/customers/:id/shares', () =>
      HttpResponse.json({
        shares,
        offered: [
          {
            kind: 'receipts',
            hasEvery: true,
            records: [{ record: 'order.line', title: 'order.line', detail: null }],
          },
          { kind: 'data-quality', hasEvery: true, records: [] },
        ],
      }),
    ),
    http.post('*/v1/customers/:id/shares', async ({ request }) => {
      const body = (await request.json()) as { kind: string; record: string; roles: string[] };
      const made = { ...body, id: `shr_${shares.length}`, sharedAt: '2026-03-02T09:00:00Z', sharedBy: 'Ada' };
      shares = [...shares.filter((one) => one.kind !== body.kind || one.record !== body.record), made];
      return HttpResponse.json(made);
    }),
    http.delete('*/v1/customers/:id/shares/:share', ({ params }) => {
      shares = shares.filter((one) => one.id !== params.share);
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

it('invites a person and shows the link once where no mail leaves', async () => {
  people = [];
  let sent: unknown;
  server.use(
    http.post('*/v1/customers/:id/portal-people', async ({ request }) => {
      sent = await request.json();
      people = [jo];
      return HttpResponse.json(
        { person: jo, isMailed: false, link: '/portal/enter#portalinvite_x' },
        { status: 201 },
      );
    }),
  );
  open('/customers/cus_1/portal');
  await userEvent.click(await screen.findByRole('button', { name: 'Invite a person' }));
  await userEvent.type(screen.getByLabelText('Name'), 'Jo Ito');
  await userEvent.type(screen.getByLabelText('Mail address'), 'jo@example.com');
  await userEvent.click(screen.getByRole('button', { name: 'Send the invitation' }));
  expect(await screen.findByText(/portal\/enter#portalinvite_x$/)).toBeVisible();
  expect(sent).toEqual({ name: 'Jo Ito', email: 'jo@example.com', roles: ['member'] });
  await userEvent.click(screen.getByRole('button', { name: 'Done' }));
  expect(screen.queryByText(/portalinvite_x/)).toBeNull();
  expect(screen.getByText('jo@example.com')).toBeVisible();
});

it('takes a contact who is not invited yet into the form', async () => {
  open('/customers/cus_1/portal?contact=con_1');
  expect(await screen.findByLabelText('Name')).toHaveValue('Pat Lee');
  expect(screen.getByLabelText('Mail address')).toHaveValue('pat@example.com');
  expect(screen.getByRole('checkbox', { name: 'Finance' })).toBeChecked();
  const choice = screen.getByLabelText('Take from the contacts');
  expect(within(choice).getAllByRole('option')).toHaveLength(2);
});

it('shares a kind of record, and takes it back by undo', async () => {
  open('/customers/cus_1/portal');
  const receipts = await screen.findByRole('radiogroup', { name: 'Who sees Receipts' });
  await userEvent.click(within(receipts).getByRole('radio', { name: 'All their people' }));
  await waitFor(() => expect(shares).toHaveLength(1));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(shares).toHaveLength(0));
});

it('shares with the roles that are ticked, and with nobody before the first', async () => {
  open('/customers/cus_1/portal');
  const quality = await screen.findByRole('radiogroup', { name: 'Who sees Data quality' });
  await userEvent.click(within(quality).getByRole('radio', { name: 'Some roles' }));
  expect(shares).toHaveLength(0);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Finance' }));
  await waitFor(() => expect(shares[0]?.roles).toEqual(['finance']));
});

it('says what a look through somebody’s eyes means before it begins', async () => {
  open('/customers/cus_1/portal');
  await userEvent.click(await screen.findByRole('button', { name: /Jo Ito/ }));
  await userEvent.click(await screen.findByRole('button', { name: 'See as this person' }));
  expect(await screen.findByRole('heading', { name: 'See the portal as Jo Ito' })).toBeVisible();
  expect(screen.getByText(/written into the customer’s audit trail/)).toBeVisible();
});
