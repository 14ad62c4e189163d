import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { IngestedEvent } from '@/api/types';
import { open } from '@/test/open';
import { server } from '@/test/server';

class Source extends EventTarget {
  static readonly CLOSED = 2;
  static last: Source | undefined;
  readyState = 1;
  constructor(readonly url: string) {
    super();
    Source.last = this;
  }
  close() {
    this.readyState = Source.CLOSED;
  }
  tell(index: number) {
    this.dispatchEvent(new MessageEvent('recorded', { data: JSON.stringify(event(index)) }));
  }
}

const event = (index: number): IngestedEvent => ({
  index,
  eventId: `order-${index}`,
  source: '/shop',
  type: 'order.line',
  subject: 'SKU-1',
  time: '2026-03-02T09:00:00Z',
  receivedAt: '2026-03-02T09:00:01Z',
  late: false,
  data: { quantity: index },
});

const asked: URL[] = [];
beforeEach(() => {
  asked.length = 0;
  Source.last = undefined;
  vi.stubGlobal('EventSource', Source);
  server.use(
    http.get('*/v1/events', ({ request }) => {
      const url = new URL(request.url);
      asked.push(url);
      const index = url.searchParams.get('index');
      return HttpResponse.json({ items: index ? [event(Number(index))] : [event(2), event(1)], next: null });
    }),
  );
});

const rows = async () => {
  const list = await screen.findByRole('region', { name: 'Events' });
  return within(list)
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getAllByRole('cell')[3]?.textContent);
};
const connected = async () => {
  await waitFor(() => expect(Source.last).toBeDefined());
  return Source.last as Source;
};

describe('the event stream', () => {
  it('goes on from what is loaded, and new events come in at the top', async () => {
    open('/customers/cus_1/events');
    expect(await rows()).toEqual(['order-2', 'order-1']);
    const source = await connected();
    expect(new URL(source.url, 'http://x').searchParams.get('after')).toBe('2');
    source.dispatchEvent(new Event('open'));
    expect(await screen.findByText('Live')).toBeVisible();
    source.tell(3);
    await waitFor(async () => expect(await rows()).toEqual(['order-3', 'order-2', 'order-1']));
  });

  it('moves nothing under the pointer: new events wait behind a bar', async () => {
    const user = userEvent.setup();
    open('/customers/cus_1/events');
    const source = await connected();
    await user.hover(screen.getByRole('region', { name: 'Events' }));
    source.tell(3);
    source.tell(4);
    const bar = await screen.findByRole('button', { name: '2 new events' });
    expect(await rows()).toEqual(['order-2', 'order-1']);
    await user.click(bar);
    expect(await rows()).toEqual(['order-4', 'order-3', 'order-2', 'order-1']);
  });

  it('stands still while it is paused, and the address says so', async () => {
    const user = userEvent.setup();
    const page = open('/customers/cus_1/events');
    const source = await connected();
    await user.click(await screen.findByRole('button', { name: 'Pause' }));
    expect(page.address()).toContain('paused=true');
    expect(await screen.findByText('Paused')).toBeVisible();
    expect(source.readyState).toBe(Source.CLOSED);
  });

  it('filters by address, and is not live over a period that is over', async () => {
    open('/customers/cus_1/events?type=order.line&to=2026-01-01T00:00:00.000Z');
    expect(await screen.findByText('Not live')).toBeVisible();
    await waitFor(() => expect(asked[0]?.searchParams.get('type')).toBe('order.line'));
    expect(asked[0]?.searchParams.get('time_to')).toBe('2026-01-01T00:00:00.000Z');
    expect(Source.last).toBeUndefined();
  });

  it('opens an event that is far from what is loaded', async () => {
    open('/customers/cus_1/events?open=900');
    expect(await screen.findByText(/"quantity": 900/)).toBeInTheDocument();
  });
});
