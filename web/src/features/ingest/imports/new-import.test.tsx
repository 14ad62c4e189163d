import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { open } from '@/test/open';
import { server } from '@/test/server';
import type { Import, Preview } from './imports-api';

const look: Preview = {
  files: [
    {
      name: 'orders.csv',
      bytes: 80,
      delimiter: ',',
      encoding: 'utf-8',
      sampled: 2,
      columns: [
        { name: 'SKU', type: 'text', format: null, blanks: 0, distinct: 2 },
        { name: 'Quantity', type: 'integer', format: null, blanks: 0, distinct: 2 },
        { name: 'Ordered at', type: 'timestamp', format: 'yyyy-MM-dd HH:mm', blanks: 0, distinct: 2 },
      ],
      rows: [
        ['A', '2', '2026-03-02 08:00'],
        ['B', 'x', '2026-03-02 09:00'],
      ],
    },
  ],
  mappingFaults: null,
  report: null,
  isWhole: true,
};
const none = { count: 0, first: [] };
const report = {
  rows: 2,
  accepted: 0,
  repeated: 0,
  rejected: 1,
  flagged: 0,
  mapped: 1,
  files: 1,
  dryRun: true,
  seconds: 0.01,
  controlSums: { quantity: '2' },
  flags: {},
  blanks: {},
  exactRepeats: none,
  ignoredColumns: [],
  faults: [
    {
      file: 'orders.csv',
      row: 2,
      line: 3,
      column: 'Quantity',
      value: 'x',
      code: 'not-a-number',
      detail: 'Write digits.',
    },
  ],
  firstEvents: [
    {
      id: 'orders.csv:1',
      source: '/imports/orders',
      type: 'orders.recorded',
      subject: 'A',
      time: '2026-03-02T08:00:00Z',
      data: { sku: 'A', quantity: 2 },
    },
  ],
};

/** Forms are read as text: jsdom and the server of these tests do not agree on what a file is. */
const bodies: string[] = [];
beforeEach(() => {
  bodies.length = 0;
  server.use(
    http.get('*/v1/imports', () => HttpResponse.json({ items: [over], next: null })),
    http.get('*/v1/entity-types', () => HttpResponse.json({ items: [], eventsWaiting: 0 })),
    http.post('*/v1/import-previews', async ({ request }) => {
      const body = await request.text();
      bodies.push(body);
      return HttpResponse.json(
        body.includes('name="mapping"') ? { ...look, mappingFaults: [], report } : look,
      );
    }),
  );
});

async function choose() {
  const user = userEvent.setup();
  open('/customers/cus_1/imports/new');
  const input = await screen.findByLabelText('Choose files', { selector: 'input' });
  await user.upload(input, new File(['SKU,Quantity,Ordered at\n'], 'orders.csv', { type: 'text/csv' }));
  return user;
}

describe('a new import', () => {
  it('guesses the mapping and shows the rows as events, and the faults by row and column', async () => {
    await choose();
    expect(await screen.findByText('1 row becomes an event')).toBeVisible();
    expect(screen.getByLabelText('Time', { selector: 'select' })).toHaveValue('Ordered at');
    expect(screen.getByText('{"sku":"A","quantity":2}')).toBeVisible();
    expect(screen.getByText('row 2, line 3')).toBeVisible();
    expect(screen.getByText('Write digits.')).toBeVisible();
    expect(bodies.at(-1)).toContain('"quantity": { column: "Quantity", type: integer }');
  });

  it('tries again what somebody changes, and says what is missing before it asks', async () => {
    const user = await choose();
    await screen.findByText('1 row becomes an event');
    await user.selectOptions(screen.getByLabelText('Type of Quantity'), 'money');
    expect(await screen.findByText(/Money needs a currency/)).toBeVisible();
    await user.type(screen.getByLabelText('Currency of Quantity'), 'gbp');
    await waitFor(() => expect(bodies.at(-1)).toContain('type: money, currency: GBP'));
  });

  it('takes the mapping of an earlier import, to go on from', async () => {
    server.use(http.get('*/v1/imports/imp_1', () => HttpResponse.json(over)));
    const user = await choose();
    await screen.findByText('1 row becomes an event');
    await user.selectOptions(screen.getByLabelText('Mapping'), 'imp_1');
    expect(await screen.findByLabelText('Mapping as text (YAML)')).toHaveValue('v: 1\nevent: order.line\n');
    expect(screen.queryByText('What becomes of each column')).not.toBeInTheDocument();
    await waitFor(() => expect(bodies.at(-1)).toContain('event: order.line'));
  });

  it('refuses what is no CSV file', async () => {
    const user = userEvent.setup({ applyAccept: false });
    open('/customers/cus_1/imports/new');
    const input = await screen.findByLabelText('Choose files', { selector: 'input' });
    await user.upload(input, new File(['x'], 'picture.png', { type: 'image/png' }));
    expect(await screen.findByText('picture.png is no CSV file.')).toBeVisible();
    expect(bodies).toHaveLength(0);
  });
});

const running: Import = {
  id: 'imp_1',
  state: 'running',
  isDryRun: false,
  files: ['orders.csv'],
  progress: { bytesTotal: 100, bytesDone: 40, rows: 1_000, rejected: 0 },
  actor: 'per_1',
  createdAt: '2026-03-02T09:00:00Z',
  startedAt: '2026-03-02T09:00:00Z',
  finishedAt: null,
  batch: 'bat_1',
  mapping: 'v: 1\nevent: order.line\n',
  report: null,
  reconciliation: null,
  problem: null,
};

const over: Import = {
  ...running,
  state: 'finished',
  finishedAt: '2026-03-02T09:00:05Z',
  report: { ...report, dryRun: false, accepted: 1, firstEvents: undefined },
};

describe('an import', () => {
  it('shows how far it is, and its report when it is over', async () => {
    let asked = 0;
    server.use(http.get('*/v1/imports/:id', () => HttpResponse.json(asked++ === 0 ? running : over)));
    open('/customers/cus_1/imports/imp_1');
    expect(await screen.findByRole('progressbar', { name: 'Progress of the import' })).toHaveAttribute(
      'aria-valuenow',
      '40',
    );
    expect(await screen.findByText(/1 are not in the log/)).toBeVisible();
    expect(screen.getByText('Write digits.')).toBeVisible();
  });
});
