import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { expect, it } from 'vitest';
import { open } from '@/test/open';
import { problem, server, someCustomer } from '@/test/server';
import { readField } from './edit-facts';

/** A server that keeps one customer, and refuses what is not based on its version. */
function keep(over: Parameters<typeof someCustomer>[0] = {}) {
  const state = { customer: someCustomer(over), sent: [] as object[] };
  server.use(
    http.get('*/v1/customers/cus_1', () => HttpResponse.json(state.customer)),
    http.get('*/v1/events', () => HttpResponse.json({ items: [], next: null })),
    http.patch('*/v1/customers/cus_1', async ({ request }) => {
      if (request.headers.get('if-match') !== `"${state.customer.version}"`)
        return problem(412, 'lost-race', 'The record was changed in the meantime.');
      const change = (await request.json()) as object;
      state.sent.push(change);
      state.customer = { ...state.customer, ...change, version: state.customer.version + 1 };
      return HttpResponse.json(state.customer);
    }),
  );
  return state;
}
const value = (label: string) => screen.findByRole('button', { name: new RegExp(`^${label}:`) });

it('changes a fact with Enter, goes on with Tab, restores with Escape, and can be undone', async () => {
  const state = keep({ paymentTerms: 'net 30' });
  open('/customers/cus_1');
  (await value('Payment terms')).focus();
  await userEvent.keyboard('{Enter}net 14{Tab}');
  // Tab saved and went on to the plan.
  expect(screen.getByRole('combobox', { name: 'Plan' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  expect(await value('Plan')).toHaveFocus();
  await waitFor(() => expect(state.sent).toEqual([{ paymentTerms: 'net 14' }]));
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(state.sent[1]).toEqual({ paymentTerms: 'net 30' }));
});

it('lets both changes hold when somebody changed another fact in the meantime', async () => {
  const state = keep({ paymentTerms: 'net 30' });
  open('/customers/cus_1');
  await value('Payment terms');
  state.customer = { ...state.customer, industry: 'Toys', version: 5 };
  await userEvent.click(await value('Payment terms'));
  await userEvent.keyboard('net 14{Enter}');
  await waitFor(() => expect(state.customer).toMatchObject({ paymentTerms: 'net 14', industry: 'Toys' }));
});

it('shows theirs and yours when somebody changed the same fact, and lets the reader decide', async () => {
  const state = keep({ paymentTerms: 'net 30' });
  open('/customers/cus_1');
  await value('Payment terms');
  state.customer = { ...state.customer, paymentTerms: 'net 60', version: 5 };
  await userEvent.click(await value('Payment terms'));
  await userEvent.keyboard('net 14{Enter}');
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent('Theirsnet 60Yoursnet 14');
  expect(state.sent).toEqual([]);
  await userEvent.click(within(alert).getByRole('button', { name: 'Use mine' }));
  await waitFor(() => expect(state.sent).toEqual([{ paymentTerms: 'net 14' }]));
});

it('reads an amount with its currency, and nothing as nothing', () => {
  expect(readField({ type: 'money' }, ' 148,000 gbp ')).toEqual({ amount: '148000', currency: 'GBP' });
  expect(readField({ type: 'money' }, '')).toBeNull();
  expect(readField({}, ' net 30 ')).toBe('net 30');
});
