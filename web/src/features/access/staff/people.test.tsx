import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server } from '@/test/server';
import type { StaffMember } from './api';

const someone = (over: Partial<StaffMember> = {}): StaffMember => ({
  id: 'per_2',
  name: 'Grace Hopper',
  email: 'grace@example.com',
  role: 'User',
  jobRoles: ['csm'],
  status: 'active',
  createdAt: '2026-01-05T09:00:00Z',
  version: 3,
  reach: 'named',
  customers: ['cus_1', 'cus_2'],
  invitedUntil: null,
  lastSeenAt: '2026-03-02T10:00:00Z',
  deactivatedAt: null,
  ...over,
});

beforeEach(() => {
  server.use(
    http.get('*/v1/people', () => HttpResponse.json({ items: [someone()], next: null })),
    http.get('*/v1/people/:id', () => HttpResponse.json(someone())),
    http.get('*/v1/people/:id/sessions', () => HttpResponse.json({ items: [] })),
  );
});

it('says of everybody what they may do and whose records they see', async () => {
  open('/settings/people');
  const row = (await screen.findByRole('link', { name: 'Grace Hopper' })).closest('tr');
  expect(row).toHaveTextContent('User');
  expect(row).toHaveTextContent('Customer success manager');
  expect(row).toHaveTextContent('2 customers');
  expect(row).toHaveTextContent('Active');
});

it('invites with a role and a reach, and shows the link once where no mail is sent', async () => {
  let sent: unknown;
  server.use(
    http.post('*/v1/people', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json(
        { person: someone({ status: 'invited' }), link: '/password#link_secret' },
        { status: 201 },
      );
    }),
  );
  open('/settings/people');
  await userEvent.click(await screen.findByRole('button', { name: 'Invite' }));
  const form = within(await screen.findByRole('dialog', { name: 'Invite somebody' }));
  await userEvent.type(form.getByLabelText('Name'), 'Grace');
  await userEvent.type(form.getByLabelText('Email'), 'grace@example.com');
  await userEvent.selectOptions(form.getByLabelText('Role'), 'Viewer');
  await userEvent.click(form.getByLabelText('Their portfolio'));
  await userEvent.click(form.getByRole('button', { name: 'Send the invitation' }));
  expect(await screen.findByText(/link_secret/)).toBeInTheDocument();
  expect(sent).toEqual({
    name: 'Grace',
    email: 'grace@example.com',
    role: 'Viewer',
    jobRoles: [],
    reach: 'portfolio',
    customers: null,
  });
});

it('chooses a password by a link and says in the words of the server why one is refused', async () => {
  const sent: unknown[] = [];
  server.use(
    http.post('*/v1/password-links', () =>
      HttpResponse.json({ name: 'Grace', email: 'grace@example.com', kind: 'invitation', expiresAt: '' }),
    ),
    http.post('*/v1/passwords', async ({ request }) => {
      sent.push(await request.json());
      return sent.length > 1
        ? new HttpResponse(null, { status: 204 })
        : problem(422, 'password-common', 'Tried first.', [
            { pointer: '/password', code: 'password-common', detail: 'This password is tried first.' },
          ]);
    }),
  );
  open('/password#tok');
  expect(await screen.findByRole('heading', { name: 'Welcome, Grace' })).toBeVisible();
  await userEvent.type(screen.getByLabelText('Password'), 'unbelievable');
  await userEvent.click(screen.getByRole('button', { name: 'Set the password' }));
  await waitFor(() => expect(screen.getByText('This password is tried first.')).toBeVisible());
  await userEvent.click(screen.getByRole('button', { name: 'Set the password' }));
  expect(await screen.findByRole('heading', { name: 'Your password is set' })).toBeVisible();
  expect(sent[0]).toEqual({ token: 'tok', password: 'unbelievable' });
});
