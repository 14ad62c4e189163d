import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server } from '@/test/server';
import type { Entity, EntityChange } from './entities-api';

const change = (n: number, before: number | null, after: number): EntityChange => ({
  at: `2026-03-0${n}T08:00:00Z`,
  recordedAt: `2026-03-0${n}T08:00:01Z`,
  index: n,
  eventId: `move-${n}`,
  source: '/wms',
  eventType: 'stock.received',
  actor: null,
  fields: [{ name: 'onHand', kind: 'add', amount: String(after - (before ?? 0)), before, after }],
});
/** Newest first. */
const changes = [change(3, 30, 25), change(2, 10, 30), change(1, null, 10)];

const entity = (n: number): Entity => ({
  type: 'stock',
  id: 'A/1@main',
  fields: { onHand: changes[3 - n]?.fields[0]?.after ?? null },
  changes: n,
  firstAt: '2026-03-01T08:00:00Z',
  lastAt: `2026-03-0${n}T08:00:00Z`,
  lastIndex: n,
  asOf: null,
  eventsWaiting: 0,
  origins: [
    {
      field: 'onHand',
      changes: n,
      kind: 'add',
      at: `2026-03-0${n}T08:00:00Z`,
      index: n,
      eventId: `move-${n}`,
      source: '/wms',
      eventType: 'stock.received',
    },
  ],
});

beforeEach(() =>
  server.use(
    http.get('*/v1/entity-types', () =>
      HttpResponse.json({
        items: [
          {
            type: 'stock',
            entities: 1,
            lastAt: '2026-03-03T08:00:00Z',
            fields: [{ name: 'onHand', unit: 'pieces', says: 'What should be there' }],
            eventTypes: ['stock.received'],
          },
        ],
        eventsWaiting: 0,
      }),
    ),
    http.get('*/v1/entities', () => HttpResponse.json({ items: [entity(3)], next: null })),
    http.get('*/v1/entities/stock/:id', ({ request, params }) => {
      if (params.id !== 'A/1@main') return problem(404, 'entity-not-found', `There is no ${params.id}.`);
      const asOf = new URL(request.url).searchParams.get('as_of');
      const known = changes.filter((one) => !asOf || Date.parse(one.at) <= Date.parse(asOf)).length;
      return known === 0
        ? problem(404, 'entity-not-found', 'No event up to that time told of it.')
        : HttpResponse.json(entity(known));
    }),
    http.get('*/v1/entities/stock/:id/history', () => HttpResponse.json({ items: changes, next: null })),
  ),
);

const address = '/customers/cus_1/entities/stock/A%2F1%40main';
const state = async () => {
  const heading = await screen.findByRole('heading', { name: 'State' });
  const table = heading.closest('section')?.querySelector('table') as HTMLElement;
  return within(within(table).getAllByRole('row')[1] as HTMLElement)
    .getAllByRole('cell')
    .map((cell) => cell.textContent);
};

describe('an entity', () => {
  it('is found from the list, by an id with any character', async () => {
    const user = userEvent.setup();
    open('/customers/cus_1/entities');
    await user.click(await screen.findByRole('link', { name: 'A/1@main' }));
    expect((await state())[1]).toBe('25 pieces');
  });

  it('says which event set each value, with its receipt', async () => {
    open(address);
    expect(await state()).toEqual([
      'On handWhat should be there',
      '25 pieces',
      expect.stringContaining('last of 3 changes'),
    ]);
    const receipts = screen.getAllByRole('link', { name: 'Receipt of move-3' });
    expect(receipts[0]).toHaveAttribute('href', '/customers/cus_1/receipts?event=move-3&source=%2Fwms');
  });

  it('shows each change with before, after and what was added', async () => {
    open(address);
    const history = (await screen.findByRole('heading', { name: 'History' })).closest(
      'section',
    ) as HTMLElement;
    const rows = within(history).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getAllByRole('cell')[2]?.textContent)).toEqual([
      'On hand 30 25 −5',
      'On hand 10 30 +20',
      'On hand 10 +10',
    ]);
  });

  it('goes back in time from change to change, and the address keeps the time', async () => {
    const user = userEvent.setup();
    const page = open(address);
    await state();
    await user.click(screen.getByRole('button', { name: 'Previous change' }));
    await waitFor(async () => expect((await state())[1]).toBe('30 pieces'));
    expect(page.address()).toContain('as_of=2026-03-02');
    await user.click(screen.getByRole('button', { name: 'Back to now' }));
    await waitFor(async () => expect((await state())[1]).toBe('25 pieces'));
  });

  it('says that it did not exist yet', async () => {
    open(`${address}?as_of=2026-02-01T00:00:00.000Z`);
    expect(await screen.findByText('It did not exist yet')).toBeVisible();
  });
});
