import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server } from '@/test/server';
import type { InboxItem } from './api';

let items: InboxItem[];
let sent: string[];
const message = (id: string, over: Partial<InboxItem> = {}): InboxItem => ({
  id,
  kind: 'quality-alert',
  subject: `Subject ${id}`,
  text: `Text ${id}`,
  path: '/receipts',
  customer: null,
  createdAt: '2026-03-02T09:00:00Z',
  readAt: null,
  ...over,
});

beforeEach(() => {
  items = [message('msg_2'), message('msg_1', { readAt: '2026-03-02T10:00:00Z' })];
  sent = [];
  const mark = (id: unknown, readAt: string | null) => {
    items = items.map((item) => (item.id === id ? { ...item, readAt } : item));
    return new HttpResponse(null, { status: 204 });
  };
  server.use(
    http.get('*/v1/inbox/unread', () =>
      HttpResponse.json({ unread: items.filter((item) => !item.readAt).length }),
    ),
    http.get('*/v1/inbox', ({ request }) => {
      const unread = new URL(request.url).searchParams.get('unread') === 'true';
      return HttpResponse.json({ items: items.filter((item) => !unread || !item.readAt), next: null });
    }),
    http.put('*/v1/inbox/:id/reading', ({ params }) => mark(params.id, '2026-03-02T11:00:00Z')),
    http.delete('*/v1/inbox/:id/reading', ({ params }) => mark(params.id, null)),
    http.post('*/v1/inbox/readings', async ({ request }) => {
      sent.push(JSON.stringify(await request.json()));
      items = items.map((item) => ({ ...item, readAt: item.readAt ?? '2026-03-02T11:00:00Z' }));
      return new HttpResponse(null, { status: 204 });
    }),
  );
});

it('shows what is unread, and marks one message as read and unread again', async () => {
  open('/inbox');
  const list = await screen.findByRole('list', { name: 'Messages' });
  expect(within(list).getAllByRole('listitem')).toHaveLength(2);
  await userEvent.click(screen.getByRole('button', { name: 'Mark “Subject msg_2” as read' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Mark “Subject msg_2” as unread' }));
  expect(await screen.findByRole('button', { name: 'Mark “Subject msg_2” as read' })).toBeVisible();
});

it('marks all as read up to the newest that is shown', async () => {
  open('/inbox');
  await screen.findByText('Subject msg_2');
  await userEvent.click(screen.getByRole('button', { name: 'Mark all as read' }));
  await waitFor(() => expect(sent).toEqual(['{"upTo":"msg_2"}']));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Mark all as read' })).toBeDisabled());
});

it('leads to what a message is about and marks it as read on the way', async () => {
  const { address } = open('/inbox');
  await userEvent.click(await screen.findByRole('link', { name: 'Subject msg_2' }));
  await waitFor(() => expect(address()).toBe('/receipts'));
  await waitFor(() => expect(items[0]?.readAt).not.toBeNull());
});

it('never follows an address that leads elsewhere', async () => {
  items = [message('msg_1', { path: '//evil.example' }), message('msg_2', { path: 'javascript:alert(1)' })];
  open('/inbox');
  await screen.findByText('Subject msg_1');
  expect(screen.queryByRole('link', { name: /Subject/ })).toBeNull();
});

it('says that all is read, and that nothing is there', async () => {
  items = [message('msg_1', { readAt: '2026-03-02T10:00:00Z' })];
  open('/inbox?unread=true');
  expect(await screen.findByRole('heading', { name: 'All caught up' })).toBeVisible();
});

it('takes a change back that the server refuses', async () => {
  server.use(http.put('*/v1/inbox/:id/reading', () => problem(503, 'database-unavailable', 'Not now.')));
  open('/inbox');
  await userEvent.click(await screen.findByRole('button', { name: 'Mark “Subject msg_2” as read' }));
  expect(await screen.findByText('Not now.')).toBeVisible();
  expect(await screen.findByRole('button', { name: 'Mark “Subject msg_2” as read' })).toBeVisible();
});
