import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { open } from '@/test/open';
import { server } from '@/test/server';
import type { Figure, Quality, QualityFault } from './quality-api';

const figure = (name: string, value: string | null, unit = 'events'): Figure => ({
  name,
  value,
  unit,
  how: `How ${name} is counted.`,
  over: 'all that was recorded so far',
  inputs: [{ name: 'events', value: '100' }],
  missing: value === null ? 'No event there had one.' : null,
});
const quality: Quality = {
  from: null,
  to: null,
  batch: null,
  firstTime: null,
  lastTime: null,
  eventsWaiting: 0,
  figures: [
    figure('handed_in', '103'),
    figure('refused', '3'),
    figure('failing_share', '0.2', 'share'),
    figure('latency_p99', null, 'ms'),
  ],
  types: [],
  refusals: [{ eventType: 'order.line', code: 'json-malformed', refused: 3 }],
  reconciliation: null,
  openAlerts: [
    {
      id: 'alr_1',
      kind: 'failures',
      state: 'open',
      openedAt: '2026-03-02T08:00:00Z',
      closedAt: null,
      value: '0.2',
      threshold: '0.10',
      unit: 'share',
      detail: '20 of 103 events of the last hour failed.',
    },
  ],
};
const fault: QualityFault = {
  id: 'flt_1',
  foundAt: '2026-03-02T08:00:00Z',
  kind: 'schema',
  eventType: 'order.line',
  code: 'schema-required',
  pointer: '/data/sku',
  detail: 'The member sku is missing.',
  index: 7,
  eventId: 'order-7',
  source: '/shop',
  place: null,
  batch: null,
};
const asked: URL[] = [];

beforeEach(() => {
  asked.length = 0;
  server.use(
    http.get('*/v1/data-quality', () => HttpResponse.json(quality)),
    http.get('*/v1/data-quality/series', () =>
      HttpResponse.json({ from: null, to: null, stepSeconds: 300, points: [] }),
    ),
    http.get('*/v1/data-quality/faults', ({ request }) => {
      asked.push(new URL(request.url));
      return HttpResponse.json({ items: [fault], next: null });
    }),
  );
});

describe('data quality', () => {
  it('shows what is wrong first, and every figure explains itself and opens its rows', async () => {
    const user = userEvent.setup();
    const page = open('/customers/cus_1/quality?period=all');
    expect(await screen.findByText(/20 of 103 events/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Refused: 3. Explain' }));
    const dialog = await screen.findByRole('dialog', { name: 'Refused' });
    expect(within(dialog).getByText('How refused is counted.')).toBeVisible();
    await user.click(within(dialog).getByRole('link', { name: 'See the rows behind it' }));
    expect(await screen.findByText('The member sku is missing.')).toBeVisible();
    expect(page.address()).toContain('kind=refused');
    expect(asked.at(-1)?.searchParams.get('kind')).toBe('refused');
    expect(asked.at(-1)?.searchParams.get('from')).toBeNull();
  });

  it('says why a figure has no value', async () => {
    open('/customers/cus_1/quality?period=all&open=latency_p99');
    expect(await screen.findByText('No event there had one.')).toBeVisible();
  });

  it('leads from a fault to its event and its receipt', async () => {
    open('/customers/cus_1/quality?view=faults&open=flt_1');
    const dialog = await screen.findByRole('dialog', { name: 'schema-required' });
    expect(within(dialog).getByRole('link', { name: 'Open the event' })).toHaveAttribute(
      'href',
      '/customers/cus_1/events?type=order.line&open=7',
    );
    expect(within(dialog).getByRole('link', { name: 'Open the receipt' })).toHaveAttribute(
      'href',
      '/customers/cus_1/receipts?event=order-7&source=%2Fshop',
    );
  });

  it('asks for the last seven days unless told otherwise', async () => {
    open('/customers/cus_1/quality?view=faults');
    await screen.findByText('The member sku is missing.');
    const from = Date.parse(asked[0]?.searchParams.get('from') ?? '');
    expect(Math.round((Date.now() - from) / 86_400_000)).toBe(7);
  });
});
