import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { open } from '@/test/open';
import { someItem, somePlan } from '@/test/plans';
import { problem, server } from '@/test/server';
import type { Plan, PlanItem } from './types';

const at = '*/v1/customers/cus_1/plans/pln_1';
const page = '/customers/cus_1/plans/pln_1';

/** A server with one plan that remembers what is changed, and refuses what is based on an older version. */
function planned(plan: Plan = somePlan()) {
  const standing = { plan };
  const empty = () => HttpResponse.json({ items: [], next: null });
  server.use(
    http.get(at, () => HttpResponse.json(standing.plan)),
    http.get(`${at}/progress`, () => problem(404, 'none', 'Not in this test.')),
    http.get(`${at}/reflows`, empty),
    http.get(`${at}/time-entries`, empty),
    http.get('*/v1/colleagues', () => HttpResponse.json({ items: [{ id: 'per_1', name: 'Ada Moreau' }] })),
    http.patch(`${at}/items/:item`, async ({ params, request }) => {
      const item = standing.plan.items.find((one) => one.id === params.item) as PlanItem;
      if (request.headers.get('if-match') !== `"${item.version}"`)
        return problem(412, 'lost-race', 'Somebody was faster.');
      const saved = { ...item, ...((await request.json()) as object), version: item.version + 1 } as PlanItem;
      put(saved);
      return HttpResponse.json(saved);
    }),
  );
  const put = (item: PlanItem) => {
    standing.plan = {
      ...standing.plan,
      version: standing.plan.version + 1,
      items: standing.plan.items.map((one) => (one.id === item.id ? item : one)),
    };
  };
  return { put, itemNow: (id: string) => standing.plan.items.find((one) => one.id === id) };
}

it('shows the plan against its baseline, and what is late', async () => {
  planned();
  open(`${page}?view=list`);
  expect(await screen.findByRole('heading', { name: '30-day implementation' })).toBeInTheDocument();
  expect(screen.getByText(/1 day late/)).toBeInTheDocument();
  expect(screen.getByText('Nothing is late')).toBeInTheDocument();
  expect(screen.getByText('Day 3')).toBeInTheDocument();
});

it('changes an item at once and keeps what somebody else changed beside it', async () => {
  const { put, itemNow } = planned();
  open(`${page}?view=list`);
  const state = await screen.findByLabelText('State of Write the charter');
  put(someItem({ title: 'Write the charter together', version: 2 }));
  await userEvent.selectOptions(state, 'done');
  expect(state).toHaveValue('done');
  await waitFor(() =>
    expect(itemNow('itm_1')).toMatchObject({ title: 'Write the charter together', state: 'done' }),
  );
  expect(screen.queryByText(/Somebody else changed/)).not.toBeInTheDocument();
});

it('asks who wins when both changed the same, and does the change again', async () => {
  const { put, itemNow } = planned();
  open(`${page}?view=list`);
  const state = await screen.findByLabelText('State of Write the charter');
  put(someItem({ state: 'in-progress', version: 2 }));
  await userEvent.selectOptions(state, 'cancelled');
  const notice = await screen.findByRole('alert');
  expect(within(notice).getByText('Theirs: In progress')).toBeInTheDocument();
  expect(screen.getByLabelText('State of Write the charter')).toHaveValue('in-progress');
  await userEvent.click(within(notice).getByRole('button', { name: 'Redo mine' }));
  await waitFor(() => expect(itemNow('itm_1')?.state).toBe('cancelled'));
});

it('tries a date that is typed, says what moves, and wants a reason before it is stored', async () => {
  planned();
  const bodies: unknown[] = [];
  server.use(
    http.post(`${at}/reflow-previews`, async ({ request }) => {
      bodies.push(await request.json());
      return HttpResponse.json({
        basis: 7,
        moves: [
          {
            item: 'itm_2',
            title: 'Design the solution',
            from: { start: '2026-03-04', finish: '2026-03-06' },
            to: { start: '2026-03-09', finish: '2026-03-11' },
            why: [{ text: 'You moved it' }],
          },
        ],
        conflicts: [],
        goLive: { before: '2026-03-26', after: '2026-03-31' },
        finish: { before: '2026-03-31', after: '2026-03-31' },
        criticalPath: [],
      });
    }),
  );
  open(`${page}?view=list&item=itm_2`);
  const details = await screen.findByRole('region', { name: 'Details of Design the solution' });
  const start = within(details).getByLabelText('Start');
  fireEvent.input(start, { target: { value: '2026-03-09' } });
  const panel = await screen.findByRole('region', { name: 'Try this move' });
  expect(await within(panel).findByText('+5 days')).toBeInTheDocument();
  expect(bodies.at(-1)).toEqual({ changes: [{ item: 'itm_2', start: '2026-03-09' }] });
  await userEvent.click(within(panel).getByRole('button', { name: 'Apply' }));
  expect(await within(panel).findByText('Say why, in a few words.')).toBeInTheDocument();
  await userEvent.click(within(panel).getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByRole('region', { name: 'Try this move' })).not.toBeInTheDocument();
});

it('says what an empty plan list is for, and leads to the start', async () => {
  server.use(http.get('*/v1/customers/cus_1/plans', () => HttpResponse.json({ items: [] })));
  open('/customers/cus_1/plans');
  expect(await screen.findByText('No plan yet')).toBeInTheDocument();
  expect(screen.getAllByRole('link', { name: 'Start a plan' }).length).toBeGreaterThan(0);
});
